import { describe, expect, test } from 'vitest'

import { run, text } from '../../testing/evaluate.ts'

const now = 1_517_832_000_123_456_789n

function value(query: string): string {
  return text('package tests', query, { now, strictBuiltinErrors: true })
}

describe('times', () => {
  test.each([
    ['time.now_ns()', '1517832000123456789'],
    ['time.parse_rfc3339_ns("2262-04-11T23:47:16.854775807Z")', '9223372036854775807'],
    ['time.parse_rfc3339_ns("2262-04-11T23:47:16.854775808Z")', 'eval_builtin_error'],
    ['time.parse_ns("RFC1123Z", "Mon, 05 Feb 2018 13:00:00 +0100")', '1517832000000000000'],
    ['time.parse_ns("2006-01-02", "2018-02-30")', 'eval_builtin_error'],
    ['time.parse_duration_ns("1w2d3h4m5.5s")', '788645500000000'],
    ['time.parse_duration_ns("-1.5h")', '-5400000000000'],
    ['time.parse_duration_ns("1x")', 'eval_builtin_error'],
    ['time.date(time.now_ns())', '[2018, 2, 5]'],
    ['time.clock([time.now_ns(), "America/New_York"])', '[7, 0, 0]'],
    ['time.weekday(-1)', '"Wednesday"'],
    ['time.date([1, "Nowhere/City"])', 'eval_builtin_error'],
    ['time.date(1e30)', 'eval_builtin_error'],
    ['time.format(time.now_ns())', '"2018-02-05T12:00:00.123456789Z"'],
    ['time.format([time.now_ns(), "Asia/Kolkata", "Mon Jan 2 3:04PM -0700"])', '"Mon Feb 5 5:30PM +0530"'],
    ['time.add_date(0, 1, 13, -1)', '65664000000000000'],
    ['time.add_date(0, 300, 0, 0)', 'eval_builtin_error'],
    ['time.add_date(0, 1.5, 0, 0)', 'eval_type_error'],
    [
      'time.diff(time.parse_ns("2006-01-02", "2020-02-29"), time.parse_ns("2006-01-02", "2021-03-01"))',
      '[1, 0, 1, 0, 0, 0]',
    ],
    ['time.diff(61000000000, 0)', '[0, 0, 0, 0, 1, 1]'],
  ])('%s is %s', (query, expected) => {
    expect(value(query)).toBe(expected)
  })

  test('of long layouts are refused', () => {
    const layout = '2006 '.repeat(10_000)
    const { problem } = run('package tests', 'time.format([0, "UTC", input])', {
      input: layout,
      strictBuiltinErrors: true,
    })
    expect(problem?.message).toContain('too long')
  })
})
