/** Text of others, made fit for one line of a message. */

/** The text without control characters and runs of white space, at most `length` characters. */
export function plainText(text: string, length: number): string {
  // Longer texts are cut first: an answer may be a hundred megabytes of something else.
  const line = text
    .slice(0, length * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
