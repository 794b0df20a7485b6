/** Patterns of selectors without an engine for regular expressions: what people write, in linear time. */
import type { Matcher } from './selector.ts'

/** Understands letters, `.`, `*` and `+` behind one of them, `|` between alternatives, and a backslash before a sign. */
export const simpleMatcher: Matcher = (pattern) => {
  const alternatives = pattern
    .replace(/^\^?(?:\((?!\?)([^()]*)\)|([^()]*))\$?$/, (_, inner?: string, plain?: string) => inner ?? plain ?? '')
    .split('|')
    .map(parse)
  return (text) => alternatives.some((steps) => matches(steps, text))
}

interface Step {
  /** Undefined for any character. */
  readonly char: string | undefined
  readonly least: 0 | 1
  readonly isMany: boolean
}

function parse(pattern: string): Step[] {
  const body = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')
  const steps: Step[] = []
  for (let at = 0; at < body.length; at++) {
    let char = body[at] ?? ''
    const isEscaped = char === '\\'
    if (isEscaped) char = body[++at] ?? ''
    if (!isEscaped && /[()[\]{}?*+^$]/.test(char)) throw new Error(`${JSON.stringify(char)} is not understood here`)
    const sign = body[at + 1]
    const isMany = sign === '*' || sign === '+'
    if (isMany) at++
    steps.push({ char: !isEscaped && char === '.' ? undefined : char, least: sign === '*' ? 0 : 1, isMany })
  }
  return steps
}

/** Follows all ways through the pattern at once. */
function matches(steps: readonly Step[], text: string): boolean {
  let places = closure(new Set([0]), steps)
  for (const char of text) {
    const next = new Set<number>()
    for (const place of places) {
      const step = steps[place]
      if (step === undefined || (step.char !== undefined && step.char !== char)) continue
      next.add(place + 1)
      if (step.isMany) next.add(place)
    }
    // A step that may repeat is left through the place behind it; it must not be entered anew as obligatory.
    places = closure(next, steps)
    if (places.size === 0) return false
  }
  return places.has(steps.length)
}

function closure(places: Set<number>, steps: readonly Step[]): Set<number> {
  for (const place of places) if (steps[place]?.least === 0) places.add(place + 1)
  return places
}
