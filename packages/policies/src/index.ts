/** Controls in Rego and CEL, of users and of published bundles, as checks. */
export type { PolicyFile, PolicyProblem, PolicySet, PolicySource } from './policy-set.ts'
