/** sprig's functions that fit texts into a width: package Masterminds/goutils. Widths are bytes. */
import { fromByteText, toByteText } from '@kubescape/go'
import type { CallContext } from '@kubescape/go-template'
import { define } from './define.ts'
import type { FunctionFamily } from './index.ts'

const MARK = '...'

/** `abbrev`, `abbrevboth`, `wrap` and `wrapWith`. */
export const wrappingFunctions: FunctionFamily = new Map([
  ['abbrev', define(['int', 'string'], ([width, text]) => shorten(text, 0, Number(width)))],
  [
    'abbrevboth',
    define(['int', 'int', 'string'], ([offset, width, text]) => shorten(text, Number(offset), Number(width))),
  ],
  ['wrap', define(['int', 'string'], ([width, text], context) => wrap(text, Number(width), '\n', false, context))],
  [
    'wrapWith',
    define(['int', 'string', 'string'], ([width, separator, text], context) =>
      wrap(text, Number(width), separator === '' ? '\n' : separator, true, context),
    ),
  ],
])

/** A width that has no room for marks leaves the text as it is. */
function shorten(text: string, offset: number, width: number): string {
  if (width < 4 || (offset > 0 && width < 7)) return text
  return fromByteText(abbreviate(toByteText(text), offset, width))
}

/** At most `width` bytes; what is left out before `offset` and at the end is marked by dots. */
function abbreviate(text: string, offset: number, width: number): string {
  if (text.length <= width) return text
  const room = width - MARK.length
  const start = Math.min(offset, text.length - room)
  if (start <= 4) return text.slice(0, room) + MARK
  if (start + room < text.length) return MARK + abbreviate(text.slice(start), 0, room)
  return MARK + text.slice(text.length - room)
}

/** Breaks lines at spaces; words that are too long are broken only if `breakWords`. */
function wrap(text: string, least: number, separator: string, breakWords: boolean, context: CallContext): string {
  const width = Math.max(least, 1)
  const bytes = toByteText(text)
  const lines: string[] = []
  let at = 0
  while (bytes.length - at > width) {
    if (bytes.charCodeAt(at) === 0x20) {
      at++
      continue
    }
    let space = at + width
    while (space >= at && bytes.charCodeAt(space) !== 0x20) space--
    if (space < at && !breakWords) {
      space = bytes.indexOf(' ', at + width)
      if (space < 0) break
    }
    const end = space < at ? at + width : space
    context.spend(end - at + separator.length)
    lines.push(bytes.slice(at, end))
    at = space < at ? end : end + 1
  }
  lines.push(bytes.slice(at))
  return fromByteText(lines.join(toByteText(separator)))
}
