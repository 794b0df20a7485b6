/** Lines and columns of offsets. */

/** A place in a text. */
export interface Position {
  /** From 1. */
  line: number
  /** From 1, in UTF-16 units. */
  column: number
}

/**
 * The text with every carriage return that stands alone turned into a line feed. The length, and so every offset,
 * stays; `\r\n` stays. YAML 1.2 (5.4) takes a lone carriage return for a line break.
 */
export function withLineFeeds(text: string): string {
  if (!text.includes('\r')) return text
  const lone = /\r(?!\n)/g
  return lone.test(text) ? text.replace(lone, '\n') : text
}

/** Offsets of the first character of every line between `start` and `end`; the first is `start`. */
export function lineStarts(text: string, start = 0, end = text.length): number[] {
  const source = start === 0 && end === text.length ? text : text.slice(start, end)
  const lines = withLineFeeds(source)
  const starts = [start]
  for (let at = lines.indexOf('\n'); at !== -1; at = lines.indexOf('\n', at + 1)) starts.push(start + at + 1)
  return starts
}

/**
 * Where `offset` is. `starts` are the line starts of the text, or of a part of it that begins at line `firstLine`;
 * give them when asking more than once.
 */
export function positionAt(text: string, offset: number, starts = lineStarts(text), firstLine = 1): Position {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: firstLine + low, column: Math.max(0, Math.min(offset, text.length) - (starts[low] ?? 0)) + 1 }
}
