/** Tables over pages: cells wrap, rows stay whole, and the heading is repeated on every page. */
import { COLOURS, MARGIN, SIZE, type Sheet } from './sheet.ts'

/** A column of a table. */
export interface Column {
  readonly title: string
  /** Share of the width. */
  readonly share: number
  readonly align: 'left' | 'right'
}

/** A cell: its text, and where a click leads. */
export interface Cell {
  readonly text: string
  readonly link?: string
  readonly colour?: string
}

const PADDING = 4

/** Draws a table, row by row. */
export class Table {
  readonly #sheet: Sheet
  readonly #columns: readonly Column[]
  readonly #widths: readonly number[]

  constructor(sheet: Sheet, columns: readonly Column[]) {
    this.#sheet = sheet
    this.#columns = columns
    const all = columns.reduce((sum, { share }) => sum + share, 0)
    this.#widths = columns.map(({ share }) => (sheet.width * share) / all)
    // A heading never stands alone at the foot of a page.
    sheet.keep(
      3 *
        this.#heightOf(
          columns.map(({ title }) => title),
          true,
        ),
    )
    this.#heading()
  }

  /** Draws a row; on the next page where it does not fit. */
  row(cells: readonly Cell[]): void {
    const height = this.#heightOf(
      cells.map(({ text }) => text),
      false,
    )
    if (this.#sheet.keep(height)) this.#heading()
    this.#draw(cells, false)
    this.#sheet.move(height)
    this.#sheet.line(COLOURS.line)
  }

  #heading(): void {
    const titles = this.#columns.map(({ title }) => ({ text: title, colour: COLOURS.faint }))
    this.#draw(titles, true)
    const height = this.#heightOf(
      titles.map(({ text }) => text),
      true,
    )
    this.#sheet.move(height)
    this.#sheet.line(COLOURS.ink)
  }

  #draw(cells: readonly Cell[], isBold: boolean): void {
    const { document, y } = this.#sheet
    let x = MARGIN
    for (const [at, { text, link, colour = COLOURS.ink }] of cells.entries()) {
      const width = this.#widths[at] ?? 0
      const options = {
        width: width - 2 * PADDING,
        align: this.#columns[at]?.align ?? 'left',
        ...(link === undefined ? {} : { link }),
      }
      document
        .font(isBold ? 'Helvetica-Bold' : 'Helvetica')
        .fontSize(SIZE)
        .fillColor(colour)
      document.text(text, x + PADDING, y + PADDING, options)
      x += width
    }
  }

  #heightOf(texts: readonly string[], isBold: boolean): number {
    const { document } = this.#sheet
    document.font(isBold ? 'Helvetica-Bold' : 'Helvetica').fontSize(SIZE)
    const heights = texts.map((text, at) =>
      document.heightOfString(text, { width: (this.#widths[at] ?? 0) - 2 * PADDING }),
    )
    return Math.max(...heights, document.currentLineHeight()) + 2 * PADDING
  }
}
