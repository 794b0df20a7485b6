/** Texts and bytes under the verbs of `fmt`. */
import { byteLength, toBytes } from '../bytes.ts'
import { canBackquote, quote, quoteToAscii } from '../quote.ts'
import { pad, type Flags } from './flags.ts'

/** A text under a text verb; undefined when the verb is none. */
export function formatText(text: string, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.goSyntax ? quoted(text, flags) : pad(truncated(text, flags), flags)
    case 's':
      return pad(truncated(text, flags), flags)
    case 'q':
      return quoted(text, flags)
    case 'x':
    case 'X':
      return hexadecimal(text, verb, flags)
    default:
      return undefined
  }
}

function quoted(text: string, flags: Flags): string {
  const kept = truncated(text, flags)
  if (flags.sharp && canBackquote(kept)) return pad(`\`${kept}\``, flags)
  return pad(flags.plus ? quoteToAscii(kept) : quote(kept), flags)
}

/** Precision counts runes. */
function truncated(text: string, flags: Flags): string {
  if (flags.precision === undefined || text.length <= flags.precision) return text
  let end = 0
  for (let count = 0; count < flags.precision && end < text.length; count++)
    end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1
  return text.slice(0, end)
}

/** Precision counts bytes; `#` puts a prefix before all or, with a space between the bytes, before each. */
function hexadecimal(text: string, verb: 'x' | 'X', flags: Flags): string {
  const length = Math.min(flags.precision ?? Infinity, byteLength(text))
  if (length === 0) return pad('', flags)
  const prefix = flags.sharp ? '0x' : ''
  const parts: string[] = []
  const bytes = toBytes(text)
  for (let at = 0; at < length; at++) parts.push((bytes[at] as number).toString(16).padStart(2, '0'))
  const joined = prefix + parts.join(flags.space ? ` ${prefix}` : '')
  return pad(verb === 'X' ? joined.toUpperCase() : joined, flags)
}
