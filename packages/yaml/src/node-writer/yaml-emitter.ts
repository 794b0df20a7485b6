/** Writes YAML piece by piece, laid out as by the Go port of libyaml. */

import type { ScalarStyle, WriteOptions } from '../node.ts'
import { isTextAsPlain } from './plain-text.ts'
import { analyzeScalar, blockScalar, multiline, plainInBlock, plainInFlow, singleQuoted } from './scalar-analysis.ts'
import { ScalarLines } from './scalar-lines.ts'

/** Columns that a level takes. */
const step = 2
/** Keys above this length in UTF-8 bytes get a `?` before them. */
const longestKey = 128

/** A collection that is being written. */
interface Level {
  readonly isMap: boolean
  readonly isFlow: boolean
  /** Indentation around it, to which its end returns. */
  readonly outer: number
  isFirst: boolean
}

/**
 * Takes the parts of one document in their order: a key or a value by `scalar` and `text`, collections by `mapping` or
 * `sequence`, their parts and `end`. In a mapping, `key` goes before every value.
 */
export class YamlEmitter {
  readonly #options: WriteOptions
  readonly #levels: Level[] = []
  readonly #lines: ScalarLines
  /** What was written before the last cut. */
  #cut = ''
  #flowDepth = 0
  #indent = -1

  constructor(options: WriteOptions) {
    this.#options = options
    this.#lines = new ScalarLines(options.width)
  }

  /** How many UTF-16 units are written so far. */
  get length(): number {
    return this.#cut.length + this.#lines.out.length
  }

  /** Call this before a scalar that `lastScalar` is asked for: what is written by then is not looked through again. */
  cut(): void {
    this.#cut += this.#lines.out
    this.#lines.out = ''
  }

  /** How the last scalar is written, with its quotes or its mark. */
  lastScalar(): string {
    return this.#lines.out.slice(this.#lines.scalarStart)
  }

  /** The whole document, with a line break at its end. */
  finish(): string {
    this.#lines.newLine(0)
    return this.#cut + this.#lines.out
  }

  /** Begins a list of `size` items. */
  sequence(size: number, flow = false): void {
    this.#begin(false, size, flow)
  }

  /** Begins a mapping of `size` entries. */
  mapping(size: number, flow = false): void {
    this.#begin(true, size, flow)
  }

  /** Ends the innermost collection. */
  end(): void {
    const level = this.#levels.pop() as Level
    this.#indent = level.outer
    if (!level.isFlow) return
    this.#flowDepth--
    this.#lines.indicator(level.isMap ? '}' : ']', false)
  }

  /** A text that is a key, in the style that goyaml gives to texts. */
  key(text: string): void {
    this.keyAs(text, styleOf(text))
  }

  /** A key in a style of its own, when its text allows that. */
  keyAs(text: string, style: ScalarStyle, tag = ''): void {
    const lines = this.#lines
    const level = this.#levels.at(-1) as Level
    if (level.isFlow) this.#separate(level)
    else lines.newLine(this.#indent)
    const bits = analyzeScalar(text, this.#options.blockTabs)
    if ((bits & multiline) === 0 && tag.length + text.length <= longestKey && byteLength(tag, text) <= longestKey) {
      this.#scalar(text, style, bits, tag, true)
      lines.indicator(':', false)
      return
    }
    lines.indicator('?', true, true)
    this.#scalar(text, style, bits, tag, false)
    if (!level.isFlow || lines.column > this.#options.width) lines.newLine(this.#indent)
    lines.indicator(':', true, !level.isFlow)
  }

  /** A text, in the style that goyaml gives to texts. */
  text(text: string): void {
    this.scalar(text, styleOf(text))
  }

  /** A scalar in a style of its own, when its text allows that; `tag` is written before it. */
  scalar(text: string, style: ScalarStyle, tag = ''): void {
    this.#item()
    this.#scalar(text, style, analyzeScalar(text, this.#options.blockTabs), tag, false)
  }

  #begin(isMap: boolean, size: number, flow: boolean): void {
    const lines = this.#lines
    const around = this.#levels.at(-1)
    this.#item()
    const isFlow = this.#flowDepth > 0 || flow || size === 0
    if (isFlow) lines.bracket(isMap ? '{' : '[')
    const outer = this.#indent
    const isCompact = !isMap && this.#options.compactLists && around?.isMap === true && !lines.indention
    if (isFlow) {
      this.#indent = this.#deeper()
      this.#flowDepth++
    } else if (outer < 0) this.#indent = 0
    else if (!isCompact) this.#indent = this.#deeper()
    this.#levels.push({ isMap, isFlow, outer, isFirst: true })
  }

  /** The indentation of what is inside of the present one. */
  #deeper(): number {
    return Math.max(this.#indent, 0) + step
  }

  /** Goes to where the next value begins. */
  #item(): void {
    const level = this.#levels.at(-1)
    if (level === undefined || level.isMap) return
    if (level.isFlow) return this.#separate(level)
    this.#lines.newLine(this.#indent)
    this.#lines.indicator('-', true, true)
  }

  #separate(level: Level): void {
    if (!level.isFirst) this.#lines.indicator(',', false)
    level.isFirst = false
    if (this.#lines.column > this.#options.width) this.#lines.newLine(this.#indent)
  }

  #scalar(text: string, wanted: ScalarStyle, bits: number, tag: string, isKey: boolean): void {
    const lines = this.#lines
    if (tag !== '') lines.indicator(tag, true)
    const style = this.#style(text, wanted, bits, isKey)
    const canBreak = !isKey
    if (style === 'plain') lines.plain(text, canBreak, this.#deeper())
    else if (style === 'single') lines.single(text, canBreak, this.#deeper())
    else if (style === 'double') lines.double(text, canBreak, this.#deeper())
    else if (style === 'literal') lines.literal(text, this.#deeper())
    else lines.folded(text, this.#deeper())
  }

  #style(text: string, wanted: ScalarStyle, bits: number, isKey: boolean): ScalarStyle {
    const inFlow = this.#flowDepth > 0
    let style = isKey && (bits & multiline) !== 0 ? 'double' : wanted
    if (style === 'plain') {
      const isAllowed = (bits & (inFlow ? plainInFlow : plainInBlock)) !== 0
      if (!isAllowed || (text === '' && (inFlow || isKey))) style = 'single'
    }
    if (style === 'single' && (bits & singleQuoted) === 0) return 'double'
    const isBlock = style === 'literal' || style === 'folded'
    return isBlock && ((bits & blockScalar) === 0 || inFlow || isKey) ? 'double' : style
  }
}

function styleOf(text: string): ScalarStyle {
  if (text.includes('\n')) return 'literal'
  return isTextAsPlain(text) ? 'plain' : 'double'
}

function byteLength(tag: string, text: string): number {
  let bytes = tag.length + text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x80) bytes += code < 0x800 || (code & 0xf800) === 0xd800 ? 1 : 2
  }
  return bytes
}
