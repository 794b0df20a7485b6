/**
 * Bounds on walks through values. A value may hold another twice, which holds another twice: forty lines make one that nobody can
 * walk through. What compares, hashes and writes values counts the parts that it visits, and the evaluation ends where they are too many.
 */

/** What is counted in one go; it fits the small integers of JavaScript. */
const MOST = 1_000_000_000

/** What a part costs that is written: texts are made of pieces, which take more than a look at a value. */
export const COST_OF_TEXT = 32

let left = MOST
let isBounded = false

/**
 * Counts parts of values that are visited or made.
 * @throws {RangeError} when an evaluation has visited too many
 */
export function visit(parts: number): void {
  left -= parts
  if (left < 0) exhausted()
}

/** What is left to the evaluation that goes on, for `resume`. */
export interface Effort {
  readonly left: number
  readonly isBounded: boolean
}

/** Starts counting for an evaluation, which may visit so many parts; gives back what was counted before. */
export function bound(parts: number): Effort {
  const before = { left, isBounded }
  left = Math.min(parts, MOST)
  isBounded = true
  return before
}

/** Counts on as before an evaluation. */
export function resume(effort: Effort): void {
  left = effort.left
  isBounded = effort.isBounded
}

/** Outside of evaluations nothing is bounded. */
function exhausted(): void {
  if (isBounded) throw new RangeError('too many parts of values were compared or written')
  left = MOST
}
