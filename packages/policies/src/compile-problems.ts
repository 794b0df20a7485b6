/** What is wrong with the programs of controls, found by compiling all of them. */
import type { PolicyProblem, PolicySet } from './policy-set.ts'
import { BrokenCheck } from './rule/broken-check.ts'

/** Compiles every program of a set, and gives the problems: each once, however many controls have it. */
export function compileProblems({ controls }: Pick<PolicySet, 'controls'>): PolicyProblem[] {
  const broken = controls.flatMap(({ checks }) => checks).filter((check) => check instanceof BrokenCheck)
  return [...new Set(broken)].map(({ failure: { code, message, hint, place } }) => ({
    code: code as PolicyProblem['code'],
    message,
    hint,
    ...place,
  }))
}
