/** What is wrong with the programs of controls, found by compiling all of them. */
import type { PolicyProblem, PolicySet } from './policy-set.ts'
import { BrokenCheck } from './rule/broken-check.ts'
import { UNUSABLE } from './rule/unusable.ts'

/** Compiles every program of a set, and gives the problems: each once, however many controls have it. */
export function compileProblems({ controls }: Pick<PolicySet, 'controls'>): PolicyProblem[] {
  const broken = controls.flatMap(({ checks }) => checks).filter((check) => check instanceof BrokenCheck)
  // Of what is unusable the problems were noted when it was read.
  const telling = [...new Set(broken)].filter(({ failure }) => failure.code !== UNUSABLE)
  return telling.map(({ failure: { code, message, hint, place } }) => ({
    code: code as PolicyProblem['code'],
    message,
    hint,
    ...place,
  }))
}
