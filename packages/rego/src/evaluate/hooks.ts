/** What is told of an evaluation that is watched: for coverage, profiles and traces. */
import type { Literal, Location, Rule } from '../syntax/ast.ts'
import type { Value } from '../values/value.ts'

/** Called around every literal of a watched evaluation. */
export interface Hooks {
  /** A literal is about to be tried. */
  enter(literal: Literal, locals: () => ReadonlyMap<string, Value>): void
  /** It holds, and what follows is tried. */
  exit(literal: Literal): void
  /** What followed came back: other ways in which it holds are tried. */
  again(literal: Literal, locals: () => ReadonlyMap<string, Value>): void
  /** All ways have been tried; `didHold` when there was one. */
  leave(literal: Literal, didHold: boolean, locals: () => ReadonlyMap<string, Value>): void
  /** A rule, or an `else` of it, gave a value. */
  value(rule: Rule): void
  /** A place of a literal or rule, for those who count rows. */
  reach(location: Location): void
}
