/** Parts of moments and durations. */
import { civilOf, findZone, fixedZone, weekdayOf, yearDayOf, type Zone } from '@kubescape/go'

import { SECOND, splitSeconds } from '../values/times.ts'
import { CelError, intOf, type Duration, type Timestamp, type Value } from '../values/value.ts'
import type { FunctionTable, Library } from './library.ts'

/** Parts of a moment, from its seconds since 1970 as its zone shows them and its nanoseconds. */
const PARTS: Readonly<Record<string, (seconds: number, nanoseconds: bigint) => number>> = {
  getFullYear: (seconds) => civilOf(seconds).year,
  getMonth: (seconds) => civilOf(seconds).month - 1,
  getDayOfYear: (seconds) => yearDayOf(civilOf(seconds)) - 1,
  getDayOfMonth: (seconds) => civilOf(seconds).day - 1,
  getDate: (seconds) => civilOf(seconds).day,
  getDayOfWeek: weekdayOf,
  getHours: (seconds) => civilOf(seconds).hour,
  getMinutes: (seconds) => civilOf(seconds).minute,
  getSeconds: (seconds) => civilOf(seconds).second,
  getMilliseconds: (_, nanoseconds) => Number(nanoseconds / 1_000_000n),
}

/** What durations are counted in. */
const SPANS: Readonly<Record<string, bigint>> = {
  getHours: 3600n * SECOND,
  getMinutes: 60n * SECOND,
  getSeconds: SECOND,
  getMilliseconds: 1_000_000n,
}

export const TIMES: Library = { members: tableOfParts() }

function tableOfParts(): FunctionTable {
  const table: Record<string, FunctionTable[string]> = {}
  for (const [name, read] of Object.entries(PARTS)) {
    table[`timestamp.${name}(): int`] = ({ nanoseconds }: Timestamp): Value => {
      const { seconds, rest } = splitSeconds(nanoseconds)
      return read(seconds, rest)
    }
    table[`timestamp.${name}(string): int`] = ({ nanoseconds }: Timestamp, zoneName: string): Value => {
      const zone = zoneOf(zoneName)
      if (zone === undefined) return new CelError(`unknown time zone ${JSON.stringify(zoneName.slice(0, 60))}`)
      const { seconds, rest } = splitSeconds(nanoseconds)
      return read(seconds + zone.at(seconds).offset, rest)
    }
  }
  for (const [name, unit] of Object.entries(SPANS)) {
    table[`duration.${name}(): int`] = ({ nanoseconds }: Duration): Value => intOf(nanoseconds / unit)
  }
  return table
}

/** A zone by its name or its hours and minutes: `Europe/Berlin`, `-08:00`. */
function zoneOf(name: string): Zone | undefined {
  const [, sign, hours, minutes] = /^([+-]?)(\d{1,2}):(\d{1,2})$/.exec(name) ?? []
  if (hours === undefined) return findZone(name)
  const size = Number(hours) * 3600 + Number(minutes) * 60
  return fixedZone(name, sign === '-' ? -size : size)
}
