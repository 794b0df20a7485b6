/** Matches texts with a glob, in time that is linear in the text: all ways through the glob are gone at once. */
import type { GlobPart } from './glob-pattern.ts'

/** A step of the program that a glob becomes. */
type Step =
  | { readonly kind: 'test'; readonly test: (code: number) => boolean; readonly next: number }
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  | { readonly kind: 'end' }

/** A glob that can be matched with texts. */
export class GlobMatcher {
  readonly #steps: Step[] = [{ kind: 'end' }]
  readonly #start: number
  readonly #delimiters: ReadonlySet<number>
  /** A text that all of it is: then nothing needs to be gone through. */
  readonly #literal: string | undefined

  constructor(parts: readonly GlobPart[], delimiters: readonly string[]) {
    this.#delimiters = new Set(delimiters.map((delimiter) => delimiter.codePointAt(0) as number))
    this.#literal = parts.every((part) => part.kind === 'character')
      ? parts.map((part) => String.fromCodePoint(part.code)).join('')
      : undefined
    this.#start = this.#compile(parts, 0)
  }

  /** Whether the glob matches all of the text. */
  test(text: string, spend: (units: number) => void): boolean {
    if (this.#literal !== undefined) return text === this.#literal
    const steps = this.#steps
    spend(text.length)
    /** For each step the character before which it was reached last. */
    const reached = new Int32Array(steps.length).fill(-1)
    let current: number[] = []
    let following: number[] = []
    this.#reach(this.#start, 0, current, reached)
    for (let at = 0; at < text.length;) {
      if (current.length > 4) spend(current.length)
      const code = text.codePointAt(at) as number
      at += code > 0xffff ? 2 : 1
      for (const place of current) {
        const step = steps[place] as Step
        if (step.kind === 'test' && step.test(code)) this.#reach(step.next, at, following, reached)
      }
      if (following.length === 0) return false
      ;[current, following] = [following, current]
      following.length = 0
    }
    return current.some((place) => steps[place]?.kind === 'end')
  }

  /** Adds a step, or all that a fork leads to. */
  #reach(start: number, at: number, places: number[], reached: Int32Array): void {
    const waiting = [start]
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (reached[place] === at) continue
      reached[place] = at
      const step = this.#steps[place] as Step
      if (step.kind === 'fork') waiting.push(...step.next)
      else places.push(place)
    }
  }

  /** Puts steps before others, from the last to the first. */
  #compile(parts: readonly GlobPart[], after: number): number {
    return parts.reduceRight((next, part) => this.#part(part, next), after)
  }

  #part(part: GlobPart, next: number): number {
    switch (part.kind) {
      case 'character':
        return this.#add({ kind: 'test', test: (code) => code === part.code, next })
      case 'one':
        return this.#add({ kind: 'test', test: (code) => !this.#delimiters.has(code), next })
      case 'set':
        return this.#add({ kind: 'test', test: (code) => part.codes.has(code) !== part.isNegated, next })
      case 'range': {
        const { first, last, isNegated } = part
        return this.#add({ kind: 'test', test: (code) => (code >= first && code <= last) !== isNegated, next })
      }
      case 'many': {
        const fork = this.#steps.length
        const { isOver } = part
        this.#steps.push({ kind: 'fork', next: [next, fork + 1] })
        return this.#add({ kind: 'test', test: (code) => isOver || !this.#delimiters.has(code), next: fork }) - 1
      }
      default:
        return this.#add({ kind: 'fork', next: part.of.map((each) => this.#compile(each, next)) })
    }
  }

  #add(step: Step): number {
    return this.#steps.push(step) - 1
  }
}
