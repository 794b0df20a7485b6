/** Sets of characters in patterns: `[a-z_]`, `\d`, `[[:alpha:]]`, `\p{Greek}`. */

/** Says whether a character (one code point) is meant. */
export type CharTest = (char: string) => boolean

/** The classes of Perl, which Go takes for ASCII. */
const PERL: Readonly<Record<string, RegExp>> = { d: /^[0-9]$/, w: /^\w$/, s: /^[\t\n\f\r ]$/ }
const POSIX: Readonly<Record<string, RegExp>> = {
  alnum: /^[0-9A-Za-z]$/,
  alpha: /^[A-Za-z]$/,
  blank: /^[\t ]$/,
  digit: /^[0-9]$/,
  lower: /^[a-z]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[\t\n\v\f\r ]$/,
  upper: /^[A-Z]$/,
  word: /^\w$/,
  xdigit: /^[0-9A-Fa-f]$/,
}
const CONTROL: Readonly<Record<string, string>> = { a: '\u0007', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** A class that a backslash names; undefined when what follows the backslash (at `at`) names none. */
export function namedClass(text: string, at: number): { test: CharTest; next: number } | undefined {
  const letter = text[at] ?? ''
  const perl = PERL[letter.toLowerCase()]
  if (perl !== undefined) return { test: orNot(perl, letter !== letter.toLowerCase()), next: at + 1 }
  if (letter !== 'p' && letter !== 'P') return undefined
  const [all, negated, braced, single] = /^(?:\{(\^?)(\w{1,40})\}|(\w))/.exec(text.slice(at + 1, at + 60)) ?? []
  const name = braced ?? single ?? ''
  if (all === undefined) throw new SyntaxError(String.raw`it has a \p without a name`)
  return { test: orNot(property(name), (letter === 'P') !== (negated === '^')), next: at + 1 + all.length }
}

/** A character that a backslash (before `at`) stands before. */
export function readEscapedChar(text: string, at: number): { char: string; next: number } {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (at >= text.length) throw new SyntaxError(String.raw`it ends in a \ `.trim())
  const control = CONTROL[char]
  if (control !== undefined) return { char: control, next: at + 1 }
  if (char === 'x') {
    const [all, braced, plain] = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(text.slice(at + 1, at + 10)) ?? []
    const code = Number.parseInt(braced ?? plain ?? '', 16)
    if (all === undefined || code > 0x10ffff) throw new SyntaxError(String.raw`it has a \x without a character`)
    return { char: String.fromCodePoint(code), next: at + 1 + all.length }
  }
  if (/[0-9A-Za-z]/.test(char)) throw new SyntaxError(`it has a \\${char}, which is not supported`)
  return { char, next: at + char.length }
}

/** The class whose `[` stands before `at`. */
export function readClass(text: string, at: number, ignoreCase: boolean): { test: CharTest; next: number } {
  const isNegated = text[at] === '^'
  let next = isNegated ? at + 1 : at
  const tests: CharTest[] = []
  for (let first = true; first || text[next] !== ']'; first = false) {
    if (next >= text.length) throw new SyntaxError('it has a [ without a ]')
    const item = readItem(text, next)
    tests.push(item.test)
    next = item.next
  }
  const includes: CharTest = (char) => tests.some((test) => test(char))
  const folded: CharTest = (char) => [char, char.toLowerCase(), char.toUpperCase()].some(includes)
  const test = ignoreCase ? folded : includes
  return { test: isNegated ? (char) => !test(char) : test, next: next + 1 }
}

/** A member of a class: a named class, a character, or a range of them. */
function readItem(text: string, at: number): { test: CharTest; next: number } {
  const [posix, not, name = ''] = /^\[:(\^?)(\w{1,10}):\]/.exec(text.slice(at, at + 20)) ?? []
  if (posix !== undefined) {
    const known = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined
    if (known === undefined) throw new SyntaxError(`it has a class that does not exist: ${posix}`)
    return { test: orNot(known, not === '^'), next: at + posix.length }
  }
  const named = text[at] === '\\' ? namedClass(text, at + 1) : undefined
  if (named !== undefined) return named
  const low = readMember(text, at)
  if (text[low.next] !== '-' || text[low.next + 1] === ']') return { test: (char) => char === low.char, next: low.next }
  const high = readMember(text, low.next + 1)
  const [from, to] = [low.char.codePointAt(0) ?? 0, high.char.codePointAt(0) ?? 0]
  if (to < from) throw new SyntaxError(`it has a range that runs backwards: ${low.char}-${high.char}`)
  return {
    test: (char) => {
      const code = char.codePointAt(0) ?? 0
      return code >= from && code <= to
    },
    next: high.next,
  }
}

function readMember(text: string, at: number): { char: string; next: number } {
  if (at >= text.length) throw new SyntaxError('it has a [ without a ]')
  if (text[at] === '\\') return readEscapedChar(text, at + 1)
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
  return { char, next: at + char.length }
}

/** A class of Unicode: a general category or a script. */
function property(name: string): RegExp {
  for (const source of [`^\\p{${name}}$`, `^\\p{Script=${name}}$`]) {
    try {
      return new RegExp(source, 'u')
    } catch {
      // The next one may know it.
    }
  }
  throw new SyntaxError(`it has a class that does not exist: ${String.raw`\p`}{${name}}`)
}

function orNot(pattern: RegExp, isNegated: boolean): CharTest {
  return (char) => pattern.test(char) !== isNegated
}
