/** How a table is fitted to a width: which columns get how much room, and when rows have to give up being rows. */
import { widthOf } from './width.ts'

/** One column. */
export interface Column {
  readonly header: string
  readonly align?: 'left' | 'right'
  /** Takes what the others leave, and wraps; at most one. */
  readonly flexible?: boolean
  /** Must not be broken, since people copy it; moves to a line of its own when there is no room. */
  readonly whole?: boolean
}

/**
 * - `ruled`: columns with lines between them
 * - `open`: columns with gaps between them, and what must not be broken on a line below
 * - `stacked`: one cell for each row, with a line for each column
 */
export interface Layout {
  readonly shape: 'ruled' | 'open' | 'stacked'
  /** By column; 0 for one that has a line of its own. */
  readonly widths: readonly number[]
}

/** Room between columns, borders included. */
const RULED = { gap: 3, edge: 4 }
const OPEN = { gap: 2, edge: 4 }
/** What a flexible column must get, or else headers break, then lines between columns go, then rows are stacked. */
const ROOMY = 28
const COMFORTABLE = 20
const BEARABLE = 11
/** Cells of words may break, but not below this. */
const LEAST = 11

/** Chooses a layout. `naturals` are the widths of the widest cells, headers not counted. */
export function layOut(columns: readonly Column[], naturals: readonly number[], width: number): Layout {
  const wanted = columns.map(({ header }, at) => Math.max(naturals[at] ?? 0, widthOf(header)))
  if (sum(wanted) + frame(columns.length, RULED) <= width) return { shape: 'ruled', widths: wanted }

  const narrowed = columns.map(({ flexible }, at) => (flexible ? 0 : (wanted[at] ?? 0)))
  const roomy = fit(columns, wanted, narrowed, width - frame(columns.length, RULED), ROOMY)
  if (roomy !== undefined) return { shape: 'ruled', widths: roomy }

  const least = columns.map((column, at) => leastWidth(column, naturals[at] ?? 0, wanted[at] ?? 0))
  const ruled = fit(columns, wanted, least, width - frame(columns.length, RULED), COMFORTABLE)
  if (ruled !== undefined) return { shape: 'ruled', widths: ruled }

  const kept = columns.map(({ whole }, at) => (whole ? 0 : (least[at] ?? 0)))
  const inRow = columns.filter(({ whole }) => !whole).length
  const room = width - frame(inRow, OPEN)
  const below = Math.max(0, ...columns.map(({ whole }, at) => (whole ? (wanted[at] ?? 0) + OPEN.gap : 0)))
  const needed = widthBelow(columns, kept, Math.min(below, width - OPEN.edge) - OPEN.gap * (inRow - 1))
  const open = fit(
    columns,
    wanted.map((each, at) => Math.max(each, needed[at] ?? 0)),
    kept,
    room,
    BEARABLE,
  )
  if (open !== undefined) return { shape: 'open', widths: open }
  return { shape: 'stacked', widths: columns.map(() => Math.max(1, width - RULED.edge)) }
}

/** Gives the flexible column what is left; undefined when that is less than `enough` and less than it wants. */
function fit(
  columns: readonly Column[],
  wanted: readonly number[],
  least: readonly number[],
  room: number,
  enough: number,
): number[] | undefined {
  const left = room - sum(least)
  const flexible = columns.findIndex((column) => column.flexible)
  if (flexible < 0) return left < 0 ? undefined : [...least]
  const most = wanted[flexible] ?? 0
  if (left < Math.min(enough, most)) return undefined
  return least.map((each, at) => (at === flexible ? Math.min(left, most) : each))
}

/** The flexible column as wide as it takes for the row to be as wide as what stands below it. */
function widthBelow(columns: readonly Column[], kept: readonly number[], room: number): number[] {
  return columns.map(({ flexible }) => (flexible ? room - sum(kept) : 0))
}

/** A header may break between words, and so may a cell of words. */
function leastWidth({ header, flexible, whole }: Column, natural: number, wanted: number): number {
  if (flexible) return 0
  if (whole) return wanted
  const longest = Math.max(...header.split(' ').map(widthOf))
  return natural <= longest ? longest : Math.min(natural, Math.max(longest, LEAST))
}

function frame(count: number, { gap, edge }: typeof RULED): number {
  return gap * (count - 1) + edge
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, each) => total + each, 0)
}
