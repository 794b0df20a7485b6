/** Tables with rounded borders that fit the terminal. */
import type { Paint } from './paint.ts'
import { layOut, type Column, type Layout } from './table-layout.ts'
import { visible } from '../visible.ts'
import { widthOf } from './width.ts'
import { pad, wrap } from './wrap.ts'

/** What stands in a cell; the text may hold anything. */
export interface Cell {
  readonly text: string
  readonly paint?: Paint
}

/** What a table is made of. */
export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** Rows of other tables that should have the same columns. */
  readonly alike?: readonly (readonly Cell[])[]
  /** Columns of the terminal. */
  readonly width: number
  readonly header: Paint
}

const GAP = '  '

/** The lines of a table. */
export function* renderTable(table: Table): Generator<string> {
  const rows = table.rows.map((row) => row.map((cell) => ({ ...cell, text: visible(cell.text) })))
  const measured = [...rows, ...(table.alike ?? []).map((row) => row.map(({ text }) => ({ text: visible(text) })))]
  const naturals = table.columns.map((_, at) => Math.max(0, ...measured.map((row) => widthOf(row[at]?.text ?? ''))))
  const layout = layOut(table.columns, naturals, table.width)
  const drawing = { ...table, rows }
  if (layout.shape === 'ruled') yield* renderRuled(drawing, layout)
  else if (layout.shape === 'open') yield* renderOpen(drawing, layout)
  else yield* renderStacked(drawing, layout)
}

function* renderRuled({ columns, rows, header }: Table, { widths }: Layout): Generator<string> {
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right
  yield rule('╭', '┬', '╮')
  for (const row of [headerCells(columns, header), ...rows]) {
    if (row === rows[0]) yield rule('├', '┼', '┤')
    for (const line of rowLines(row, columns, widths)) yield `│ ${line.join(' │ ')} │`
  }
  yield rule('╰', '┴', '╯')
}

function* renderOpen({ columns, rows, header }: Table, { widths }: Layout): Generator<string> {
  const inRow = widths.filter((each) => each > 0)
  const inner = inRow.reduce((sum, each) => sum + each, 0) + GAP.length * (inRow.length - 1)
  const below = columns.flatMap(({ whole }, at) => (whole ? [at] : []))
  yield `╭${'─'.repeat(inner + 2)}╮`
  for (const row of [headerCells(columns, header), ...rows]) {
    if (row === rows[0]) yield `├${'─'.repeat(inner + 2)}┤`
    for (const line of rowLines(row, columns, widths)) {
      yield `│ ${line.filter((_, at) => (widths[at] ?? 0) > 0).join(GAP)} │`
    }
    for (const at of below) {
      const cell = row[at] ?? { text: '' }
      const room = inner - GAP.length - widthOf(cell.text)
      // What must not be broken may be wider than the terminal; it then runs over, without the right border.
      yield `│ ${GAP}${painted(cell.text, cell)}${room < 0 ? '' : `${' '.repeat(room)} │`}`
    }
  }
  yield `╰${'─'.repeat(inner + 2)}╯`
}

function* renderStacked({ columns, rows, header, width }: Table, { widths }: Layout): Generator<string> {
  const inner = widths[0] ?? width
  const label = Math.min(Math.max(...columns.map((column) => widthOf(column.header))), Math.floor(inner / 2))
  yield `╭${'─'.repeat(inner + 2)}╮`
  for (const row of rows) {
    if (row !== rows[0]) yield `├${'─'.repeat(inner + 2)}┤`
    for (const [at, column] of columns.entries()) {
      const cell = row[at] ?? { text: '' }
      const heads = wrap(column.header, label)
      const lines = column.whole ? [cell.text] : wrap(cell.text, inner - label - 2)
      for (let line = 0; line < Math.max(heads.length, lines.length); line++) {
        const text = lines[line] ?? ''
        const space = ' '.repeat(Math.max(0, inner - label - 2 - widthOf(text)))
        yield `│ ${header(pad(heads[line] ?? '', label))}${GAP}${painted(text, cell)}${space} │`
      }
    }
  }
  yield `╰${'─'.repeat(inner + 2)}╯`
}

function headerCells(columns: readonly Column[], paint: Paint): Cell[] {
  return columns.map((column) => ({ text: column.header, paint }))
}

/** A row as lines of padded and painted cells. */
function rowLines(row: readonly Cell[], columns: readonly Column[], widths: readonly number[]): string[][] {
  const cells = columns.map((_, at) => (widths[at] === 0 ? [''] : wrap(row[at]?.text ?? '', widths[at] ?? 1)))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    columns.map((column, at) => {
      const text = cells[at]?.[line] ?? ''
      const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(text)))
      const shown = painted(text, row[at] ?? { text })
      return column.align === 'right' ? space + shown : shown + space
    }),
  )
}

function painted(text: string, { paint }: Cell): string {
  return paint === undefined ? text : paint(text)
}
