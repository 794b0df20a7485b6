/** Numbers that JavaScript cannot hold, or would print in another way than they were written: `1.0`, `1e400`. */

/** A number by its text; immutable. Its value is `digits` times ten to the power of `exponent`. */
export class Decimal {
  /** As JSON writes it, and as Rego prints it. */
  readonly text: string
  /** The digits, with the sign; not divisible by ten, unless it is zero. */
  readonly digits: bigint
  readonly exponent: number
  /** The number of JavaScript that is equal to it; undefined when there is none. */
  readonly plain: number | bigint | undefined

  /** Made by `numberFromText` only, from a text that is a number of JSON. */
  constructor(text: string, digits: bigint, exponent: number, plain: number | bigint | undefined) {
    this.text = text
    this.digits = digits
    this.exponent = exponent
    this.plain = plain
  }
}
