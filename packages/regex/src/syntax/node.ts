/** The tree of a pattern. */
import type { CharSet } from './char-set.ts'

/** A part of a pattern; flags are already worked into it. Groups are those that capture, numbered from 1. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | Repeat
  | { readonly kind: 'group'; readonly node: PatternNode; readonly index: number }

/** A condition on the place between two characters. */
export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge'

/** A part that may come several times. */
export interface Repeat {
  readonly kind: 'repeat'
  readonly node: PatternNode
  readonly least: number
  /** `Infinity` where there is no bound. */
  readonly most: number
  /** Takes as much as it can. */
  readonly isGreedy: boolean
}

/** A pattern that was read. */
export interface Pattern {
  readonly node: PatternNode
  /** Names of the capturing groups, in their order; empty for those without one. */
  readonly groups: readonly string[]
}
