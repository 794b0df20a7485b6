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

/** UTF-16 units of a message. */
const MAX_MESSAGE = 4000

/** Carries a `ChartError` out of the depth of this package; nobody outside sees it. */
export class ChartFailure extends Error {
  readonly error: ChartError

  constructor(error: ChartError) {
    const message = shortened(error.message)
    super(message)
    this.error = { ...error, message, cause: shortened(error.cause) }
  }
}

/** Templates that include each other hundreds of times are all named; nobody reads more than the ends. */
function shortened(text: string): string {
  return text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE / 2)} ... ${text.slice(-MAX_MESSAGE / 2)}`
}

/** A failure that has no place in a template. */
export function chartFailure(stage: ChartStage, message: string): ChartFailure {
  return new ChartFailure({ stage, message, cause: message, chain: [] })
}
