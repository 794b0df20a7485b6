/** Durations and moments as texts, and their bounds. */
import { civilOf, daysIn, secondsOf } from '@kubescape/go'

import { CelError, Duration, INT_MAX, INT_MIN, Timestamp } from './value.ts'

/** Nanoseconds of a second. */
export const SECOND = 1_000_000_000n

/** Years 1 to 9999. */
const EARLIEST = -62_135_596_800n * SECOND
const LATEST = 253_402_300_799n * SECOND + (SECOND - 1n)

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  '\u00b5s': 1000n,
  '\u03bcs': 1000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
}

/** Longer texts are neither durations nor moments that anyone writes. */
const LONGEST = 100

/** A duration; an error beyond 64 bits of nanoseconds. */
export function checkedDuration(nanoseconds: bigint): Duration | CelError {
  if (nanoseconds < INT_MIN || nanoseconds > INT_MAX) return new CelError('duration out of range')
  return new Duration(nanoseconds)
}

/** A moment; an error outside the years 1 to 9999. */
export function checkedTimestamp(nanoseconds: bigint, offset = 0): Timestamp | CelError {
  if (nanoseconds < EARLIEST || nanoseconds > LATEST) return new CelError('timestamp out of range')
  return new Timestamp(nanoseconds, offset)
}

/** Reads `1h30m`, `-1.5s`, `0`. */
export function parseDuration(text: string): Duration | CelError {
  const wrong = new CelError(`invalid duration ${JSON.stringify(text.slice(0, LONGEST))}`)
  if (text.length > LONGEST) return wrong
  const isNegative = text.startsWith('-')
  const size = /^[+-]/.test(text) ? text.slice(1) : text
  if (size === '0') return new Duration(0n)
  const part = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y
  let total = 0n
  let at = 0
  while (at < size.length) {
    part.lastIndex = at
    const [all, whole = '', fraction = '', unit = ''] = part.exec(size) ?? []
    const factor = UNITS[unit]
    if (all === undefined || factor === undefined || (whole === '' && fraction === '')) return wrong
    total += (BigInt(whole + fraction) * factor) / 10n ** BigInt(fraction.length)
    at += all.length
  }
  return at === 0 ? wrong : checkedDuration(isNegative ? -total : total)
}

/** A duration in seconds: `5400s`, `-1.5s`. */
export function durationText({ nanoseconds }: Duration): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  return `${nanoseconds < 0n ? '-' : ''}${size / SECOND}${fractionText(size % SECOND)}s`
}

/** Reads a moment as RFC 3339 writes it. */
export function parseTimestamp(text: string): Timestamp | CelError {
  const wrong = new CelError(`invalid timestamp ${JSON.stringify(text.slice(0, LONGEST))}`)
  const parts =
    text.length > LONGEST
      ? null
      : /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text)
  if (parts === null) return wrong
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number)
  const [, , , , , , , fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = parts
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  if (!isDate || hour > 23 || minute > 59 || second > 59) return wrong
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return wrong
  const offset = (Number(offsetHours) * 3600 + Number(offsetMinutes) * 60) * (sign === '-' ? -1 : 1)
  const seconds = BigInt(secondsOf({ year, month, day, hour, minute, second }) - offset)
  return checkedTimestamp(seconds * SECOND + BigInt(fraction.slice(0, 9).padEnd(9, '0')), offset)
}

/** A moment as RFC 3339 writes it. */
export function timestampText({ nanoseconds, offset }: Timestamp): string {
  const { seconds, rest } = splitSeconds(nanoseconds)
  const { year, month, day, hour, minute, second } = civilOf(seconds + offset)
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${fractionText(rest)}${zoneText(offset)}`
}

/** Whole seconds, and the nanoseconds after them. */
export function splitSeconds(nanoseconds: bigint): { readonly seconds: number; readonly rest: bigint } {
  const rest = ((nanoseconds % SECOND) + SECOND) % SECOND
  return { seconds: Number((nanoseconds - rest) / SECOND), rest }
}

function fractionText(nanoseconds: bigint): string {
  return nanoseconds === 0n ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`
}

function zoneText(offset: number): string {
  const minutes = Math.abs(offset) / 60
  return offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function two(part: number): string {
  return String(part).padStart(2, '0')
}
