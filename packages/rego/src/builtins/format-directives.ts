/** Reads formats of `sprintf`: the directives in them, as Go's package fmt understands them. */

/** A place for an argument by its number; 0 where it makes no sense. */
type Index = number

/** A number that an argument gives. */
export const FROM_ARGUMENT = -1

/** One directive, and the text before it. */
export interface Directive {
  readonly before: string
  readonly sharp: boolean
  readonly plus: boolean
  readonly minus: boolean
  readonly space: boolean
  readonly zero: boolean
  /** Numbers of the arguments of the width, the precision and the value, where the format names them. */
  readonly widthIndex: Index | undefined
  readonly precisionIndex: Index | undefined
  readonly valueIndex: Index | undefined
  readonly width: number | undefined
  readonly precision: number | undefined
  /** An index stands where none makes sense. */
  readonly isMisplaced: boolean
  /** Empty at the end of the format. */
  readonly verb: string
  /** Nothing but the verb. */
  readonly isBare: boolean
}

/** A format that was read. */
export interface Format {
  readonly directives: readonly Directive[]
  /** The text behind the last directive. */
  readonly after: string
}

/** Go takes no more digits of a number once it is greater. */
const LARGEST_NUMBER = 1e6

/** Reads a format; every text is one. */
export function parseFormat(text: string): Format {
  const directives: Directive[] = []
  let start = 0
  for (;;) {
    const percent = text.indexOf('%', start)
    if (percent < 0) break
    const scanner = new Scanner(text, percent + 1)
    directives.push(scanner.directive(text.slice(start, percent)))
    start = scanner.at
  }
  return { directives, after: text.slice(start) }
}

class Scanner {
  at: number
  readonly #text: string
  #isMisplaced = false
  /** An index stands right before the part at hand. */
  #isAfterIndex = false

  constructor(text: string, at: number) {
    this.#text = text
    this.at = at
  }

  directive(before: string): Directive {
    const start = this.at
    const flags = this.#flags()
    const widthIndex = this.#index()
    const width = this.#width()
    const { precision, precisionIndex } = this.#precision()
    const valueIndex = this.#isAfterIndex ? undefined : this.#index()
    const isBare = this.at === start
    const code = this.#text.codePointAt(this.at)
    const verb = code === undefined ? '' : String.fromCodePoint(code)
    this.at += verb.length
    const isMisplaced = this.#isMisplaced
    return { before, ...flags, widthIndex, precisionIndex, valueIndex, width, precision, isMisplaced, verb, isBare }
  }

  #flags(): Pick<Directive, 'sharp' | 'plus' | 'minus' | 'space' | 'zero'> {
    const flags = { sharp: false, plus: false, minus: false, space: false, zero: false }
    for (; ; this.at++) {
      switch (this.#text.charAt(this.at)) {
        case '#':
          flags.sharp = true
          break
        case '0':
          flags.zero = true
          break
        case '+':
          flags.plus = true
          break
        case '-':
          flags.minus = true
          break
        case ' ':
          flags.space = true
          break
        default:
          return flags
      }
    }
  }

  /** `[3]`: the next argument is the third. */
  #index(): Index | undefined {
    this.#isAfterIndex = false
    if (this.#text.charAt(this.at) !== '[') return undefined
    const close = this.#text.indexOf(']', this.at)
    this.at++
    if (close < 0) return 0
    const index = this.#number(close)
    const isEnded = this.at === close
    this.at = close + 1
    if (index === undefined || !isEnded) return 0
    this.#isAfterIndex = true
    return index
  }

  #width(): number | undefined {
    if (this.#takes('*')) {
      this.#isAfterIndex = false
      return FROM_ARGUMENT
    }
    const width = this.#number(this.#text.length)
    if (this.#isAfterIndex && width !== undefined) this.#isMisplaced = true
    return width
  }

  #precision(): { readonly precision: number | undefined; readonly precisionIndex: Index | undefined } {
    // A point at the very end is taken for a verb.
    if (this.at + 1 >= this.#text.length || !this.#takes('.'))
      return { precision: undefined, precisionIndex: undefined }
    if (this.#isAfterIndex) this.#isMisplaced = true
    const precisionIndex = this.#index()
    if (!this.#takes('*')) return { precision: this.#number(this.#text.length) ?? 0, precisionIndex }
    this.#isAfterIndex = false
    return { precision: FROM_ARGUMENT, precisionIndex }
  }

  #takes(character: string): boolean {
    if (this.#text.charAt(this.at) !== character) return false
    this.at++
    return true
  }

  /** A number that ends before `end`; undefined where there is none. One too large eats up all up to there. */
  #number(end: number): number | undefined {
    let value: number | undefined
    for (; this.at < end; this.at++) {
      const digit = this.#text.charCodeAt(this.at) - 0x30
      if (digit < 0 || digit > 9) break
      if (value !== undefined && value > LARGEST_NUMBER) {
        this.at = end
        return undefined
      }
      value = (value ?? 0) * 10 + digit
    }
    return value
  }
}
