/** Whoever wants to know where text comes from. */
import type { Dict, Value } from '../go/value.ts'
import type { TemplatePlace } from '../origin.ts'
import type { Frame } from './frame.ts'

/** Is told what templates do. */
export interface Tracer {
  /** An entry of a map was read; `value` is undefined when there was none. */
  read(dict: Dict, key: string, value: Value): void
  /** Arguments as a function gets them: plain, but for those that it only stores. */
  arguments(name: string, args: readonly Value[]): readonly Value[]
  /** The result of a function, with a trace; `args` have theirs. */
  result(name: string, args: readonly Value[], result: Value): Value
  /** Counts spans that are about to be copied; false when that gets too much, and their origins are to be forgotten. */
  follows(spans: number): boolean
  /** The key of an entry that `range` visits. */
  key(dict: Dict, key: string): Value
  /** The action that is being executed; undefined where no file is known. */
  place(frame: Frame): TemplatePlace | undefined
  /** Evaluates the condition of a block; what is executed until `leave` depends on it. */
  guard(frame: Frame, evaluate: () => Value): Value
  leave(frame: Frame): void
}
