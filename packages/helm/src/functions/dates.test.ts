import { describe, expect, test } from 'vitest'
import { callFunction as call } from '../../testing/call-function.ts'
import { Duration } from '../go/time/duration-struct.ts'
import { Time } from '../go/time/time.ts'
import { type Struct, type Value, int64 } from '@kubescape/go-template'

const moment = Time.unix(1_709_647_509).add(120_450_000n)

describe('layouts', () => {
  test.each([
    ['2006-01-02T15:04:05Z07:00', '2024-03-05T14:05:09Z'],
    ['2006-01-02 15:04:05.000', '2024-03-05 14:05:09.120'],
    ['05.999999 05,00', '09.12045 09,12'],
    ['Monday, January _2 2006', 'Tuesday, March  5 2024'],
    ['Mon Jan 2 3:04PM 06', 'Tue Mar 5 2:05PM 24'],
    ['1/02/06 03:4:5pm', '3/05/24 02:5:9pm'],
    ['002 __2', '065  65'],
    ['MST -0700 -07:00 -07 Z0700 -07:00:00', 'UTC +0000 +00:00 +00 Z +00:00:00'],
    ['20060102150405', '20240305140509'],
    ['_2006 Janu Monkey', '_2024 Janu Monkey'],
    ['v2.06', 'v5.24'],
    ['text', 'text'],
  ])('%s', (layout, text) => {
    expect(call('date', layout, moment)).toBe(text)
  })

  test.each([
    ['Europe/Berlin', '15:05 CET +0100'],
    ['America/New_York', '09:05 EST -0500'],
    ['Asia/Kolkata', '19:35 IST +0530'],
    ['Asia/Kathmandu', '19:50 +0545 +0545'],
    ['Nowhere/Town', '14:05 UTC +0000'],
    ['../etc/passwd', '14:05 UTC +0000'],
    ['', '14:05 UTC +0000'],
  ])('in the zone %s', (zone, text) => {
    expect(call('dateInZone', '15:04 MST -0700', moment, zone)).toBe(text)
  })
})

describe('what stands for a time', () => {
  test('an int or int64 is seconds since 1970; anything else is now', () => {
    expect(call('date', '2006-01-02', 0n)).toBe('1970-01-01')
    expect(call('htmlDate', int64(86_400))).toBe('1970-01-02')
    expect(call('htmlDateInZone', 'text', 'UTC')).toBe('2024-01-02')
    expect(call('date', '2006', 1.5)).toBe('2024')
  })
})

describe('reading', () => {
  test.each([
    ['2006-01-02', '2024-02-29', '2024-02-29T00:00:00Z'],
    ['2006-01-02T15:04:05Z07:00', '2024-02-29T10:00:00.5+02:00', '2024-02-29T10:00:00+02:00'],
    ['Jan _2 2006 3PM', 'feb  1 2024 12am', undefined],
    ['Jan _2 2006 3PM', 'feb  1 2024 12AM', '2024-02-01T00:00:00Z'],
    ['January 2, 06', 'March 3, 69', '1969-03-03T00:00:00Z'],
    ['2006 002', '2024 060', '2024-02-29T00:00:00Z'],
    ['2006-01-02', '2023-02-29', undefined],
    ['2006-01-02', '2023-13-01', undefined],
    ['15:04 MST', '10:00 CET', '0000-01-01T10:00:00Z'],
  ])('%s from %s', (layout, text, found) => {
    const time = call('toDate', layout, text) as Time
    expect(time.format('2006-01-02T15:04:05Z07:00')).toBe(found ?? '0001-01-01T00:00:00Z')
  })

  test.each([
    ['2006-01-02', 'bad', 'parsing time "bad" as "2006-01-02": cannot parse "bad" as "2006"'],
    ['2006-01-02', '2024/01', 'parsing time "2024/01" as "2006-01-02": cannot parse "/01" as "-"'],
    ['2006-01-02', '2024-13-01', 'parsing time "2024-13-01": month out of range'],
    ['2006-01-02', '2024-02-30', 'parsing time "2024-02-30": day out of range'],
    ['2006', '2024x', 'parsing time "2024x": extra text: "x"'],
    ['15', '24', 'parsing time "24": hour out of range'],
    ['-0700', '+9900', 'parsing time "+9900": time zone offset hour out of range'],
  ])('%s does not fit %s', (layout, text, message) => {
    expect(() => call('mustToDate', layout, text)).toThrow(message)
  })
})

describe('spans', () => {
  test.each([
    ['24h', '2024-03-06 14:05:09'],
    ['-1.5h', '2024-03-05 12:35:09'],
    ['1h30m10s500ms', '2024-03-05 15:35:19'],
    ['nonsense', '2024-03-05 14:05:09'],
  ])('%s later', (span, text) => {
    expect((call('dateModify', span, moment) as Time).format('2006-01-02 15:04:05')).toBe(text)
  })

  test.each([
    ['1f', 'time: unknown unit "f" in duration "1f"'],
    ['1', 'time: missing unit in duration "1"'],
    ['', 'time: invalid duration ""'],
    ['9999999h', 'time: invalid duration "9999999h"'],
    [`${'9'.repeat(1000)}h`, 'time: invalid duration'],
  ])('%s is none', (span, message) => {
    expect(() => call('mustDateModify', span, moment)).toThrow(message)
  })

  test.each<[Value, string]>([
    ['95', '1m35s'],
    [int64(3661), '1h1m1s'],
    [3661n, '0s'],
    ['x', '0s'],
  ])('duration %s', (seconds, text) => {
    expect(call('duration', seconds)).toBe(text)
  })

  test.each<[Value, string]>([
    ['2h10m5s', '2h'],
    ['1h', '60m'],
    ['-48h1s', '2d'],
    ['8761h', '1y'],
    ['1000h', '1mo'],
    ['0s', '0s'],
    [Time.unixMilliseconds(Date.UTC(2024, 0, 1)), '1d'],
  ])('durationRound %s', (span, text) => {
    expect(call('durationRound', span)).toBe(text)
  })

  test('since a time, to the second', () => {
    expect(call('ago', Time.unixMilliseconds(Date.UTC(2024, 0, 2, 1, 0, 0)))).toBe('2h4m5s')
  })

  test.each([
    [0n, '0s'],
    [1n, '1ns'],
    [1500n, '1.5\u00b5s'],
    [2_000_000n, '2ms'],
    [-61_500_000_000n, '-1m1.5s'],
    [3_600_000_000_000n, '1h0m0s'],
  ])('%s nanoseconds print as %s', (nanoseconds, text) => {
    expect(new Duration(nanoseconds).print()).toBe(text)
  })
})

describe('methods', () => {
  const result = (target: Struct, name: string, ...args: Value[]): Value =>
    target.method(name)?.call(args, { now: 0, randomBytes: (n) => new Uint8Array(n), synthetic() {}, spend() {} })

  test('parts', () => {
    const parts = ['Year', 'Day', 'Hour', 'Minute', 'Second', 'YearDay']
    expect(parts.map((name) => result(moment, name))).toEqual([2024n, 5n, 14n, 5n, 9n, 65n])
    expect((result(moment, 'Month') as Struct).print()).toBe('March')
    expect((result(moment, 'Weekday') as Struct).print()).toBe('Tuesday')
    expect(result(moment, 'Unix')).toEqual(int64(1_709_647_509))
    expect(result(moment, 'UnixNano')).toEqual(int64(1_709_647_509_120_450_000n))
    expect(moment.print()).toBe('2024-03-05 14:05:09.12045 +0000 UTC')
    expect(result(moment, 'Nothing')).toBeUndefined()
  })

  test('calculations', () => {
    const next = result(moment, 'AddDate', 0n, 1n, -5n) as Time
    expect(next.format('2006-01-02')).toBe('2024-03-31')
    expect((result(next, 'Sub', moment) as Duration).print()).toBe('624h0m0s')
    expect([result(next, 'After', moment), result(next, 'Before', moment), result(next, 'Equal', next)]).toEqual([
      true,
      false,
      true,
    ])
    expect((result(moment, 'AddDate', 10n ** 18n, 0n, 0n) as Time).print()).toMatch(/^[0-9]+-/)
    expect((result(moment, 'Truncate', 3_600_000_000_000n) as Time).format('15:04:05.9')).toBe('14:00:00')
  })

  test('the time that is none', () => {
    expect(result(Time.zero(), 'IsZero')).toBe(true)
    expect(call('unixEpoch', Time.zero())).toBe('-62135596800')
  })
})
