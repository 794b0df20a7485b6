/** Tables in their three shapes. */
import { expect, test } from 'vitest'

import type { Column } from './table-layout.ts'
import { renderTable } from './table.ts'
import { widthOf } from './width.ts'

const COLUMNS: readonly Column[] = [
  { header: 'KIND' },
  { header: 'NAME', flexible: true },
  { header: 'ALL RESOURCES', align: 'right' },
]
const ROWS = [
  ['Pod', 'a name of several words that is long', '7'],
  ['商店', '🚀', '1234'],
]

function draw(width: number, rows = ROWS, columns = COLUMNS): string[] {
  const cells = rows.map((row) => row.map((text) => ({ text })))
  return [...renderTable({ columns, rows: cells, width, header: (text) => text })]
}

test('is as wide as its content when there is room', () => {
  expect(draw(100)).toEqual([
    '╭──────┬──────────────────────────────────────┬───────────────╮',
    '│ KIND │ NAME                                 │ ALL RESOURCES │',
    '├──────┼──────────────────────────────────────┼───────────────┤',
    '│ Pod  │ a name of several words that is long │             7 │',
    '│ 商店 │ 🚀                                   │          1234 │',
    '╰──────┴──────────────────────────────────────┴───────────────╯',
  ])
})

test('breaks headers and the flexible column when there is less', () => {
  expect(draw(48)).toEqual([
    '╭──────┬───────────────────────────┬───────────╮',
    '│ KIND │ NAME                      │       ALL │',
    '│      │                           │ RESOURCES │',
    '├──────┼───────────────────────────┼───────────┤',
    '│ Pod  │ a name of several words   │         7 │',
    '│      │ that is long              │           │',
    '│ 商店 │ 🚀                        │      1234 │',
    '╰──────┴───────────────────────────┴───────────╯',
  ])
})

test('gives up inner lines next', () => {
  expect(draw(36).slice(0, 5)).toEqual([
    '╭──────────────────────────────────╮',
    '│ KIND  NAME                   ALL │',
    '│                        RESOURCES │',
    '├──────────────────────────────────┤',
    '│ Pod   a name of                7 │',
  ])
})

test('stacks the cells of a row when nothing else fits', () => {
  expect(draw(26)).toEqual([
    '╭────────────────────────╮',
    '│ KIND         Pod       │',
    '│ NAME         a name of │',
    '│              several   │',
    '│              words     │',
    '│              that is   │',
    '│              long      │',
    '│ ALL          7         │',
    '│ RESOURCES              │',
    '├────────────────────────┤',
    '│ KIND         商店      │',
    '│ NAME         🚀        │',
    '│ ALL          1234      │',
    '│ RESOURCES              │',
    '╰────────────────────────╯',
  ])
})

test('moves what must not be broken to a line of its own', () => {
  const columns: readonly Column[] = [
    { header: 'Name', flexible: true },
    { header: 'N', align: 'right' },
    { header: 'Details', whole: true },
  ]
  expect(draw(34, [['Privileged container', '3', '$ scan control C-0057 -v']], columns)).toEqual([
    '╭────────────────────────────╮',
    '│ Name                     N │',
    '│   Details                  │',
    '├────────────────────────────┤',
    '│ Privileged container     3 │',
    '│   $ scan control C-0057 -v │',
    '╰────────────────────────────╯',
  ])
})

test('shows what is in cells and lets nothing through', () => {
  const lines = draw(80, [['Pod', 'a\nb\u001b[31m', '7']])
  expect(lines[3]).toContain('│ a␊b␛[31m │')
  expect(new Set(lines.map(widthOf)).size).toBe(1)
})
