/** Formats of texts that schemas ask for; formats without a rule here match every text. */
import { compile, PatternError } from '@kubescape/regex'

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:z|[+-](\d{2}):(\d{2}))$/i
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const GROUP = /^[0-9a-f]{1,4}$/i
const SCHEME = /^[a-z][a-z0-9+.-]*:/i
const URI = /^(?:[!#-;=?-[\]_a-z~]|%[0-9a-f]{2})*$/i
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/

const FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', isDate],
  ['time', isTime],
  ['date-time', (text) => /^.{10}t/i.test(text) && isDate(text.slice(0, 10)) && isTime(text.slice(11))],
  ['email', isEmail],
  ['hostname', isHostname],
  ['ipv4', isIpv4],
  ['ipv6', isIpv6],
  ['uri', (text) => SCHEME.test(text) && isUriReference(text)],
  ['uri-reference', isUriReference],
  ['uuid', (text) => UUID.test(text)],
  ['json-pointer', (text) => POINTER.test(text)],
  ['regex', isPattern],
])

/** Whether a text has the format. */
export function hasFormat(format: string, text: string): boolean {
  return FORMATS.get(format)?.(text) ?? true
}

function isDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return false
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function isTime(text: string): boolean {
  const [, hours, minutes, seconds, offsetHours = 0, offsetMinutes = 0] = (TIME.exec(text) ?? []).map((part) =>
    part === undefined ? 0 : Number(part),
  )
  if (hours === undefined || minutes === undefined || seconds === undefined) return false
  return hours < 24 && minutes < 60 && seconds <= 60 && offsetHours < 24 && offsetMinutes < 60
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  return at > 0 && at <= 64 && text.length <= 254 && !/[\s@]/.test(text.slice(0, at)) && isHostname(text.slice(at + 1))
}

function isHostname(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  return name.length <= 253 && name.split('.').every((label) => LABEL.test(label))
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)
  const hasIpv4 = last !== undefined && isIpv4(last)
  const count = groups.length + (hasIpv4 ? 1 : 0)
  if (halves.length === 1 ? count !== 8 : count > 7) return false
  return groups.slice(0, hasIpv4 ? -1 : undefined).every((group) => GROUP.test(group))
}

function isUriReference(text: string): boolean {
  return URI.test(text)
}

function isPattern(text: string): boolean {
  try {
    compile(text)
    return true
  } catch (error) {
    if (error instanceof PatternError) return false
    throw error
  }
}
