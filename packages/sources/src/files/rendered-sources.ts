/** Charts and kustomizations as they are found: which files make them, and which belong to them. */

/** What renders objects. */
export type SourceKind = 'chart' | 'kustomization'

/** A chart or a kustomization. */
export interface FoundSource {
  readonly kind: SourceKind
  /** The directory, or a packed chart, built from what was typed. */
  readonly path: string
  /** The same as people should see it. */
  readonly display: string
  /** Relative to the working directory or, outside of it, to the scanned root; with forward slashes, empty for the root itself. */
  readonly relative: string
  /** Named on the command line, not found in a directory. */
  readonly named: boolean
  /** The path without links on the way, and the directory that links must not leave. */
  readonly real: string
  readonly bounds: string
  /** True for a path below it that the user left out. */
  readonly ignores: (below: string) => boolean
}

/** Names of the file that makes a directory a kustomization. */
export const KUSTOMIZATIONS: ReadonlySet<string> = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])

/** What a chart renders, and what it renders it with: entries of its directory that hold no objects of their own. */
const OF_CHART =
  /^(?:templates|charts|values[^/]*\.ya?ml|values\.schema\.json|requirements\.(?:yaml|lock)|Chart\.(?:yaml|lock))$/

/** True for an entry of a chart's directory that belongs to the chart. */
export function isOfChart(name: string): boolean {
  return OF_CHART.test(name)
}

/** True for the name of a packed chart. */
export function isArchive(name: string): boolean {
  return /\.(?:tgz|tar\.gz)$/i.test(name)
}
