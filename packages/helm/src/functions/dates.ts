/** sprig's functions for dates. The clock is that of the rendering, and local time is UTC. */
import { Time } from '../go/time/time.ts'
import {
  SECOND,
  TimeError,
  UTC,
  findZone,
  formatDuration,
  parseDuration,
  parseTime,
  roundDuration,
} from '@kubescape/go'
import { type CallContext, FunctionError, type GoFunction, Sized, type Value } from '@kubescape/go-template'
import type { FunctionFamily } from './index.ts'

/** What it takes to know what holds in a zone at some time, in steps. */
const ZONE_STEPS = 100

const now: GoFunction = { parameters: [], call: (_, context) => currentTime(context) }

const date: GoFunction = {
  parameters: ['string', 'any'],
  call: ([layout, time], context) => formatIn(layout, time, 'UTC', context),
}

const dateInZone: GoFunction = {
  parameters: ['string', 'any', 'string'],
  call: ([layout, time, zone], context) => formatIn(layout, time, zone, context),
}

const htmlDate: GoFunction = {
  parameters: ['any'],
  call: ([time], context) => formatIn('2006-01-02', time, 'UTC', context),
}

const htmlDateInZone: GoFunction = {
  parameters: ['any', 'string'],
  call: ([time, zone], context) => formatIn('2006-01-02', time, zone, context),
}

const dateModify: GoFunction = {
  parameters: ['string', 'time.Time'],
  call: ([span, time]) => attempt(() => modified(span, time)) ?? time,
}

const mustDateModify: GoFunction = {
  parameters: ['string', 'time.Time'],
  call: ([span, time]) => modified(span, time),
}

const toDate: GoFunction = {
  parameters: ['string', 'string'],
  call: ([layout, text]) => attempt(() => parsed(layout, text)) ?? Time.zero(),
}

const mustToDate: GoFunction = { parameters: ['string', 'string'], call: ([layout, text]) => parsed(layout, text) }

const unixEpoch: GoFunction = { parameters: ['time.Time'], call: ([time]) => String((time as Time).seconds) }

const ago: GoFunction = {
  parameters: ['any'],
  call: ([time], context) => {
    context.synthetic()
    return formatDuration(roundDuration(Time.unixMilliseconds(context.now).since(timeOf(time, context)), SECOND))
  },
}

const duration: GoFunction = {
  parameters: ['any'],
  call: ([seconds]) => formatDuration(BigInt.asIntN(64, secondsIn(seconds) * SECOND)),
}

const durationRound: GoFunction = {
  parameters: ['any'],
  call: ([span], context) => roughly(spanOf(span, context)),
}

/** `now`, `date`, `dateModify` and the like. */
export const dateFunctions: FunctionFamily = new Map([
  ['now', now],
  ['date', date],
  ['dateInZone', dateInZone],
  ['date_in_zone', dateInZone],
  ['dateModify', dateModify],
  ['date_modify', dateModify],
  ['mustDateModify', mustDateModify],
  ['must_date_modify', mustDateModify],
  ['htmlDate', htmlDate],
  ['htmlDateInZone', htmlDateInZone],
  ['toDate', toDate],
  ['mustToDate', mustToDate],
  ['unixEpoch', unixEpoch],
  ['ago', ago],
  ['duration', duration],
  ['durationRound', durationRound],
])

function currentTime(context: CallContext): Time {
  context.synthetic()
  return Time.unixMilliseconds(context.now)
}

function formatIn(layout: Value, time: Value, zone: Value, context: CallContext): string {
  context.spend(ZONE_STEPS + (layout as string).length)
  return timeOf(time, context)
    .in(findZone(zone as string) ?? UTC)
    .format(layout as string)
}

/** A time, or seconds since 1970; anything else stands for now. */
function timeOf(value: Value, context: CallContext): Time {
  if (value instanceof Time) return value
  const isSeconds =
    typeof value === 'bigint' || (value instanceof Sized && (value.kind === 'int64' || value.kind === 'int32'))
  if (!isSeconds) return currentTime(context)
  return Time.unix(Number(value instanceof Sized ? value.value : value))
}

function modified(span: Value, time: Value): Time {
  return (time as Time).add(read(() => parseDuration(span as string)))
}

function parsed(layout: Value, text: Value): Time {
  return new Time(read(() => parseTime(layout as string, text as string)))
}

/** What a text says of times; an error of the function where it says none. */
function read<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw error instanceof TimeError ? new FunctionError(error.message) : error
  }
}

/** What a function without `must` in its name makes of an error: nothing. */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute()
  } catch (error) {
    if (error instanceof FunctionError) return undefined
    throw error
  }
}

/** Only texts and int64 count: an int, such as a number that is written in a template, is 0 seconds. */
function secondsIn(value: Value): bigint {
  if (typeof value === 'string') return /^[+-]?[0-9]{1,19}$/.test(value) ? BigInt(value.replace(/^\+/, '')) : 0n
  return value instanceof Sized && value.kind === 'int64' ? BigInt(value.value) : 0n
}

function spanOf(value: Value, context: CallContext): bigint {
  if (typeof value === 'string') return attempt(() => read(() => parseDuration(value))) ?? 0n
  if (value instanceof Time) return currentTime(context).since(value)
  return value instanceof Sized && value.kind === 'int64' ? BigInt(value.value) : 0n
}

/** Units with their names, the longest first. */
const UNITS: readonly (readonly [bigint, string])[] = [
  [365n * 86_400n * SECOND, 'y'],
  [30n * 86_400n * SECOND, 'mo'],
  [86_400n * SECOND, 'd'],
  [3600n * SECOND, 'h'],
  [60n * SECOND, 'm'],
  [SECOND, 's'],
]

/** A span in its largest unit, which it has to be longer than. */
function roughly(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const unit = UNITS.find(([length]) => size > length)
  return unit === undefined ? '0s' : `${size / unit[0]}${unit[1]}`
}
