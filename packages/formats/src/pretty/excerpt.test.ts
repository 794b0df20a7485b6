/** Excerpts with markers under the field. */
import { expect, test } from 'vitest'

import { renderExcerpt } from './excerpt.ts'

const plain = (text: string): string => text

function draw(lines: { line: number; text: string; column: number }[], width = 60): string[] {
  return [...renderExcerpt(lines, width, plain, plain)]
}

test('one line has a marker under its field', () => {
  expect(draw([{ line: 12, text: '  privileged: true  ', column: 3 }])).toEqual([
    '> 12 │   privileged: true',
    '     │   ^^^^^^^^^^',
  ])
})

test('neighbouring lines share an excerpt and line up', () => {
  expect(
    draw([
      { line: 9, text: '- A', column: 3 },
      { line: 10, text: '- B', column: 3 },
    ]),
  ).toEqual(['>  9 │ - A', '> 10 │ - B'])
})

test('the marker stands under wide characters and tabs', () => {
  expect(draw([{ line: 1, text: '{商: 1, b: 2}', column: 8 }])).toEqual(['> 1 │ {商: 1, b: 2}', '    │         ^'])
  expect(draw([{ line: 1, text: '\tb: 2', column: 2 }])).toEqual(['> 1 │     b: 2', '    │     ^'])
})

test.each([
  ['- "a b": 1', 3, '  ^^^^^'],
  ["[ 'SYS_ADMIN', x]", 3, '  ^^^^^^^^^^^'],
  ['- image:1.2 # why', 3, '  ^^^^^^^^^'],
  ['{a: {}}', 5, '    ^'],
  ['key:', 1, '^^^'],
])('the marker of %s ends with the key or item', (text, column, marker) => {
  expect(draw([{ line: 1, text, column }])[1]).toBe(`    │ ${marker}`)
})

test('a field far to the right is brought into view', () => {
  const text = `{${'"x": 1, '.repeat(1000)}"privileged": true}`
  const [shown, marker] = draw([{ line: 1, text, column: text.indexOf('"privileged"') + 1 }], 50)
  expect(shown).toBe('> 1 │ …"x": 1, "x": 1, "privileged": true}')
  expect(marker).toBe('    │                  ^^^^^^^^^^^^')
})

test('long lines are cut', () => {
  const [shown] = draw([{ line: 1, text: `a: ${'b'.repeat(5000)}`, column: 1 }], 20)
  expect(shown).toBe('> 1 │ a: bbbbbbbbbb…')
})

test('a column outside of the line marks its end', () => {
  expect(draw([{ line: 1, text: 'ab', column: 9 }])).toEqual(['> 1 │ ab'])
})
