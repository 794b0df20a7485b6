/** The text of a document under construction, and the scalars of each style in it: libyaml's rules for breaking lines. */

import { isLineBreak, isPrintable } from './scalar-analysis.ts'

const space = 0x20
const newline = 0x0a
const quote = 0x27

const escapes = new Map([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
])

/** Indentation is cut from this one. */
const blanks = ' '.repeat(256)

/** The text since the last cut, and where its last line stands. */
export class ScalarLines {
  out = ''
  /** Characters on the last line. */
  column = 0
  /** The last line holds nothing but indentation and indicators that count as such. */
  indention = true
  /** Where the scalar that was written last begins. */
  scalarStart = 0
  readonly #width: number
  /** The last character is white space, or nothing is written yet. */
  #whitespace = true

  constructor(width: number) {
    this.#width = width
  }

  /** Goes to a column: on the last line if it is still indentation, otherwise on a new one. */
  newLine(indent: number): void {
    if (!this.indention || this.column > indent || (this.column === indent && !this.#whitespace)) {
      this.out += '\n'
      this.column = 0
    }
    if (this.column < indent) this.#put(spaces(indent - this.column))
    this.#whitespace = true
    this.indention = true
  }

  /** A punctuation mark, with a space before it where it needs one. */
  indicator(mark: string, needsSpace: boolean, isIndention = false): void {
    this.#put(needsSpace && !this.#whitespace ? ` ${mark}` : mark)
    this.#whitespace = false
    this.indention &&= isIndention
  }

  /** The bracket or brace that begins a collection: nothing needs a space behind it. */
  bracket(mark: string): void {
    this.indicator(mark, true)
    this.#whitespace = true
  }

  plain(text: string, canBreak: boolean, indent: number): void {
    if (text !== '' && !this.#whitespace) this.#put(' ')
    this.scalarStart = this.out.length
    if (text === '') return
    this.#flow(text, canBreak, indent, false)
    this.#whitespace = false
    this.indention = false
  }

  single(text: string, canBreak: boolean, indent: number): void {
    this.indicator("'", true)
    this.scalarStart = this.out.length - 1
    this.#flow(text, canBreak, indent, true)
    this.indicator("'", false)
    this.indention = false
  }

  double(text: string, canBreak: boolean, indent: number): void {
    this.indicator('"', true)
    this.scalarStart = this.out.length - 1
    let start = 0
    let isAfterSpace = false
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === space) {
        const isInside = at > 0 && at < text.length - 1
        if (canBreak && !isAfterSpace && isInside && this.column + at - start > this.#width) {
          this.#put(text.slice(start, at))
          this.indention = false
          this.newLine(indent)
          if (text.charCodeAt(at + 1) === space) this.#put('\\')
          start = at + 1
        }
        isAfterSpace = true
        continue
      }
      isAfterSpace = false
      if (code === 0x22 || code === 0x5c || !isPrintable(code) || isLineBreak(code)) {
        const point = text.codePointAt(at) as number
        this.#put(text.slice(start, at) + escaped(point))
        if (point > 0xffff) at++
        start = at + 1
      }
    }
    this.#put(text.slice(start))
    this.indicator('"', false)
    this.indention = false
  }

  literal(text: string, indent: number): void {
    this.#header('|', text)
    const pad = spaces(indent)
    let start = 0
    while (start < text.length) {
      const next = text.indexOf('\n', start)
      const end = next === -1 ? text.length : next
      if (start < end) this.out += pad + padded(text.slice(start, end), pad)
      if (next === -1) {
        this.indention = false
        this.column = indent + end - start
        return
      }
      this.out += '\n'
      start = end + 1
    }
  }

  folded(text: string, indent: number): void {
    this.#header('>', text)
    let isAtStart = true
    let isIndented = true
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (isLineBreak(code)) {
        // A break between two lines of text is written as two.
        if (!isAtStart && !isIndented && code === newline && isTextAfterBreaks(text, at)) this.#break('\n')
        this.#break(text.charAt(at))
        isAtStart = true
        continue
      }
      if (isAtStart) {
        this.newLine(indent)
        isIndented = code === space || code === 0x09
      }
      const next = text.charCodeAt(at + 1)
      const isBreakable = !isAtStart && code === space && next !== space && at + 1 < text.length
      if (isBreakable && this.column > this.#width) this.newLine(indent)
      else this.#put(text.charAt(at))
      this.indention = false
      isAtStart = false
    }
  }

  #put(text: string): void {
    this.out += text
    this.column += text.length
  }

  #break(text: string): void {
    this.out += text
    this.column = 0
    this.indention = true
  }

  /** A text that is plain or between single quotes. */
  #flow(text: string, canBreak: boolean, indent: number, isQuoted: boolean): void {
    let start = 0
    let isAfterSpace = false
    let isAfterBreak = false
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === space) {
        const isInside = at > 0 && at < text.length - 1 && text.charCodeAt(at + 1) !== space
        if (canBreak && !isAfterSpace && isInside && this.column + at - start > this.#width) {
          this.#put(text.slice(start, at))
          this.indention = false
          this.newLine(indent)
          start = at + 1
        }
        isAfterSpace = true
        continue
      }
      isAfterSpace = false
      if (isLineBreak(code)) {
        this.#put(text.slice(start, at))
        this.#break(!isAfterBreak && code === newline ? '\n\n' : text.charAt(at))
        start = at + 1
        isAfterBreak = true
        continue
      }
      if (isAfterBreak) this.newLine(indent)
      isAfterBreak = false
      if (isQuoted && code === quote) {
        this.#put(`${text.slice(start, at)}''`)
        start = at + 1
      }
    }
    this.#put(text.slice(start))
    // YAML 1.2 wants the closing quote to be indented, too.
    if (isAfterBreak && text.endsWith('\n')) this.newLine(indent)
  }

  /** The mark of a block scalar, the columns of a level for a text that begins with white space, and what its end is. */
  #header(mark: string, text: string): void {
    const first = text.charCodeAt(0)
    const last = text.length - 1
    const indentation = first === space || isLineBreak(first) ? '2' : ''
    const endsWithBreak = last >= 0 && isLineBreak(text.charCodeAt(last))
    const isKept = endsWithBreak && (last === 0 || isLineBreak(text.charCodeAt(last - 1)))
    const header = mark + indentation + (isKept ? '+' : endsWithBreak ? '' : '-')
    this.indicator(header, true)
    this.scalarStart = this.out.length - header.length
    this.#break('\n')
    this.#whitespace = true
  }
}

function spaces(count: number): string {
  return count <= blanks.length ? blanks.slice(0, count) : ' '.repeat(count)
}

/** A line with the rare line breaks in it that only YAML 1.1 knows: what follows them is indented, too. */
function padded(line: string, pad: string): string {
  if (!line.includes('\u2028') && !line.includes('\u2029')) return line
  return line.replace(/[\u2028\u2029](?=[^\u2028\u2029])/g, (found) => found + pad)
}

/** Whether the breaks from the offset on are followed by text, and not by white space or nothing. */
function isTextAfterBreaks(text: string, from: number): boolean {
  let at = from
  while (at < text.length && isLineBreak(text.charCodeAt(at))) at++
  const code = text.charCodeAt(at)
  return at < text.length && code !== space && code !== 0x09
}

/** A character of double quotes as an escape; half a pair of surrogates as the character for what is unreadable. */
function escaped(point: number): string {
  const short = escapes.get(point)
  if (short !== undefined) return `\\${short}`
  if (point >= 0xd800 && point <= 0xdfff) return '\ufffd'
  const digits = point.toString(16).toUpperCase()
  if (point <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return point <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}
