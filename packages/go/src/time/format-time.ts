/** Times as text. */
import { type Civil, MONTHS, WEEKDAYS, weekdayOf, yearDayOf } from './calendar.ts'
import { type Field, layoutParts } from './layout.ts'
import type { ZoneTime } from './zone.ts'

/** A moment as it is read off a clock on a wall. */
export interface WallTime {
  readonly civil: Civil
  readonly nanosecond: number
  readonly zone: ZoneTime
  /** Seconds since 1970 that the same numbers would be in UTC. */
  readonly localSeconds: number
}

/** A time in a layout of Go. */
export function formatTime(time: WallTime, layout: string): string {
  let text = ''
  for (const { prefix, field, written } of layoutParts(layout)) {
    text += prefix
    if (field !== undefined) text += formatField(time, field, written)
  }
  return text
}

function formatField(time: WallTime, field: Field, written: string): string {
  const { year, month, day, hour, minute, second } = time.civil
  const hourOf12 = hour % 12 === 0 ? 12 : hour % 12
  switch (field) {
    case 'year':
      return padded(year, 4)
    case 'short year':
      return padded(Math.abs(year % 100), 2)
    case 'month name':
      return MONTHS[month - 1] ?? ''
    case 'short month name':
      return (MONTHS[month - 1] ?? '').slice(0, 3)
    case 'month':
      return String(month)
    case 'padded month':
      return padded(month, 2)
    case 'weekday name':
      return WEEKDAYS[weekdayOf(time.localSeconds)] ?? ''
    case 'short weekday name':
      return (WEEKDAYS[weekdayOf(time.localSeconds)] ?? '').slice(0, 3)
    case 'day':
      return String(day)
    case 'spaced day':
      return String(day).padStart(2, ' ')
    case 'padded day':
      return padded(day, 2)
    case 'spaced year day':
      return String(yearDayOf(time.civil)).padStart(3, ' ')
    case 'padded year day':
      return padded(yearDayOf(time.civil), 3)
    case 'hour':
      return padded(hour, 2)
    case 'hour of 12':
      return String(hourOf12)
    case 'padded hour of 12':
      return padded(hourOf12, 2)
    case 'minute':
      return String(minute)
    case 'padded minute':
      return padded(minute, 2)
    case 'second':
      return String(second)
    case 'padded second':
      return padded(second, 2)
    case 'PM':
      return hour >= 12 ? 'PM' : 'AM'
    case 'pm':
      return hour >= 12 ? 'pm' : 'am'
    case 'zone name':
      return time.zone.name === '' ? formatZone(time.zone.offset) : time.zone.name
    case 'offset':
      return formatOffset(time.zone.offset, written)
    default:
      return formatFraction(time.nanosecond, written, field === 'trimmed fraction')
  }
}

/** What stands for the name of a zone that has none. */
function formatZone(offset: number): string {
  return formatOffset(offset, offset % 3600 === 0 ? '-07' : '-0700')
}

function formatOffset(offset: number, written: string): string {
  if (written.startsWith('Z') && offset === 0) return 'Z'
  const size = Math.abs(offset)
  const separator = written.includes(':') ? ':' : ''
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map((part) => padded(part, 2))
  const count = written.replaceAll(/[^0-9]/g, '').length / 2
  return `${offset < 0 ? '-' : '+'}${parts.slice(0, count).join(separator)}`
}

function formatFraction(nanosecond: number, written: string, isTrimmed: boolean): string {
  const digits = padded(nanosecond, 9)
    .padEnd(written.length - 1, '0')
    .slice(0, written.length - 1)
  if (!isTrimmed) return written.slice(0, 1) + digits
  const trimmed = digits.replace(/0+$/, '')
  return trimmed === '' ? '' : written.slice(0, 1) + trimmed
}

function padded(value: number, width: number): string {
  const digits = String(Math.abs(value)).padStart(width, '0')
  return value < 0 ? `-${digits}` : digits
}
