/** What is wrong with a pattern. */

/** A pattern that cannot be used; the message has Go's words: "error parsing regexp: missing closing ): `(a`". */
export class PatternError extends Error {
  /**
   * @param reason what is wrong: `missing closing )`
   * @param part the part of the pattern that it is about
   */
  constructor(reason: string, part: string) {
    super(`error parsing regexp: ${reason}: \`${part}\``)
    this.name = 'PatternError'
  }
}
