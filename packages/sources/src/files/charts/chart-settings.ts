/** What charts are rendered with. */

/** A file of values that was read. */
interface ValuesText {
  /** As people should see it. */
  readonly name: string
  readonly text: string
}

/** Values that are laid over those of a chart together. */
export interface ValueSet {
  /** Empty for the only one. */
  readonly name: string
  /** The last one on top. */
  readonly files: readonly ValuesText[]
}

/** A flag that sets single values. */
interface SetText {
  readonly kind: 'set' | 'set-string' | 'set-json' | 'set-file' | 'set-literal'
  /** What was given to it. */
  readonly text: string
}

/** Settings for every chart of a scan. */
export interface ChartSettings {
  /** One or more: each chart is rendered with each. */
  readonly valueSets: readonly ValueSet[]
  /** Laid over every set. */
  readonly sets: readonly SetText[]
  /** Reads a file that a `set-file` names: its text, or why it cannot be read. */
  readonly readFile: (path: string) => { readonly text: string } | { readonly problem: string }
  readonly releaseName: string
  readonly releaseNamespace: string
  /** Undefined for that of the engine. */
  readonly kubeVersion: string | undefined
}
