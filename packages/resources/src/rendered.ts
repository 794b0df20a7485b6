/** Where what was rendered comes from: templates and values of charts, files of kustomizations. */

/** What an object was rendered from: a template of a chart, or a kustomization. */
export interface RenderedFrom {
  readonly kind: 'chart' | 'kustomization'
  /** The directory or archive as people should see it. */
  readonly path: string
  /** Name of the chart, or of the directory of the kustomization. */
  readonly name: string
  /** The template below the chart, such as `templates/web.yaml`; empty for a kustomization. */
  readonly template: string
  /** Which of several sets of values it was rendered with; empty for the only one. */
  readonly valueSet: string
}

/** A line of a file. */
export interface FileLine {
  /** As people should see it. */
  readonly file: string
  /** From 1; 0 where it is not known. */
  readonly line: number
}

/** A value of a chart that has part in a field, and the line that writes it; of a flag `file` is its name. */
export interface ChartValue extends FileLine {
  /** As templates name it: `.Values.image.tag`, from the root of the values of the whole chart. */
  readonly path: string
  /**
   * `change`: what is there is this value. `part`: it was made from it. `set`: what is missing would come from it.
   * `condition`: whether the field is there depends on it.
   */
  readonly use: 'change' | 'part' | 'set' | 'condition'
}

/** Where a field of a rendered object was written. Lines and columns from 1, columns in UTF-16 units, ends exclusive. */
export interface SourcePlace extends FileLine {
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** The values that have part in it, those to change first. */
  readonly values: readonly ChartValue[]
  /** What was called from there and wrote it: the innermost last. */
  readonly calls: readonly FileLine[]
}

/** A stretch of a file that wrote characters of rendered text. */
export interface SourceSpan {
  readonly file: string
  /** Offsets in the text of the file. */
  readonly start: number
  readonly end: number
  /** The characters stand in the file as they were rendered; otherwise an action made them. */
  readonly isLiteral: boolean
}
