import { expect, test } from 'vitest'
import { lastCounts, settle, sum, vitestCounts } from './test-counts.ts'

test.each([
  ['7 passed, 2 failed\n', { passed: 7, failed: 2 }],
  ['noise\n1 passed, 0 failed, 3 not applicable', { passed: 1, failed: 0 }],
  ['1 passed, 0 failed\nnoise', undefined],
  ['', undefined],
])('the last line of %j counts', (output, counts) => {
  expect(lastCounts(output)).toEqual(counts)
})

test('a step without counts counts as one', () => {
  expect(settle(undefined, true)).toEqual({ passed: 1, failed: 0 })
  expect(settle(undefined, false)).toEqual({ passed: 0, failed: 1 })
})

test('a step that ended badly has failed, even if it counted no failure', () => {
  expect(settle({ passed: 5, failed: 0 }, false)).toEqual({ passed: 5, failed: 1 })
  expect(settle({ passed: 5, failed: 3 }, false)).toEqual({ passed: 5, failed: 3 })
})

test('a report that is missing gives no counts', () => {
  expect(vitestCounts('/nonexistent.json')).toBeUndefined()
})

test('counts add up', () => {
  expect(
    sum([
      { passed: 1, failed: 2 },
      { passed: 3, failed: 4 },
    ]),
  ).toEqual({ passed: 4, failed: 6 })
})
