/** Patterns given by users, in the syntax of Go's regexp package as far as JavaScript has it. */

const COMPILED = new Map<string, RegExp>()

/**
 * Compiles a pattern once. A leading group of flags (`(?i)`) and the anchors `\A` and `\z` are understood.
 * @throws {SyntaxError} when the pattern cannot be read; inputs are checked when they are loaded, so not while judging
 */
export function compilePattern(pattern: string, flags: string): RegExp {
  const key = `${flags}/${pattern}`
  const known = COMPILED.get(key)
  if (known !== undefined) return known
  const leading = /^\(\?([ims]+)\)/.exec(pattern)
  const source = pattern
    .slice(leading?.[0].length ?? 0)
    .replaceAll(/\\A/g, '^')
    .replaceAll(/\\z/g, '$')
  const compiled = new RegExp(source, [...new Set(`${flags}${leading?.[1] ?? ''}`)].join(''))
  COMPILED.set(key, compiled)
  return compiled
}
