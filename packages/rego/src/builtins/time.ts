/** Builtins for times: nanoseconds since 1970, within what 64 bits can hold. */
import {
  SECOND,
  TimeError,
  UTC,
  WEEKDAYS,
  type WallTime,
  type Zone,
  civilOf,
  daysIn,
  findZone,
  formatTime,
  parseDuration,
  parseTime,
  secondsOf,
  weekdayOf,
} from '@kubescape/go'

import { NUMBER, STRING, either, tuple } from '../types/type.ts'
import { integer, integerOf, isNumber } from '../values/number.ts'
import type { Value } from '../values/value.ts'
import { failure, integerOperand, mismatch, textOperand } from './operands.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'

const MOMENT = either(NUMBER, tuple(NUMBER, STRING))
/** Characters of layouts and of texts that are read as times. */
const MOST_TEXT = 10_000
/** What it takes to know what holds in a zone at some time, in steps. */
const ZONE_STEPS = 100
const RFC_3339 = '2006-01-02T15:04:05Z07:00'
const RFC_3339_NANO = '2006-01-02T15:04:05.999999999Z07:00'

const DAY = 86_400n * SECOND
/** Units that Go does not have; years of 365 days. */
const LONG_UNITS: ReadonlyMap<string, bigint> = new Map([
  ['d', DAY],
  ['w', 7n * DAY],
  ['y', 365n * DAY],
])

/** Layouts that have a name. */
const LAYOUTS: ReadonlyMap<string, string> = new Map([
  ['ANSIC', 'Mon Jan _2 15:04:05 2006'],
  ['UnixDate', 'Mon Jan _2 15:04:05 MST 2006'],
  ['RubyDate', 'Mon Jan 02 15:04:05 -0700 2006'],
  ['RFC822', '02 Jan 06 15:04 MST'],
  ['RFC822Z', '02 Jan 06 15:04 -0700'],
  ['RFC850', 'Monday, 02-Jan-06 15:04:05 MST'],
  ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 MST'],
  ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700'],
  ['RFC3339', RFC_3339],
  ['RFC3339Nano', RFC_3339_NANO],
])

/** A moment, and the zone in which it is looked at. */
interface Moment {
  readonly nanoseconds: bigint
  readonly zone: Zone
  /** The third item of a list; undefined where there is none. */
  readonly layout: string | undefined
}

/** `time.*`. */
export const TIME: readonly Builtin[] = [
  define('time.now_ns', [], NUMBER, ({ now }) => integer(now), { isNondeterministic: true }),
  define('time.parse_ns', [STRING, STRING], NUMBER, (context, layout, text) =>
    parsed(textOperand(layout, 1), textOperand(text, 2), context),
  ),
  define('time.parse_rfc3339_ns', [STRING], NUMBER, (context, text) => parsed(RFC_3339, textOperand(text, 1), context)),
  define('time.parse_duration_ns', [STRING], NUMBER, (context, text) => duration(textOperand(text, 1), context)),
  define(
    'time.format',
    [either(NUMBER, tuple(NUMBER, STRING), tuple(NUMBER, STRING, STRING))],
    STRING,
    (context, value) => formatted(momentOf(value, 1, context), context),
  ),
  define('time.date', [MOMENT], tuple(NUMBER, NUMBER, NUMBER), (context, value) => {
    const { year, month, day } = wallOf(momentOf(value, 1, context)).civil
    return [year, month, day]
  }),
  define('time.clock', [MOMENT], tuple(NUMBER, NUMBER, NUMBER), (context, value) => {
    const { hour, minute, second } = wallOf(momentOf(value, 1, context)).civil
    return [hour, minute, second]
  }),
  define('time.weekday', [MOMENT], STRING, (context, value) => {
    const { localSeconds } = wallOf(momentOf(value, 1, context))
    return WEEKDAYS[weekdayOf(localSeconds)]
  }),
  define('time.add_date', [NUMBER, NUMBER, NUMBER, NUMBER], NUMBER, (context, value, years, months, days) =>
    moved(momentOf(value, 1, context), [integerOperand(years, 2), integerOperand(months, 3), integerOperand(days, 4)]),
  ),
  define('time.diff', [MOMENT, MOMENT], tuple(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER), (context, from, to) =>
    difference(momentOf(from, 1, context), momentOf(to, 2, context)),
  ),
]

/** Nanoseconds, or a list of them, the name of a zone, and a layout. */
function momentOf(value: Value, place: number, context: BuiltinContext): Moment {
  const list: readonly Value[] | undefined = Array.isArray(value) ? value : undefined
  if (list === undefined && !isNumber(value)) throw mismatch(value, place, 'either number or array')
  const [number, name = '', layout] = list ?? [value]
  if (number === undefined || !isNumber(number)) throw mismatch(number ?? null, place, 'array of number and string')
  if (typeof name !== 'string') throw mismatch(name, place, 'array of number and string')
  if (layout !== undefined && typeof layout !== 'string') throw mismatch(layout, place, 'array of number and strings')
  const nanoseconds = integerOf(number)
  if (nanoseconds === undefined || !isInRange(nanoseconds)) throw failure('timestamp too big')
  const zone = findZone(name)
  if (zone === undefined) throw failure(`unknown time zone ${name.slice(0, 100)}`)
  if (zone !== UTC) context.spend(ZONE_STEPS)
  return { nanoseconds, zone, layout }
}

function isInRange(nanoseconds: bigint): boolean {
  return BigInt.asIntN(64, nanoseconds) === nanoseconds
}

/** What a clock on a wall in the zone shows. */
function wallOf({ nanoseconds, zone }: Moment): WallTime {
  const nanosecond = ((nanoseconds % SECOND) + SECOND) % SECOND
  const seconds = Number((nanoseconds - nanosecond) / SECOND)
  const zoneTime = zone.at(seconds)
  const localSeconds = seconds + zoneTime.offset
  return { civil: civilOf(localSeconds), nanosecond: Number(nanosecond), zone: zoneTime, localSeconds }
}

function formatted(moment: Moment, context: BuiltinContext): string {
  const { layout = '' } = moment
  if (layout.length > MOST_TEXT) throw failure('the layout is too long')
  context.spend(layout.length * 10)
  return formatTime(wallOf(moment), layout === '' ? RFC_3339_NANO : (LAYOUTS.get(layout) ?? layout))
}

function parsed(layout: string, text: string, context: BuiltinContext): Value {
  if (layout.length > MOST_TEXT || text.length > MOST_TEXT) throw failure('the text is too long for a time')
  context.spend((layout.length + text.length) * 10)
  const { seconds, nanosecond } = told(() => parseTime(LAYOUTS.get(layout) ?? layout, text))
  return inRange(BigInt(seconds) * SECOND + BigInt(nanosecond))
}

function inRange(nanoseconds: bigint): Value {
  if (!isInRange(nanoseconds)) throw failure('time outside of valid range')
  return integer(nanoseconds)
}

function told<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof TimeError ? failure(error.message) : error
  }
}

function moved(moment: Moment, [years, months, days]: readonly [bigint, bigint, bigint]): Value {
  const { civil, nanosecond } = wallOf(moment)
  const limit = 1_000_000n
  if ([years, months, days].some((number) => number > limit || number < -limit)) {
    throw failure('time outside of valid range')
  }
  const seconds = secondsOf({
    ...civil,
    year: civil.year + Number(years),
    month: civil.month + Number(months),
    day: civil.day + Number(days),
  })
  return inRange(BigInt(seconds) * SECOND + BigInt(nanosecond))
}

/** Years, months, days, hours, minutes and seconds from the earlier to the later one, in the zone of the first. */
function difference(left: Moment, right: Moment): Value {
  const inZone = { ...right, zone: left.zone }
  const [earlier, later] = left.nanoseconds > right.nanoseconds ? [inZone, left] : [left, inZone]
  const [from, to] = [wallOf(earlier).civil, wallOf(later).civil]
  let [year, month, day] = [to.year - from.year, to.month - from.month, to.day - from.day]
  let [hour, minute, second] = [to.hour - from.hour, to.minute - from.minute, to.second - from.second]
  if (second < 0) [second, minute] = [second + 60, minute - 1]
  if (minute < 0) [minute, hour] = [minute + 60, hour - 1]
  if (hour < 0) [hour, day] = [hour + 24, day - 1]
  if (day < 0) [day, month] = [day + daysIn(from.year, from.month), month - 1]
  if (month < 0) [month, year] = [month + 12, year - 1]
  return [year, month, day, hour, minute, second]
}

function duration(text: string, context: BuiltinContext): Value {
  if (text.length > MOST_TEXT) throw failure('the text is too long for a duration')
  context.spend(text.length)
  return integer(told(() => parseDuration(text, LONG_UNITS)))
}
