/** What is wrong with an expression, found before it is evaluated. */

/** Ends reading and checking; `compile` gives it back as a value. */
export class CelProblem extends Error {
  /** Where, in UTF-16 units from the beginning of the expression. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.name = 'CelProblem'
    this.offset = offset
  }
}
