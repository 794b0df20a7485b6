/** What is wrong with a text, as a value. */

/** Something that a reader could not read, or read only in part. */
export interface Problem {
  /** Stable name, such as `yaml/duplicate-key`. */
  code: string
  /** One sentence. */
  message: string
  /** What to do next. */
  hint?: string
  file?: string
  /** Line in the file, from 1. */
  line?: number
  /** Column in UTF-16 units, from 1. */
  column?: number
}

/** Ends the reading of one document; it never leaves this package. `offset` counts in the text that is being read. */
export class Refusal extends Error {
  readonly code: string
  readonly offset: number
  readonly hint: string | undefined

  constructor(code: string, message: string, offset: number, hint?: string) {
    super(message)
    this.code = code
    this.offset = offset
    this.hint = hint
  }
}
