/** Which texts stay texts when they are written plain. */

import { hintOf, resolvePlain } from '../scalars.ts'
import { isTimestamp } from '../tags.ts'

/** Whether goyaml v2 and readers of YAML 1.1 take the plain text for a text, and not for a number, a time or a word. */
export function isTextAsPlain(text: string): boolean {
  if (text === '') return false
  const hint = hintOf(text.charCodeAt(0))
  if (hint === 0) return true
  return typeof resolvePlain(text) === 'string' && (hint !== 3 || !(isTimestamp(text) || isBase60(text)))
}

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/

/** Whether YAML 1.1 knows the text as a number of degrees or a time of day: `12:30`. */
function isBase60(text: string): boolean {
  return text.includes(':') && base60.test(text)
}
