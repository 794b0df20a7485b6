/** Text made to fit: padded, cut with an ellipsis, or broken into lines. */
import type { Paint } from './paint.ts'
import { graphemes, graphemeWidth, widthOf } from './width.ts'

const ELLIPSIS = '\u2026'
/** A line may break after white space, and after `/`, `-`, `.`, `,`, `=` and `_` in long words. */
const BREAKABLE = /[^/.,=_-]*[/.,=_-]+|[^/.,=_-]+/g

/** Fills with spaces to the width; text that is wider stays as it is. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return align === 'left' ? text + space : space + text
}

/** Cuts to the width; what was cut shows as an ellipsis. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  return width < 1 ? '' : take(text, width - 1) + ELLIPSIS
}

/** As much of the beginning as fits. */
function take(text: string, width: number): string {
  let taken = ''
  let used = 0
  for (const grapheme of graphemes(text)) {
    used += graphemeWidth(grapheme)
    if (used > width) break
    taken += grapheme
  }
  return taken
}

/** Breaks into lines between words, inside words only where a word is longer than a line. At least one line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(2, width)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (widthOf(joined) <= room) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    const parts = widthOf(word) <= room ? [word] : breakWord(word, room)
    line = parts.pop() ?? ''
    lines.push(...parts)
  }
  return [...lines, line]
}

/** Wraps a paragraph: the first line begins with one text, the others with spaces of the same width. */
export function paragraph(lead: string, text: string, width: number): string[] {
  const indent = widthOf(lead)
  return wrap(text, width - indent).map((line, at) => (at === 0 ? lead : ' '.repeat(indent)) + line)
}

/** Puts pieces that must not be broken one after another, on as many lines as it takes, behind a lead on the first. */
export function* flow(
  lead: string,
  pieces: readonly { text: string; paint?: Paint | undefined; after?: string }[],
  width: number,
  gap: string,
): Generator<string> {
  let line = lead
  let used = widthOf(lead)
  let isFirst = true
  for (const { text, paint, after = '' } of pieces) {
    const room = widthOf(text + after)
    if (!isFirst && used + gap.length + room > width) {
      yield line
      line = '  '
      used = 2
      isFirst = true
    }
    line += (isFirst ? '' : gap) + (paint === undefined ? text : paint(text)) + after
    used += (isFirst ? 0 : gap.length) + room
    isFirst = false
  }
  yield line
}

function breakWord(word: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of word.match(BREAKABLE) ?? [word]) {
    if (widthOf(line + piece) <= width) {
      line += piece
      continue
    }
    if (line !== '') lines.push(line)
    line = piece
    while (widthOf(line) > width) {
      const head = take(line, width)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return [...lines, line]
}
