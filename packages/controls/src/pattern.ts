/** Patterns given by users, in the syntax of Go's regexp package as far as JavaScript has it. */

const LEADING_FLAGS = /^\(\?([ims]+)\)/
const COMPILED = new WeakMap<readonly string[], Map<string, readonly RegExp[]>>()

/**
 * Compiles a pattern. A leading group of flags (`(?i)`) and the anchors `\A` and `\z` are understood.
 * @throws {SyntaxError} when the pattern cannot be read; inputs are checked when they are loaded, so not while judging
 */
export function compilePattern(pattern: string, flags: string): RegExp {
  const leading = LEADING_FLAGS.exec(pattern)
  const source = pattern
    .slice(leading?.[0].length ?? 0)
    .replaceAll(String.raw`\A`, '^')
    .replaceAll(String.raw`\z`, '$')
  return new RegExp(source, [...new Set(`${flags}${leading?.[1] ?? ''}`)].join(''))
}

/** True when any of the patterns is found in the text. A list is compiled once, into one pattern where that is possible. */
export function matchesAny(patterns: readonly string[], text: string, flags: string): boolean {
  let byFlags = COMPILED.get(patterns)
  if (byFlags === undefined) COMPILED.set(patterns, (byFlags = new Map<string, readonly RegExp[]>()))
  let compiled = byFlags.get(flags)
  if (compiled === undefined) byFlags.set(flags, (compiled = compileAll(patterns, flags)))
  return compiled.some((pattern) => pattern.test(text))
}

function compileAll(patterns: readonly string[], flags: string): readonly RegExp[] {
  // Groups that are numbered or named, and flags of their own, would mix in one pattern.
  const isPlain = patterns.every((pattern) => !LEADING_FLAGS.test(pattern) && !/\\[1-9k]|\(\?</.test(pattern))
  if (patterns.length < 2 || !isPlain) return patterns.map((pattern) => compilePattern(pattern, flags))
  return [compilePattern(patterns.map((pattern) => `(?:${pattern})`).join('|'), flags)]
}
