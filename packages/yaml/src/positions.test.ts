/** Lines and columns. */

import { expect, test } from 'vitest'
import { lineStarts, positionAt } from './positions.ts'

test('lines end at line feeds and at lone carriage returns', () => {
  expect(lineStarts('a\nb\r\nc\rd')).toEqual([0, 2, 5, 7])
  expect(lineStarts('')).toEqual([0])
  expect(lineStarts('a\nb\nc\n', 2, 4)).toEqual([2, 4])
})

test('columns count UTF-16 units from 1', () => {
  expect(positionAt('a\n\u{1f600}b', 4)).toEqual({ line: 2, column: 3 })
  expect(positionAt('ab', 0)).toEqual({ line: 1, column: 1 })
  expect(positionAt('ab', 99)).toEqual({ line: 1, column: 3 })
  expect(positionAt('x\ny\nz', 4, lineStarts('x\ny\nz', 2), 2)).toEqual({ line: 3, column: 1 })
})
