/** A moment as templates see it. */
import { type GoFunction, MISSING, Struct, type Value, int64 } from '@kubescape/go-template'
import {
  DAY_SECONDS,
  MONTHS,
  type Moment,
  SECOND,
  UTC,
  WEEKDAYS,
  type WallTime,
  type Zone,
  civilOf,
  formatTime,
  secondsOf,
  weekdayOf,
  yearDayOf,
} from '@kubescape/go'
import { Duration, nanosecondsOf, splitSeconds } from './duration-struct.ts'

/** The layout in which Go prints times. */
const PRINTED = '2006-01-02 15:04:05.999999999 -0700 MST'
/** The layout of times in JSON, with a fraction as far as there is one. */
export const RFC_3339 = '2006-01-02T15:04:05.999999999Z07:00'
/** The start of year 1: what Go has for "no time". */
const ZERO_SECONDS = -62_135_596_800
/** No year beyond these, so that all seconds are exact; Go's own range is wider. */
const FURTHEST_SECONDS = 8e15

/** Go's `time.Time`. */
export class Time extends Struct {
  readonly type = 'time.Time'
  /** Since 1970. */
  readonly seconds: number
  readonly nanosecond: number
  readonly zone: Zone

  constructor({ seconds, nanosecond, zone }: Moment) {
    super()
    this.seconds = Math.min(Math.max(seconds, -FURTHEST_SECONDS), FURTHEST_SECONDS)
    this.nanosecond = nanosecond
    this.zone = zone
  }

  /** The time that Go has where there is none: the start of year 1. */
  static zero(): Time {
    return Time.unix(ZERO_SECONDS)
  }

  /** A time by its seconds since 1970. */
  static unix(seconds: number): Time {
    return new Time({ seconds, nanosecond: 0, zone: UTC })
  }

  /** A time by its milliseconds since 1970. */
  static unixMilliseconds(milliseconds: number): Time {
    const seconds = Math.floor(milliseconds / 1000)
    return new Time({ seconds, nanosecond: Math.round((milliseconds - seconds * 1000) * 1e6), zone: UTC })
  }

  /** The same moment in another zone. */
  in(zone: Zone): Time {
    return new Time({ seconds: this.seconds, nanosecond: this.nanosecond, zone })
  }

  /** The moment after a span. */
  add(nanoseconds: bigint): Time {
    const [seconds, nanosecond] = splitSeconds(nanoseconds + BigInt(this.nanosecond))
    return new Time({ seconds: this.seconds + seconds, nanosecond, zone: this.zone })
  }

  /** Nanoseconds since another moment. */
  since(earlier: Time): bigint {
    return BigInt(this.seconds - earlier.seconds) * SECOND + BigInt(this.nanosecond - earlier.nanosecond)
  }

  /** As text, in a layout of Go. */
  format(layout: string): string {
    return formatTime(this.#wall(), layout)
  }

  override field(): typeof MISSING {
    return MISSING
  }

  override method(name: string): GoFunction | undefined {
    return PARTS.get(name)?.(this) ?? CALCULATIONS.get(name)?.(this)
  }

  override print(): string {
    return this.format(PRINTED)
  }

  override json(): Value {
    return this.format(RFC_3339)
  }

  /** Year, month, day and time of day in its zone, moved by whole years, months and days. */
  moved(years: number, months: number, days: number): Time {
    const { civil, zone, nanosecond } = this.#wall()
    const local = secondsOf({ ...civil, year: civil.year + years, month: civil.month + months, day: civil.day + days })
    // What holds in the zone then is known only when the moment is.
    const guess = local - zone.offset
    return new Time({ seconds: local - this.zone.at(guess).offset, nanosecond, zone: this.zone })
  }

  wall(): WallTime {
    return this.#wall()
  }

  #wall(): WallTime {
    const zone = this.zone.at(this.seconds)
    const localSeconds = this.seconds + zone.offset
    return { civil: civilOf(localSeconds), nanosecond: this.nanosecond, zone, localSeconds }
  }
}

/** A number that Go prints as a name: a month or a day of the week. */
class Named extends Struct {
  readonly type: string
  readonly #name: string

  constructor(type: string, name: string) {
    super()
    this.type = type
    this.#name = name
  }

  override field(): typeof MISSING {
    return MISSING
  }

  override method(name: string): GoFunction | undefined {
    return name === 'String' ? getter(() => this.#name) : undefined
  }

  override print(): string {
    return this.#name
  }
}

type Method = (time: Time) => GoFunction

const PARTS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['Year', (time) => getter(() => BigInt(time.wall().civil.year))],
  ['Month', (time) => getter(() => new Named('time.Month', MONTHS[time.wall().civil.month - 1] ?? ''))],
  ['Day', (time) => getter(() => BigInt(time.wall().civil.day))],
  ['Hour', (time) => getter(() => BigInt(time.wall().civil.hour))],
  ['Minute', (time) => getter(() => BigInt(time.wall().civil.minute))],
  ['Second', (time) => getter(() => BigInt(time.wall().civil.second))],
  ['Nanosecond', (time) => getter(() => BigInt(time.nanosecond))],
  ['YearDay', (time) => getter(() => BigInt(yearDayOf(time.wall().civil)))],
  ['Weekday', (time) => getter(() => new Named('time.Weekday', WEEKDAYS[weekdayOf(time.wall().localSeconds)] ?? ''))],
  ['Unix', (time) => getter(() => int64(time.seconds))],
  ['UnixMilli', (time) => getter(() => int64(BigInt(time.seconds) * 1000n + BigInt(time.nanosecond) / 1_000_000n))],
  ['UnixMicro', (time) => getter(() => int64(BigInt(time.seconds) * 1_000_000n + BigInt(time.nanosecond) / 1000n))],
  ['UnixNano', (time) => getter(() => int64(BigInt(time.seconds) * SECOND + BigInt(time.nanosecond)))],
  ['IsZero', (time) => getter(() => time.seconds === ZERO_SECONDS && time.nanosecond === 0)],
  ['String', (time) => getter(() => time.print())],
])

const CALCULATIONS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['Format', (time) => ({ parameters: ['string'], call: ([layout]) => time.format(layout as string) })],
  ['UTC', (time) => getter(() => time.in(UTC))],
  ['Local', (time) => getter(() => time.in(UTC))],
  ['Add', (time) => ({ parameters: ['any'], call: ([span]) => time.add(nanosecondsOf(span)) })],
  [
    'AddDate',
    (time) => ({
      parameters: ['int', 'int', 'int'],
      call: ([years, months, days]) => time.moved(small(years), small(months), small(days)),
    }),
  ],
  ['Sub', (time) => comparison((other) => new Duration(BigInt.asIntN(64, time.since(other))))],
  ['After', (time) => comparison((other) => time.since(other) > 0n)],
  ['Before', (time) => comparison((other) => time.since(other) < 0n)],
  ['Equal', (time) => comparison((other) => time.since(other) === 0n)],
  ['Compare', (time) => comparison((other) => BigInt(Math.sign(Number(time.since(other)))))],
  ['Truncate', (time) => ({ parameters: ['any'], call: ([unit]) => truncated(time, nanosecondsOf(unit)) })],
])

/** The last multiple of a span since the start of year 1. */
function truncated(time: Time, unit: bigint): Time {
  return unit <= 0n ? time : time.add(-(time.since(Time.zero()) % unit))
}

/** A number of years, months or days, within what a calendar can hold. */
function small(value: Value): number {
  const most = Math.floor(FURTHEST_SECONDS / DAY_SECONDS / 1000)
  return Math.min(Math.max(Number(value), -most), most)
}

function comparison(compare: (other: Time) => Value): GoFunction {
  return { parameters: ['time.Time'], call: ([other]) => compare(other as Time) }
}

function getter(get: () => Value): GoFunction {
  return { parameters: [], call: get }
}
