/** Patterns of selectors (RE2 syntax, the usual part of it) to steps of a machine. */

/** A step of the machine: looks at a character, at a side of the text, goes two ways, or jumps; the last one is the goal. */
export type Step =
  | { readonly type: 'char'; readonly matches: (code: number) => boolean }
  | { readonly type: 'side'; readonly isStart: boolean }
  | { readonly type: 'ways'; readonly to: readonly number[] }
  | { readonly type: 'goal' }

type Piece =
  | { readonly type: 'char'; readonly matches: (code: number) => boolean }
  | { readonly type: 'side'; readonly isStart: boolean }
  | { readonly type: 'all' | 'any'; readonly of: readonly Piece[] }
  | { readonly type: 'repeat'; readonly of: Piece; readonly least: number; readonly most: number }

const MAX_LENGTH = 4096
const MAX_DEPTH = 100
const MAX_COUNT = 1000
const MAX_STEPS = 20_000
const LINE_FEED = 10

/** Names of classes, `[[:alpha:]]`, as ranges of characters. */
const NAMED: Readonly<Record<string, string>> = {
  alnum: 'azAZ09',
  alpha: 'azAZ',
  digit: '09',
  lower: 'az',
  space: '\t\r  ',
  upper: 'AZ',
  xdigit: '09afAF',
}
const ESCAPES: Readonly<Record<string, string>> = { d: '09', w: '09AZaz__', s: '\t\n\f\r  ' }
const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' }

/**
 * The machine of a pattern.
 * @throws {Error} for a pattern that makes no sense, is too large, or needs more than is understood here
 */
export function parsePattern(pattern: string): readonly Step[] {
  if (pattern.length > MAX_LENGTH) throw new Error(`it is longer than ${MAX_LENGTH} characters`)
  const steps: Step[] = []
  emit(new Parser(pattern).parse(), steps)
  steps.push({ type: 'goal' })
  return steps
}

function emit(piece: Piece, steps: Step[]): void {
  if (steps.length > MAX_STEPS) throw new Error('it is too large')
  switch (piece.type) {
    case 'all':
      for (const each of piece.of) emit(each, steps)
      return
    case 'any':
      emitAny(piece.of, steps)
      return
    case 'repeat':
      emitRepeat(piece.of, piece.least, piece.most, steps)
      return
    default:
      steps.push(piece)
  }
}

function emitAny(pieces: readonly Piece[], steps: Step[]): void {
  const starts: number[] = []
  const ends: number[] = []
  const fork = steps.push({ type: 'ways', to: starts }) - 1
  for (const piece of pieces) {
    starts.push(steps.length)
    emit(piece, steps)
    ends.push(steps.push({ type: 'ways', to: [] }) - 1)
  }
  for (const end of ends) steps[end] = { type: 'ways', to: [steps.length] }
  steps[fork] = { type: 'ways', to: starts }
}

function emitRepeat(piece: Piece, least: number, most: number, steps: Step[]): void {
  for (let count = 0; count < least; count++) emit(piece, steps)
  if (most === Infinity) {
    const fork = steps.push({ type: 'ways', to: [] }) - 1
    emit(piece, steps)
    steps.push({ type: 'ways', to: [fork] })
    steps[fork] = { type: 'ways', to: [fork + 1, steps.length] }
    return
  }
  const forks: number[] = []
  for (let count = least; count < most; count++) {
    forks.push(steps.push({ type: 'ways', to: [] }) - 1)
    emit(piece, steps)
  }
  for (const fork of forks) steps[fork] = { type: 'ways', to: [fork + 1, steps.length] }
}

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): Piece {
    const piece = this.#alternatives(0)
    if (this.#at < this.#text.length) throw new Error('unexpected )')
    return piece
  }

  #alternatives(depth: number): Piece {
    if (depth > MAX_DEPTH) throw new Error('its groups nest too deeply')
    const pieces = [this.#sequence(depth)]
    while (this.#take('|')) pieces.push(this.#sequence(depth))
    return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : { type: 'any', of: pieces }
  }

  #sequence(depth: number): Piece {
    const of: Piece[] = []
    while (this.#at < this.#text.length && !'|)'.includes(this.#peek())) of.push(this.#repeated(this.#single(depth)))
    return { type: 'all', of }
  }

  #repeated(piece: Piece): Piece {
    const [least, most] = this.#counts() ?? [1, 1]
    if (least === 1 && most === 1) return piece
    // Whether it prefers more or less makes no difference to whether it matches.
    this.#take('?')
    if (this.#counts() !== undefined) throw new Error('invalid nested repetition operator')
    return { type: 'repeat', of: piece, least, most }
  }

  #counts(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Infinity]
    if (this.#take('+')) return [1, Infinity]
    if (this.#take('?')) return [0, 1]
    const [all, from = '', comma, to = ''] = /^\{(\d{1,5})(,(\d{0,5}))?\}/.exec(this.#text.slice(this.#at)) ?? []
    if (all === undefined) return undefined
    const least = Number(from)
    const most = comma === undefined ? least : to === '' ? Infinity : Number(to)
    if (least > MAX_COUNT || (most !== Infinity && most > MAX_COUNT) || most < least) {
      throw new Error(`invalid repeat count: ${all}`)
    }
    this.#at += all.length
    return [least, most]
  }

  #single(depth: number): Piece {
    const char = this.#next()
    switch (char) {
      case '.':
        return { type: 'char', matches: (code) => code !== LINE_FEED }
      case '^':
      case '$':
        return { type: 'side', isStart: char === '^' }
      case '(':
        return this.#group(depth)
      case '[':
        return { type: 'char', matches: this.#characterClass() }
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw new Error(`missing argument to repetition operator: ${char}`)
      default:
        return exactly(char)
    }
  }

  #group(depth: number): Piece {
    if (this.#peek() === '?' && !this.#text.startsWith('?:', this.#at)) {
      throw new Error('only groups with ( and (?: are understood here')
    }
    if (this.#take('?')) this.#take(':')
    const piece = this.#alternatives(depth + 1)
    if (!this.#take(')')) throw new Error('missing closing )')
    return piece
  }

  #escape(): Piece {
    const char = this.#next()
    if (char === 'A' || char === 'z') return { type: 'side', isStart: char === 'A' }
    const matches = escapedClass(char)
    return matches === undefined ? exactly(escapedCharacter(char)) : { type: 'char', matches }
  }

  #characterClass(): (code: number) => boolean {
    const isNegated = this.#take('^')
    const tests: ((code: number) => boolean)[] = []
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      if (this.#at >= this.#text.length) throw new Error('missing closing ]')
      tests.push(this.#classPart())
    }
    this.#at++
    return (code) => tests.some((test) => test(code)) !== isNegated
  }

  #classPart(): (code: number) => boolean {
    const [all, name = ''] = /^\[:(\w+):\]/.exec(this.#text.slice(this.#at)) ?? []
    if (all !== undefined) {
      if (!Object.hasOwn(NAMED, name)) throw new Error(`invalid character class range: ${all}`)
      this.#at += all.length
      return within(NAMED[name] ?? '')
    }
    let char = this.#next()
    if (char === '\\') {
      char = this.#next()
      const matches = escapedClass(char)
      if (matches !== undefined) return matches
      char = escapedCharacter(char)
    }
    if (this.#peek() !== '-' || this.#text[this.#at + 1] === ']') return within(char + char)
    this.#at++
    let last = this.#next()
    if (last === '\\') last = escapedCharacter(this.#next())
    if (last < char) throw new Error(`invalid character class range: ${char}-${last}`)
    return within(char + last)
  }

  #peek(): string {
    const code = this.#text.codePointAt(this.#at)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  #next(): string {
    const char = this.#peek()
    if (char === '') throw new Error('unexpected end')
    this.#at += char.length
    return char
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false
    this.#at += char.length
    return true
  }
}

function exactly(char: string): Piece {
  return { type: 'char', matches: within(char + char) }
}

/** `\d`, `\w`, `\s`, and in capitals everything else; undefined for other letters. */
function escapedClass(char: string): ((code: number) => boolean) | undefined {
  const ranges = ESCAPES[char.toLowerCase()]
  if (ranges === undefined) return undefined
  const matches = within(ranges)
  return char === char.toLowerCase() ? matches : (code) => !matches(code)
}

function escapedCharacter(char: string): string {
  const control = CONTROLS[char]
  if (control !== undefined) return control
  if (/\w/.test(char)) throw new Error(`\\${char} is not understood here`)
  return char
}

/** A test for ranges of characters, given as pairs of the first and the last. */
function within(ranges: string): (code: number) => boolean {
  const codes = Array.from(ranges, (char) => char.codePointAt(0) ?? 0)
  return (code) => {
    for (let at = 0; at + 1 < codes.length; at += 2) {
      if (code >= (codes[at] ?? 0) && code <= (codes[at + 1] ?? 0)) return true
    }
    return false
  }
}
