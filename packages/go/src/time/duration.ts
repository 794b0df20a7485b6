/** Spans of time, in nanoseconds. */
import { TimeError } from './time-error.ts'

/** Nanoseconds of a second. */
export const SECOND = 1_000_000_000n

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1000n],
  ['\u00b5s', 1000n],
  ['\u03bcs', 1000n],
  ['ms', 1_000_000n],
  ['s', SECOND],
  ['m', 60n * SECOND],
  ['h', 3600n * SECOND],
])

const LONGEST = (1n << 63n) - 1n
/** Digits beyond these are nothing in any unit. */
const FRACTION_DIGITS = 18

/**
 * Nanoseconds of a text such as `1h15m30.5s`, `-1.5h` or `300ms`. `more` are units beside those of Go, in nanoseconds.
 * @throws {TimeError} with Go's words
 */
export function parseDuration(text: string, more?: ReadonlyMap<string, bigint>): bigint {
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  let at = sign.length
  const invalid = (): TimeError => new TimeError(`time: invalid duration "${text}"`)
  if (text.slice(at) === '0') return 0n
  if (at === text.length) throw invalid()
  let total = 0n
  while (at < text.length) {
    NUMBER.lastIndex = at
    const [all = '', whole = '', fraction = ''] = NUMBER.exec(text) ?? []
    if (whole === '' && fraction === '') throw invalid()
    at += all.length
    UNIT.lastIndex = at
    const unit = UNIT.exec(text)?.[0] ?? ''
    if (unit === '') throw new TimeError(`time: missing unit in duration "${text}"`)
    at += unit.length
    const scale = UNITS.get(unit) ?? more?.get(unit)
    if (scale === undefined) throw new TimeError(`time: unknown unit "${unit}" in duration "${text}"`)
    if (whole.length > 30) throw invalid()
    total += BigInt(whole) * scale
    const digits = fraction.slice(0, FRACTION_DIGITS)
    if (digits !== '') total += (BigInt(digits) * scale) / 10n ** BigInt(digits.length)
    if (total > LONGEST && !(sign === '-' && total === LONGEST + 1n)) throw invalid()
  }
  return sign === '-' ? -total : total
}

const NUMBER = /([0-9]*)(?:\.([0-9]*))?/y
const UNIT = /[^.0-9]*/y

/** The text of a span as Go prints it: `1h0m5s`, `1.5s`, `20ms`, `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size === 0n) return '0s'
  if (size < 1000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}\u00b5s`
  if (size < SECOND) return `${sign}${decimal(size, 6)}ms`
  const minutes = size / (60n * SECOND)
  const seconds = `${decimal(size % (60n * SECOND), 9)}s`
  if (minutes === 0n) return sign + seconds
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`
}

/** The nearest multiple of a span; halves go away from zero. */
export function roundDuration(nanoseconds: bigint, unit: bigint): bigint {
  if (unit <= 0n) return nanoseconds
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const rounded = ((size + unit / 2n) / unit) * unit
  return nanoseconds < 0n ? -rounded : rounded
}

/** A number with so many decimal places, without zeros at its end. */
function decimal(value: bigint, places: number): string {
  const digits = String(value).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`)
}
