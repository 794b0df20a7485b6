/** Where characters of rendered text come from. */

/** A run of characters of one origin. */
export interface Span {
  /** In UTF-16 units; 0 for scalars that are no text. */
  readonly length: number
  readonly origin: Origin
}

/** Where a run of characters comes from. */
export interface Origin {
  /** The innermost template text or action that wrote it; undefined while it is a value that nobody has written yet. */
  readonly at?: TemplatePlace
  /** The entry of the values that it was read from. */
  readonly value?: ValueOrigin
  /** The text is made from the value but is not the value: a checksum, a part, a concatenation. */
  readonly derived?: boolean
  /** Random, or made from the clock: nobody wrote it. */
  readonly synthetic?: boolean
  /** Further entries that the text is made from. */
  readonly also?: readonly ValueOrigin[]
  /** Entries without content: only because of that was this taken instead. */
  readonly insteadOf?: readonly ValueOrigin[]
  /** The list or map of the values that was written as a whole and that `value` lies in. */
  readonly within?: ValueOrigin
  /** Of a span without length: what a condition kept out there; `at.guard` is that condition. */
  readonly skipped?: SkippedBlock
}

/** A block of a template that was not written. */
export interface SkippedBlock {
  /** Text of the template in it. */
  readonly text: string
  /**
   * Fields that get what the condition looks at: `securityContext` in `{{ with .Values.pod }}securityContext: {{ toYaml . }}`.
   * `name` is the last one of the path that the condition names, undefined for the dot.
   */
  readonly filled: readonly { readonly key: string; readonly name: string | undefined }[]
}

/** A place in a template, and the call that led there. */
export interface TemplatePlace {
  /** Name of the template file: `web/templates/deployment.yaml`. */
  readonly template: string
  /** Offset in its text, in UTF-16 units. */
  readonly offset: number
  /** The `include`, `template` or `tpl` action around it. */
  readonly caller?: TemplatePlace
  /** The innermost condition around it in its template. */
  readonly guard?: Guard
}

/** An `if`, `with` or `range`. */
export interface Guard {
  /** Offset of its pipeline in the text of its template, in UTF-16 units. */
  readonly offset: number
  /** Entries of the values that it looked at, those that do not exist too. */
  readonly values: readonly ValueOrigin[]
  /** The condition around it in the same template. */
  readonly outer?: Guard
}

/** An entry of the values. */
export interface ValueOrigin {
  readonly layer: ValueLayer
  /** From the root of the values of the whole chart: `['web', 'image', 'tag']`; entries of lists are numbers. */
  readonly path: readonly (string | number)[]
}

/** Where values were written. */
export interface ValueLayer {
  readonly kind: 'chart' | 'file' | 'set'
  /** `values.yaml` of the chart (with the path of the subchart), the file as given, or the text of the flag. */
  readonly name: string
}

/** Characters of one origin. */
export interface SourceRun {
  /** Offset of the first one in the rendered text, in UTF-16 units. */
  readonly from: number
  readonly length: number
  readonly origin: Origin
}
