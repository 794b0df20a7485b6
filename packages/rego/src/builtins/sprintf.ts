/** The builtin `sprintf`: Go's `fmt.Sprintf` on values of Rego. */
import { Flags, formatFloating, formatInteger, formatText, pad } from '@kubescape/go'
import { ANY, arrayOf, STRING } from '../types/type.ts'
import { Decimal } from '../values/decimal.ts'
import { floatOf, isNumber, numberText, type NumberValue } from '../values/number.ts'
import type { Value } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { keep } from './cache.ts'
import { FROM_ARGUMENT, parseFormat, type Directive, type Format } from './format-directives.ts'
import { arrayOperand, textOperand } from './operands.ts'

/** Formats that are kept in an evaluation. */
const MOST_FORMATS = 500
/** Widths and precisions from arguments may not be larger. */
const LARGEST_NUMBER = 1_000_000

/** `sprintf`. */
export const SPRINTF: readonly Builtin[] = [
  define('sprintf', [STRING, arrayOf(ANY)], STRING, (context, operand, list) => {
    const format = textOperand(operand, 1)
    const args = arrayOperand(list, 2)
    const text = new Printer(context, args).print(keep(context, SPRINTF, MOST_FORMATS, format, parseFormat))
    if (text.length > 256) context.spend(text.length)
    return text
  }),
]

/** One call on its way through its arguments. */
class Printer {
  readonly #context: BuiltinContext
  readonly #args: readonly Value[]
  readonly #flags = new Flags()
  /** The argument that the next directive takes. */
  #next = 0
  #isReordered = false
  /** The indexes of the directive at hand make sense. */
  #isGood = true
  /** What widths and precisions from arguments complain about. */
  #complaint = ''

  constructor(context: BuiltinContext, args: readonly Value[]) {
    this.#context = context
    this.#args = args
  }

  print({ directives, after }: Format): string {
    let text = ''
    for (const directive of directives) {
      text += directive.before
      text += directive.isBare ? this.#bare(directive.verb) : this.#full(directive)
    }
    text += after
    return this.#isReordered || this.#next >= this.#args.length ? text : text + this.#extra()
  }

  /** Without flags, and so by far the most frequent. */
  #bare(verb: string): string {
    const value = this.#args[this.#next]
    if (verb === 'v' || verb === 's') {
      if (typeof value === 'string') {
        this.#next++
        return value
      }
      if (verb === 'v' && typeof value === 'number' && Number.isSafeInteger(value)) {
        this.#next++
        return String(value)
      }
    } else if (verb === 'd' && typeof value === 'number' && Number.isSafeInteger(value)) {
      this.#next++
      return String(value)
    }
    this.#flags.clear()
    return this.#argument(verb)
  }

  #full(directive: Directive): string {
    const flags = this.#flags
    flags.clear()
    flags.sharp = directive.sharp
    flags.plus = directive.plus
    flags.minus = directive.minus
    flags.space = directive.space
    flags.zero = directive.zero
    this.#isGood = !directive.isMisplaced
    this.#complaint = ''
    this.#take(directive.widthIndex)
    this.#setWidth(directive.width)
    this.#take(directive.precisionIndex)
    this.#setPrecision(directive.precision)
    this.#take(directive.valueIndex)
    this.#context.spend((flags.width ?? 0) + (flags.precision ?? 0))
    const text = this.#complaint + this.#argument(directive.verb)
    this.#isGood = true
    return text
  }

  #take(index: number | undefined): void {
    if (index === undefined) return
    this.#isReordered = true
    if (index > 0 && index <= this.#args.length) this.#next = index - 1
    else this.#isGood = false
  }

  #setWidth(width: number | undefined): void {
    const flags = this.#flags
    if (width !== FROM_ARGUMENT) {
      flags.width = width
      return
    }
    const given = this.#number()
    if (given === undefined) this.#complaint += '%!(BADWIDTH)'
    else if (given < 0) {
      flags.minus = true
      flags.zero = false
    }
    flags.width = given === undefined ? undefined : Math.abs(given)
  }

  #setPrecision(precision: number | undefined): void {
    if (precision !== FROM_ARGUMENT) {
      this.#flags.precision = precision
      return
    }
    const given = this.#number()
    if (given === undefined || given < 0) this.#complaint += '%!(BADPREC)'
    else this.#flags.precision = given
  }

  /** The next argument as a width or precision; undefined when it is missing, no whole number or too large. */
  #number(): number | undefined {
    if (this.#next >= this.#args.length) return undefined
    const value = this.#args[this.#next++]
    const isFine = typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= LARGEST_NUMBER
    return isFine ? value : undefined
  }

  #argument(verb: string): string {
    if (verb === '') return '%!(NOVERB)'
    if (verb === '%') return '%'
    if (!this.#isGood) return `%!${verb}(BADINDEX)`
    const value = this.#args[this.#next]
    if (value === undefined) return `%!${verb}(MISSING)`
    this.#next++
    if (verb === 'v') this.#flags.forValues()
    return this.#value(value, verb)
  }

  /** Numbers are numbers of Go; all else is its text. */
  #value(value: Value, verb: string): string {
    if (verb === 'T') return pad(goType(value), this.#flags)
    const number = goNumber(value)
    let text: string | undefined
    if (number === undefined) text = formatText(goText(value), verb, this.#flags)
    else if (typeof number === 'number') text = formatFloating(number, 64, verb, this.#flags)
    else if (isInt64(number)) text = formatInteger(number, verb, true, this.#flags)
    else return this.#big(number, verb)
    if (text !== undefined) return text
    // What is wrong is shown without the flags of the directive's numbers.
    return `%!${verb}(${goType(value)}=${this.#value(value, 'v')})`
  }

  /** Integers beyond 64 bits print themselves, with flags of their own. */
  #big(value: bigint, verb: string): string {
    const base = BIG_BASES.get(verb)
    const size = value < 0n ? -value : value
    if (base === undefined) return `%!${verb}(big.Int=${value})`
    const flags = this.#flags
    let digits = size.toString(base)
    if (verb === 'X') digits = digits.toUpperCase()
    const sign = value < 0n ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
    const prefix = verb === 'O' ? '0o' : flags.sharp ? (BIG_PREFIXES.get(verb) ?? '') : ''
    if (flags.precision !== undefined) digits = digits.padStart(flags.precision, '0')
    else if (flags.zero && !flags.minus && flags.width !== undefined) {
      digits = digits.padStart(flags.width - sign.length - prefix.length, '0')
    }
    return pad(sign + prefix + digits, flags, false)
  }

  /** Arguments that no directive took. */
  #extra(): string {
    const flags = this.#flags
    flags.clear()
    const extra = this.#args.slice(this.#next).map((value) => `${goType(value)}=${this.#value(value, 'v')}`)
    return `%!(EXTRA ${extra.join(', ')})`
  }
}

const BIG_BASES: ReadonlyMap<string, number> = new Map([
  ['b', 2],
  ['o', 8],
  ['O', 8],
  ['d', 10],
  ['s', 10],
  ['v', 10],
  ['x', 16],
  ['X', 16],
])
const BIG_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['b', '0b'],
  ['o', '0'],
  ['x', '0x'],
  ['X', '0X'],
])

/** Whole numbers as integers, fractions with a point as floats; numbers such as `1e3` are taken as they are written. */
function goNumber(value: Value): number | bigint | undefined {
  if (!isNumber(value)) return undefined
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (!hasPoint(value)) return undefined
  const float = floatOf(value)
  return Number.isFinite(float) ? float : undefined
}

function hasPoint(value: NumberValue): boolean {
  return (value instanceof Decimal ? value.text : String(value)).includes('.')
}

function goText(value: Value): string {
  if (typeof value === 'string') return value
  return isNumber(value) ? numberText(value) : valueText(value)
}

function goType(value: Value): string {
  const number = goNumber(value)
  if (number === undefined) return 'string'
  if (typeof number === 'number') return 'float64'
  return isInt64(number) ? 'int64' : '*big.Int'
}

function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}
