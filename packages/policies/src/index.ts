/** Controls in Rego and CEL, of users and of published bundles, as checks. */
export { COMPATIBLE_VERSION, readBundle, type BundleOptions } from './bundle/read-bundle.ts'
export { compileProblems } from './compile-problems.ts'
export { CUSTOM_RULES } from './custom/frameworks.ts'
export { readCustomPolicies, type CustomOptions } from './custom/read-custom-policies.ts'
export { joinSets } from './join-sets.ts'
export { lockOf, verifyLock } from './lock.ts'
export type { PolicyOptions } from './policy-options.ts'
export { NO_POLICIES, type PolicyFile, type PolicyProblem, type PolicySet, type PolicySource } from './policy-set.ts'
