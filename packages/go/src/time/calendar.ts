/** Days of the Gregorian calendar, also before it was made. */

/** A date and the time of day; months from 1. */
export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Names of months, January first. */
export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Names of days, Sunday first. */
export const WEEKDAYS: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
]

/** Seconds of a day. */
export const DAY_SECONDS = 86_400
/** Days of 400 years, after which the calendar repeats. */
const ERA_DAYS = 146_097

/** Seconds since 1970 of a date and time in UTC. Each part may be beyond its range: month 13 is January of the next year. */
export function secondsOf({ year, month, day, hour, minute, second }: Civil): number {
  const months = year * 12 + month - 1
  const days = daysOf(Math.floor(months / 12), modulo(months, 12) + 1) + day - 1
  return days * DAY_SECONDS + hour * 3600 + minute * 60 + second
}

/** The date and time in UTC of seconds since 1970. */
export function civilOf(seconds: number): Civil {
  const days = Math.floor(seconds / DAY_SECONDS)
  const rest = seconds - days * DAY_SECONDS
  // Years are counted from March, so that the day which comes and goes is their last.
  const shifted = days + 719_468
  const era = Math.floor(shifted / ERA_DAYS)
  const dayOfEra = shifted - era * ERA_DAYS
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
  }
}

/** 0 for Sunday. */
export function weekdayOf(seconds: number): number {
  return modulo(Math.floor(seconds / DAY_SECONDS) + 4, 7)
}

/** The day within its year, from 1. */
export function yearDayOf({ year, month, day }: Civil): number {
  return daysOf(year, month) - daysOf(year, 1) + day
}

/** Number of days of a month. */
export function daysIn(year: number, month: number): number {
  return month === 12 ? 31 : daysOf(year, month + 1) - daysOf(year, month)
}

/** Days since 1970 of the first of a month. */
function daysOf(year: number, month: number): number {
  const from = month <= 2 ? year - 1 : year
  const era = Math.floor(from / 400)
  const yearOfEra = from - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5)
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * ERA_DAYS + dayOfEra - 719_468
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
