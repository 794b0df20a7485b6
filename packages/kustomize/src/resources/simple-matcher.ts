/** Patterns of selectors without an engine for regular expressions: all ways are followed at once, so time is linear. */
import { parsePattern, type Step } from './pattern-parser.ts'
import type { Matcher } from './selector.ts'

const PLAIN = /^[\w -]*$/

/** Understands characters, classes, groups, alternatives, repetitions and `^` and `$`; no flags, `\b` and `\p`. */
export const simpleMatcher: Matcher = (pattern) => {
  if (PLAIN.test(pattern)) return (text) => text === pattern
  const steps = parsePattern(pattern)
  return (text) => run(steps, text)
}

function run(steps: readonly Step[], text: string): boolean {
  let places = reached(steps, [0], true, text.length === 0)
  let at = 0
  for (const char of text) {
    at += char.length
    const code = char.codePointAt(0) ?? 0
    const next: number[] = []
    for (const place of places) {
      const step = steps[place]
      if (step?.type === 'char' && step.matches(code)) next.push(place + 1)
    }
    if (next.length === 0) return false
    places = reached(steps, next, false, at === text.length)
  }
  return places.has(steps.length - 1)
}

/** Every step that is reached without a character. */
function reached(
  steps: readonly Step[],
  from: readonly number[],
  isStart: boolean,
  isEnd: boolean,
): ReadonlySet<number> {
  const places = new Set(from)
  for (const place of places) {
    const step = steps[place]
    if (step?.type === 'ways') for (const to of step.to) places.add(to)
    else if (step?.type === 'side' && (step.isStart ? isStart : isEnd)) places.add(place + 1)
  }
  return places
}
