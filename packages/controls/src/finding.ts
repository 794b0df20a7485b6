/** Why an object failed a check: the field at fault and the edit that would clear it. */

/** An edit: set a field to a value, or remove it. A value that begins with `YOUR_` has to be chosen by a person. */
export type Fix =
  | { readonly action: 'set'; readonly path: string; readonly value: string }
  | { readonly action: 'remove'; readonly path: string }

/**
 * One reason for a failure. `path` is a field of the failing object (`spec.containers[0].image`; `relatedObjects[1].rules[0]` for
 * a field of the second related object of a subject vector).
 * - `failed`: the field is there and wrong
 * - `review`: the field is there and a person should look at it
 * - `missing`: the field should be there; the fix sets it
 */
export interface Finding {
  readonly role: 'failed' | 'review' | 'missing'
  readonly path: string
  readonly fix?: Fix
}

/** A failure that a policy tells of in words of its own. */
export interface ExplainedFailure {
  /** Empty when no single field is at fault. */
  readonly findings: readonly Finding[]
  /** Sentences for people, each once; bounded in number and length, without secrets. */
  readonly messages: readonly string[]
}

/** The field is wrong; there is no edit to suggest. */
export function wrong(path: string): Finding {
  return { role: 'failed', path }
}

/** The field deserves a look; there is no edit to suggest. */
export function review(path: string): Finding {
  return { role: 'review', path }
}

/** The field is wrong and should go. */
export function removal(path: string): Finding {
  return { role: 'failed', path, fix: { action: 'remove', path } }
}

/** The field is wrong and should have this value. */
export function replacement(path: string, value: string): Finding {
  return { role: 'failed', path, fix: { action: 'set', path, value } }
}

/** The field is missing, or unsafe by its default, and should be set. */
export function missing(path: string, value: string): Finding {
  return { role: 'missing', path, fix: { action: 'set', path, value } }
}
