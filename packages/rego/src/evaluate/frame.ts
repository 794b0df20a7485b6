/** The pieces that a policy is compiled to: closures over a frame of local variables. */
import type { Value } from '../values/value.ts'

/**
 * The local variables of one run of a rule, function or query, by slot. Slots of comprehensions also hold what they collect, which is
 * nobody's value.
 */
export type Frame = unknown[]

/** Gives the value of a term whose variables are all bound; undefined where it has none. */
export type Read = (frame: Frame) => Value | undefined

/**
 * Runs a statement and everything after it, once for every way in which it holds. True tells all loops on the way out to stop:
 * who asked has enough.
 */
export type Step = (frame: Frame) => boolean

/** The step that is never reached by success. */
export const FAIL: Step = () => false
