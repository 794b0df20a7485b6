/** Explicit tags: `!!int`, `!!binary`, `!local` and the handles of `%TAG` (YAML 1.2, 6.8.2 and 6.9.1). */

import { isIntegerText, resolvePlain } from './scalars.ts'
import type { Scalar } from './scalars.ts'

const coreTags = 'tag:yaml.org,2002:'

/** The full name of a tag as written; `handles` are the prefixes that `%TAG` lines gave. */
export function fullTag(written: string, handles: ReadonlyMap<string, string>): string {
  if (written.startsWith('!<')) return written.slice(2, -1)
  const end = written.indexOf('!', 1)
  const handle = end === -1 ? '!' : written.slice(0, end + 1)
  const prefix = handles.get(handle) ?? (handle === '!!' ? coreTags : handle)
  return prefix + written.slice(handle.length)
}

/** The value of a scalar with a tag, or the reason why goyaml v2 refuses it. Unknown tags make strings. */
export function resolveTagged(tag: string, text: string): { value: Scalar } | { refusal: string } {
  if (!tag.startsWith(coreTags)) return { value: text }
  switch (tag.slice(coreTags.length)) {
    case 'int': {
      const value = resolvePlain(text)
      return isNumber(value) && isIntegerText(text) ? { value } : refused(text, 'an integer')
    }
    case 'float': {
      const value = resolvePlain(text)
      if (typeof value === 'number') return { value }
      return typeof value === 'bigint' && value < 1n << 63n ? { value: Number(value) } : refused(text, 'a number')
    }
    case 'bool': {
      const value = resolvePlain(text)
      return typeof value === 'boolean' ? { value } : refused(text, 'a boolean')
    }
    case 'null':
      return resolvePlain(text) === null ? { value: null } : refused(text, 'null')
    case 'timestamp':
      // A time stays the text that it is (goyaml v2 `decode.go`, `scalar`).
      return isTimestamp(text) ? { value: text } : refused(text, 'a time')
    case 'binary': {
      const value = decodeBinary(text)
      return value === undefined ? { refusal: 'The `!!binary` value is not valid base64.' } : { value }
    }
    default:
      return { value: text }
  }
}

/** Whether the tag makes the number a float whatever its text looks like. */
export function isFloatTag(tag: string): boolean {
  return tag === `${coreTags}float`
}

/** Whether the tag marks a merge key. */
export function isMergeTag(tag: string): boolean {
  return tag === `${coreTags}merge`
}

function isNumber(value: Scalar): boolean {
  return typeof value === 'number' || typeof value === 'bigint'
}

function refused(text: string, wanted: string): { refusal: string } {
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text
  return { refusal: `The value ${JSON.stringify(shown)} is not ${wanted}, which its tag asks for.` }
}

const dateTime =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/

/** Whether the text is a time in one of the formats of goyaml v2 `parseTimestamp`. */
export function isTimestamp(text: string): boolean {
  const match = dateTime.exec(text)
  if (match === null) return false
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate())
    return false
  const time = match[4] === undefined ? match.slice(7, 10) : match.slice(4, 7)
  const [hour = 0, minute = 0, second = 0] = time.map((part) => Number(part ?? 0))
  return hour < 24 && minute < 60 && second < 60
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Go's `base64.StdEncoding`, then text: bytes that are not UTF-8 become replacement characters, as in JSON. */
function decodeBinary(text: string): string | undefined {
  const packed = text.replace(/[\r\n]+/g, '')
  if (packed.length % 4 !== 0 || !base64.test(packed)) return undefined
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
