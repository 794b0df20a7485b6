/** Time zones: those of the IANA database as the engine knows them, and fixed ones. */

/** What holds in a zone at some time. */
export interface ZoneTime {
  /** Seconds east of UTC. */
  readonly offset: number
  /** `CET`; empty for zones that are known by their offset alone. */
  readonly name: string
}

/** A time zone. */
export interface Zone {
  readonly name: string
  /** What holds at seconds since 1970. */
  readonly at: (seconds: number) => ZoneTime
}

/** Coordinated universal time; also what "local" means here, whatever the machine is set to. */
export const UTC: Zone = fixedZone('UTC', 0)

/** A zone that never changes. */
export function fixedZone(name: string, offset: number): Zone {
  const time = { name, offset }
  return { name, at: () => time }
}

const zones = new Map<string, Zone | undefined>()
/** Names that are kept: making a zone takes a part of a millisecond. */
const KEPT = 100

/** A zone by its name, such as `Europe/Berlin`; undefined when there is none. */
export function findZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return UTC
  if (zones.has(name)) return zones.get(name)
  const zone = makeZone(name)
  if (zones.size >= KEPT) zones.clear()
  zones.set(name, zone)
  return zone
}

function makeZone(name: string): Zone | undefined {
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(name) || name.length > 64) return undefined
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
    const names = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'long' })
    const short = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'short' })
    return {
      name,
      at(seconds) {
        const date = new Date(Math.min(Math.max(seconds, EARLIEST), LATEST) * 1000)
        const offset = parseOffset(zonePart(format, date))
        return { offset, name: abbreviation(zonePart(names, date), zonePart(short, date), offset) }
      },
    }
  } catch {
    return undefined
  }
}

/** Years 1 to 9999: beyond them dates of the engine may end. */
const EARLIEST = -62_135_596_800
const LATEST = 253_402_300_799

/** Abbreviations that the engine does not give for American English. */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['Greenwich Mean Time', 'GMT'],
  ['Coordinated Universal Time', 'UTC'],
  ['British Summer Time', 'BST'],
  ['Irish Standard Time', 'IST'],
  ['Western European Standard Time', 'WET'],
  ['Western European Summer Time', 'WEST'],
  ['Central European Standard Time', 'CET'],
  ['Central European Summer Time', 'CEST'],
  ['Eastern European Standard Time', 'EET'],
  ['Eastern European Summer Time', 'EEST'],
  ['Moscow Standard Time', 'MSK'],
  ['Israel Standard Time', 'IST'],
  ['Israel Daylight Time', 'IDT'],
  ['India Standard Time', 'IST'],
  ['Pakistan Standard Time', 'PKT'],
  ['China Standard Time', 'CST'],
  ['Taipei Standard Time', 'CST'],
  ['Hong Kong Standard Time', 'HKT'],
  ['Philippine Standard Time', 'PST'],
  ['Western Indonesia Time', 'WIB'],
  ['Japan Standard Time', 'JST'],
  ['Korean Standard Time', 'KST'],
  ['Australian Western Standard Time', 'AWST'],
  ['Australian Central Standard Time', 'ACST'],
  ['Australian Central Daylight Time', 'ACDT'],
  ['Australian Eastern Standard Time', 'AEST'],
  ['Australian Eastern Daylight Time', 'AEDT'],
  ['New Zealand Standard Time', 'NZST'],
  ['New Zealand Daylight Time', 'NZDT'],
  ['West Africa Standard Time', 'WAT'],
  ['Central Africa Time', 'CAT'],
  ['East Africa Time', 'EAT'],
  ['South Africa Standard Time', 'SAST'],
])

function abbreviation(long: string, short: string, offset: number): string {
  const known = ABBREVIATIONS.get(long)
  if (known !== undefined) return known
  if (/^[A-Z]{3,5}$/.test(short)) return short
  // Only the mean times of places, before there were zones, have seconds.
  if (offset % 60 !== 0) return 'LMT'
  // As the database does for zones that have no abbreviation of their own.
  const minutes = Math.abs(Math.trunc(offset / 60))
  const digits = String(Math.floor(minutes / 60)).padStart(2, '0')
  const rest = minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${digits}${rest}`
}

function zonePart(format: Intl.DateTimeFormat, date: Date): string {
  return format.formatToParts(date).find((part) => part.type === 'timeZoneName')?.value ?? ''
}

/** Seconds of `GMT+05:30`, `GMT`, `GMT-00:44:30`. */
function parseOffset(text: string): number {
  const [, sign, hours, minutes = '0', seconds = '0'] = /([+-])(\d+):?(\d+)?:?(\d+)?/.exec(text) ?? []
  if (hours === undefined) return 0
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return sign === '-' ? -size : size
}
