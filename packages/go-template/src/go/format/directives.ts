/** Reads a format and has its directives printed: package fmt, `doPrintf`. */
import { typeName } from '../type-name.ts'
import { plain, Sized, type Value } from '../value.ts'
import { type Flags } from '@kubescape/go'
import type { Printer } from './printer.ts'

/** Go takes no greater width from an argument, and no more digits of a number in a format once it is greater. */
const MAX_NUMBER = 1e6

/** A format on its way through its arguments. */
export class Directives {
  readonly #format: string
  readonly #args: readonly Value[]
  readonly #printer: Printer
  readonly #flags: Flags
  /** Offset in the format. */
  #at = 0
  /** The argument that the next directive takes. */
  #argument = 0
  /** Some directive named its argument. */
  #reordered = false
  /** The indexes of the directive at hand make sense. */
  #goodIndex = true
  /** An index stands right before the part at hand. */
  #afterIndex = false

  constructor(format: string, args: readonly Value[], printer: Printer) {
    this.#format = format
    this.#args = args
    this.#printer = printer
    this.#flags = printer.flags
  }

  run(): void {
    const format = this.#format
    while (this.#at < format.length) {
      const percent = format.indexOf('%', this.#at)
      if (percent === -1) {
        this.#printer.write(format.slice(this.#at))
        break
      }
      this.#printer.write(format.slice(this.#at, percent))
      this.#at = percent + 1
      this.#flags.clear()
      this.#goodIndex = true
      this.#afterIndex = false
      this.#readFlags()
      this.#readIndex()
      this.#readWidth()
      this.#readPrecision()
      if (!this.#afterIndex) this.#readIndex()
      this.#runVerb()
    }
    if (!this.#reordered && this.#argument < this.#args.length) this.#reportExtra()
  }

  #readFlags(): void {
    const flags = this.#flags
    for (; ; this.#at++) {
      switch (this.#format.charCodeAt(this.#at)) {
        case 0x23:
          flags.sharp = true
          break
        case 0x30:
          flags.zero = true
          break
        case 0x2b:
          flags.plus = true
          break
        case 0x2d:
          flags.minus = true
          break
        case 0x20:
          flags.space = true
          break
        default:
          return
      }
    }
  }

  /** `[3]`: the next argument is the third. */
  #readIndex(): void {
    this.#afterIndex = false
    if (!this.#sees('[')) return
    this.#reordered = true
    const close = this.#format.indexOf(']', this.#at)
    if (close === -1 || this.#format.length - this.#at < 3) {
      this.#at++
      this.#goodIndex = false
      return
    }
    this.#at++
    const index = this.#readNumber(close)
    const ended = this.#at === close
    this.#at = close + 1
    if (index === undefined || !ended) {
      this.#goodIndex = false
      return
    }
    this.#afterIndex = true
    if (index > 0 && index <= this.#args.length) this.#argument = index - 1
    else this.#goodIndex = false
  }

  #readWidth(): void {
    const flags = this.#flags
    if (!this.#sees('*')) {
      flags.width = this.#readNumber()
      if (this.#afterIndex && flags.width !== undefined) this.#goodIndex = false
      return
    }
    this.#at++
    const width = this.#takeNumber()
    if (width === undefined) this.#printer.write('%!(BADWIDTH)')
    if (width !== undefined && width < 0) {
      flags.minus = true
      flags.zero = false
    }
    flags.width = width === undefined ? undefined : Math.abs(width)
    this.#afterIndex = false
  }

  #readPrecision(): void {
    // A point at the very end is taken for a verb.
    if (!this.#sees('.') || this.#at + 1 === this.#format.length) return
    this.#at++
    if (this.#afterIndex) this.#goodIndex = false
    this.#readIndex()
    if (!this.#sees('*')) {
      this.#flags.precision = this.#readNumber() ?? 0
      return
    }
    this.#at++
    const precision = this.#takeNumber()
    this.#flags.precision = precision === undefined || precision < 0 ? undefined : precision
    if (this.#flags.precision === undefined) this.#printer.write('%!(BADPREC)')
    this.#afterIndex = false
  }

  #runVerb(): void {
    if (this.#at >= this.#format.length) {
      this.#printer.write('%!(NOVERB)')
      return
    }
    const verb = String.fromCodePoint(this.#format.codePointAt(this.#at) as number)
    this.#at += verb.length
    if (verb === '%') this.#printer.write('%')
    else if (!this.#goodIndex) this.#printer.write(`%!${verb}(BADINDEX)`)
    else if (this.#argument >= this.#args.length) this.#printer.write(`%!${verb}(MISSING)`)
    else {
      if (verb === 'v') this.#flags.forValues()
      this.#printer.argument(this.#args[this.#argument++], verb)
    }
  }

  #reportExtra(): void {
    const printer = this.#printer
    this.#flags.clear()
    printer.write('%!(EXTRA ')
    for (let at = this.#argument; at < this.#args.length; at++) {
      const arg = plain(this.#args[at])
      if (at > this.#argument) printer.write(', ')
      if (arg !== null && arg !== undefined) printer.write(`${typeName(arg)}=`)
      printer.argument(arg, 'v')
    }
    printer.write(')')
  }

  #sees(character: string): boolean {
    return this.#format.startsWith(character, this.#at)
  }

  /** A number in the format, which ends before `end`; undefined where there is none. One too large eats up the format. */
  #readNumber(end = this.#format.length): number | undefined {
    let value: number | undefined
    for (; this.#at < end; this.#at++) {
      const digit = this.#format.charCodeAt(this.#at) - 0x30
      if (digit < 0 || digit > 9) break
      if (value !== undefined && value > MAX_NUMBER) {
        this.#at = end
        return undefined
      }
      value = (value ?? 0) * 10 + digit
    }
    return value
  }

  /** The next argument as a width or precision; undefined when it is missing, no whole number or too large. */
  #takeNumber(): number | undefined {
    if (this.#argument >= this.#args.length) return undefined
    const arg = plain(this.#args[this.#argument++])
    const value = arg instanceof Sized ? arg.value : arg
    if (typeof value !== 'bigint') return undefined
    return value > MAX_NUMBER || value < -MAX_NUMBER ? undefined : Number(value)
  }
}
