/** Why a chart cannot be loaded or rendered. */

/**
 * The step that failed: reading the chart, looking for its dependencies and whether it fits, understanding the version of
 * Kubernetes, merging and checking values, executing templates, reading what they wrote.
 */
export type ChartStage = 'load' | 'dependencies' | 'kube' | 'values' | 'render' | 'sort'

/** What is wrong with a chart, in Helm's words and in parts. */
export interface ChartError {
  readonly stage: ChartStage
  /** As Helm says it, without `Error: `. */
  readonly message: string
  /** The failure itself, without the places around it. */
  readonly cause: string
  /** Templates that called each other, the outermost first; the failure is in the last one. Empty where no template ran. */
  readonly chain: readonly TemplateFailure[]
  /** A limit of this engine was hit: Helm might have gone on. */
  readonly isLimit?: boolean
}

/** A place in a template that failed. */
export interface TemplateFailure {
  /** Name of the template file, as in messages: `web/templates/deployment.yaml`. */
  readonly template: string
  /** Its path below the folder of the root chart; undefined for text that was given to `tpl`. */
  readonly path: string | undefined
  /** From 1. */
  readonly line: number
  /** In bytes, from 1; undefined where the template could not be parsed. */
  readonly column: number | undefined
  /** The part of the template that failed, in Go's normal form; empty where the template could not be parsed. */
  readonly node: string
}

/** Carries a `ChartError` out of the depth of this package; nobody outside sees it. */
export class ChartFailure extends Error {
  readonly error: ChartError

  constructor(error: ChartError) {
    super(error.message)
    this.error = error
  }
}

/** A failure that has no place in a template. */
export function chartFailure(stage: ChartStage, message: string): ChartFailure {
  return new ChartFailure({ stage, message, cause: message, chain: [] })
}
