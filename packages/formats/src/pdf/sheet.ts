/** The pages of the document, and where on them the next thing goes. Lengths are points, 72 to the inch. */
import PdfDocument from 'pdfkit'

/** Free space around the text. */
export const MARGIN = 42
/** Size of text in tables and lines. */
export const SIZE = 9

/** Dark enough on white for everyone (WCAG 2.2, 1.4.3). */
export const COLOURS = {
  ink: '#1b1f24',
  faint: '#57606a',
  line: '#d0d7de',
  Critical: '#9b1c1c',
  High: '#b42318',
  Medium: '#9a5b00',
  Low: '#6b6200',
  Unknown: '#57606a',
} as const

const FOOT = 24
/** Bytes that are given at a time. */
const PIECE = 64 * 1024

/** A document that is written from top to bottom. */
export class Sheet {
  readonly document: PDFKit.PDFDocument
  readonly width: number
  readonly #bottom: number
  y = MARGIN

  /** `created` is the time in the document's properties; the same report gives the same bytes. */
  constructor(title: string, created: Date) {
    this.document = new PdfDocument({
      size: 'A4',
      margin: MARGIN,
      bufferPages: true,
      lang: 'en',
      displayTitle: true,
      info: { Title: title, Creator: 'kubescape', CreationDate: created, ModDate: created },
    })
    const { page } = this.document
    // What is placed by hand must not make pdfkit begin pages by itself.
    page.margins.bottom = 0
    this.document.on('pageAdded', () => (this.document.page.margins.bottom = 0))
    this.width = page.width - 2 * MARGIN
    this.#bottom = page.height - MARGIN - FOOT
  }

  /** Begins a page where less than `height` is left of this one; true if it did. */
  keep(height: number): boolean {
    if (this.y + height <= this.#bottom || this.y === MARGIN) return false
    this.document.addPage()
    this.y = MARGIN
    return true
  }

  move(height: number): void {
    this.y += height
  }

  /** A paragraph over the whole width. */
  paragraph(text: string, size: number, colour: string, isBold = false): void {
    this.document.font(isBold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size)
    const height = this.document.heightOfString(text, { width: this.width })
    this.keep(height)
    this.document
      .font(isBold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .fillColor(colour)
    this.document.text(text, MARGIN, this.y, { width: this.width })
    this.move(height + size * 0.4)
  }

  /** A title that readers list beside the pages. */
  section(title: string): void {
    this.move(14)
    this.keep(90)
    this.document.outline.addItem(title)
    this.paragraph(title, 13, COLOURS.ink, true)
    this.move(2)
  }

  line(colour: string): void {
    this.document
      .moveTo(MARGIN, this.y)
      .lineTo(MARGIN + this.width, this.y)
      .lineWidth(0.5)
      .strokeColor(colour)
      .stroke()
  }

  /** Numbers the pages, and gives the bytes of the document in pieces. */
  *end(foot: string): Generator<Uint8Array> {
    const { start, count } = this.document.bufferedPageRange()
    for (let page = start; page < start + count; page++) {
      this.document.switchToPage(page)
      const y = this.document.page.height - MARGIN
      this.document.font('Helvetica').fontSize(8).fillColor(COLOURS.faint)
      this.document.text(foot, MARGIN, y, { width: this.width * 0.75, height: 10, ellipsis: true })
      this.document.text(`Page ${page - start + 1} of ${count}`, MARGIN, y, { width: this.width, align: 'right' })
    }
    this.document.end()
    yield* this.#pieces()
  }

  /** pdfkit gives a line at a time. */
  *#pieces(): Generator<Uint8Array> {
    let lines: Uint8Array[] = []
    let length = 0
    for (let line = this.#next(); line !== null; line = this.#next()) {
      lines.push(line)
      length += line.length
      if (length < PIECE) continue
      yield joined(lines, length)
      lines = []
      length = 0
    }
    yield joined(lines, length)
  }

  #next(): Uint8Array | null {
    return this.document.read() as Uint8Array | null
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
