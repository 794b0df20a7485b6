/** Text as times. */
import { quote } from '../quote.ts'
import { MONTHS, WEEKDAYS, daysIn, secondsOf } from './calendar.ts'
import { type Field, layoutParts } from './layout.ts'
import { TimeError } from './time-error.ts'
import { UTC, type Zone, fixedZone } from './zone.ts'

/** A moment and the zone that it was told in. */
export interface Moment {
  /** Since 1970. */
  readonly seconds: number
  readonly nanosecond: number
  readonly zone: Zone
}

/** What has been read so far. */
interface Reading {
  year: number
  month: number | undefined
  day: number | undefined
  yearDay: number | undefined
  hour: number
  minute: number
  second: number
  nanosecond: number
  half: 'am' | 'pm' | undefined
  offset: number | undefined
  zoneName: string | undefined
  zone: Zone | undefined
}

/** How much of the text a field took, undefined when the text does not fit; `range` names a number that is too large. */
type Taken = { readonly length: number; readonly range?: string } | undefined

/**
 * Reads a time that is written in a layout of Go.
 * @throws {TimeError} with Go's words
 */
export function parseTime(layout: string, text: string): Moment {
  const reading: Reading = {
    year: 0,
    month: undefined,
    day: undefined,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    half: undefined,
    offset: undefined,
    zoneName: undefined,
    zone: undefined,
  }
  const cannot = (rest: string, part: string): TimeError =>
    new TimeError(`parsing time ${quote(text)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(part)}`)
  const wrong = (reason: string): TimeError => new TimeError(`parsing time ${quote(text)}: ${reason}`)

  let rest = text
  const parts = layoutParts(layout)
  for (const [index, { prefix, field, written }] of parts.entries()) {
    const after = skipPrefix(rest, prefix)
    if (typeof after !== 'string') throw cannot(after.rest, prefix)
    rest = after
    if (field === undefined) break
    const taken = takeField(reading, field, written, rest, parts[index + 1]?.field)
    if (taken?.range !== undefined) throw wrong(`${taken.range} out of range`)
    if (taken === undefined) throw cannot(rest, written)
    rest = rest.slice(taken.length)
  }
  if (rest !== '') throw wrong(`extra text: ${quote(rest)}`)
  if (!setDay(reading)) throw wrong(`${reading.yearDay === undefined ? 'day' : 'day-of-year'} out of range`)
  return momentOf(reading)
}

/** The text behind a prefix; where it differs, the text from there. Any number of spaces is like any other. */
function skipPrefix(text: string, prefix: string): string | { rest: string } {
  let at = 0
  for (let index = 0; index < prefix.length; index++) {
    if (prefix[index] === ' ') {
      if (at < text.length && text[at] !== ' ') return { rest: text.slice(at) }
      while (prefix[index + 1] === ' ') index++
      while (text[at] === ' ') at++
    } else if (text[at] === prefix[index]) {
      at++
    } else {
      return { rest: text.slice(at) }
    }
  }
  return text.slice(at)
}

function takeField(reading: Reading, field: Field, written: string, text: string, next: Field | undefined): Taken {
  switch (field) {
    case 'year':
      return take(text, /^[0-9]{4}/, (value) => (reading.year = value))
    case 'short year':
      return take(text, /^[0-9]{2}/, (value) => (reading.year = value + (value >= 69 ? 1900 : 2000)))
    case 'month name':
      return takeName(text, MONTHS, (index) => (reading.month = index + 1))
    case 'short month name':
      return takeName(text, MONTHS.map(short), (index) => (reading.month = index + 1))
    case 'month':
    case 'padded month':
      return take(text, field === 'month' ? ONE_OR_TWO : TWO, (value) => (reading.month = value), 'month', 1, 12)
    case 'weekday name':
      return takeName(text, WEEKDAYS, () => {})
    case 'short weekday name':
      return takeName(text, WEEKDAYS.map(short), () => {})
    case 'day':
    case 'padded day':
      return take(text, field === 'day' ? ONE_OR_TWO : TWO, (value) => (reading.day = value))
    case 'spaced day':
      return take(text, /^ ?[0-9]{1,2}/, (value) => (reading.day = value))
    case 'spaced year day':
    case 'padded year day': {
      const digits = field === 'padded year day' ? /^[0-9]{3}/ : /^ {0,2}[0-9]{1,3}/
      return take(text, digits, (value) => (reading.yearDay = value))
    }
    case 'hour':
      return take(text, ONE_OR_TWO, (value) => (reading.hour = value), 'hour', 0, 23)
    case 'hour of 12':
    case 'padded hour of 12':
      return take(text, field === 'hour of 12' ? ONE_OR_TWO : TWO, (value) => (reading.hour = value), 'hour', 0, 12)
    case 'minute':
    case 'padded minute':
      return take(text, field === 'minute' ? ONE_OR_TWO : TWO, (value) => (reading.minute = value), 'minute', 0, 59)
    case 'second':
    case 'padded second':
      return takeSecond(reading, field, text, next)
    case 'PM':
    case 'pm': {
      const half = text.slice(0, 2)
      if (half.toLowerCase() !== 'am' && half.toLowerCase() !== 'pm') return undefined
      if (half !== (field === 'PM' ? half.toUpperCase() : half.toLowerCase())) return undefined
      reading.half = half.toLowerCase() === 'am' ? 'am' : 'pm'
      return { length: 2 }
    }
    case 'zone name':
      return takeZoneName(reading, text)
    case 'offset':
      return takeOffset(reading, written, text)
    case 'fraction':
      return takeFraction(reading, text, new RegExp(`^[.,][0-9]{${written.length - 1}}`))
    default:
      return takeFraction(reading, text, /^[.,][0-9]{1,9}/) ?? { length: 0 }
  }
}

const ONE_OR_TWO = /^[0-9]{1,2}/
const TWO = /^[0-9]{2}/

function take(
  text: string,
  digits: RegExp,
  set: (value: number) => void,
  name?: string,
  least = 0,
  most = Infinity,
): Taken {
  const [found] = digits.exec(text) ?? []
  if (found === undefined) return undefined
  const value = Number(found)
  set(value)
  return name !== undefined && (value < least || value > most)
    ? { length: found.length, range: name }
    : { length: found.length }
}

function takeName(text: string, names: readonly string[], set: (index: number) => void): Taken {
  const index = names.findIndex((name) => text.slice(0, name.length).toLowerCase() === name.toLowerCase())
  if (index < 0) return undefined
  set(index)
  return { length: names[index]?.length ?? 0 }
}

/** A fraction behind the seconds is read even where the layout has none. */
function takeSecond(reading: Reading, field: Field, text: string, next: Field | undefined): Taken {
  const taken = take(text, field === 'second' ? ONE_OR_TWO : TWO, (value) => (reading.second = value), 'second', 0, 59)
  if (taken === undefined || taken.range !== undefined || next === 'fraction' || next === 'trimmed fraction')
    return taken
  const fraction = takeFraction(reading, text.slice(taken.length), /^[.,][0-9]+/)
  return { length: taken.length + (fraction?.length ?? 0) }
}

function takeFraction(reading: Reading, text: string, digits: RegExp): Taken {
  const [found] = digits.exec(text) ?? []
  if (found === undefined) return undefined
  reading.nanosecond = Number(found.slice(1, 10).padEnd(9, '0'))
  return { length: found.length }
}

function takeOffset(reading: Reading, written: string, text: string): Taken {
  if (written.startsWith('Z') && text.startsWith('Z')) {
    reading.zone = UTC
    return { length: 1 }
  }
  const pattern = written.replace(/^./, '([+-])').replace('07', '([0-9]{2})').replaceAll('00', '([0-9]{2})')
  const [all, sign, hours, minutes = '0', seconds = '0'] = new RegExp(`^${pattern}`).exec(text) ?? []
  if (all === undefined) return undefined
  if (Number(hours) > 24) return { length: all.length, range: 'time zone offset hour' }
  if (Number(minutes) > 60) return { length: all.length, range: 'time zone offset minute' }
  if (Number(seconds) > 60) return { length: all.length, range: 'time zone offset second' }
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  reading.offset = sign === '-' ? -offset : offset
  return { length: all.length }
}

function takeZoneName(reading: Reading, text: string): Taken {
  if (text.startsWith('UTC')) {
    reading.zone = UTC
    return { length: 3 }
  }
  const [name] =
    /^(?:GMT(?:[+-]0*(?:1?[0-9]|2[0-3])(?![0-9]))?|ChST|MeST|[+-]0*(?:1?[0-9]|2[0-3])(?![0-9])|WITA|[A-Z]{3}(?:[A-Z]?T)?(?![A-Z]))/.exec(
      text,
    ) ?? []
  if (name === undefined) return undefined
  reading.zoneName = name
  return { length: name.length }
}

/** Puts month and day in place, which may be given by the day of the year; false when there is no such day. */
function setDay(reading: Reading): boolean {
  const { year, yearDay } = reading
  if (yearDay === undefined) {
    reading.month ??= 1
    reading.day ??= 1
    return reading.day >= 1 && reading.day <= daysIn(year, reading.month)
  }
  const isLeap = daysIn(year, 2) === 29
  if (yearDay < 1 || yearDay > (isLeap ? 366 : 365)) return false
  reading.month = 1
  reading.day = yearDay
  return true
}

function momentOf(reading: Reading): Moment {
  const { year, month = 1, day = 1, minute, second, nanosecond, half, offset, zoneName, zone } = reading
  const hour =
    half === 'pm' && reading.hour < 12 ? reading.hour + 12 : half === 'am' && reading.hour === 12 ? 0 : reading.hour
  const seconds = secondsOf({ year, month, day, hour, minute, second })
  if (zone !== undefined) return { seconds, nanosecond, zone }
  if (offset !== undefined) {
    return { seconds: seconds - offset, nanosecond, zone: offset === 0 ? UTC : fixedZone(zoneName ?? '', offset) }
  }
  if (zoneName === undefined) return { seconds, nanosecond, zone: UTC }
  // Names alone do not tell an offset, except those that are one.
  const hours = zoneName.length > 3 && zoneName.startsWith('GMT') ? Number(zoneName.slice(3)) : 0
  return { seconds: seconds - hours * 3600, nanosecond, zone: fixedZone(zoneName, hours * 3600) }
}

function short(name: string): string {
  return name.slice(0, 3)
}
