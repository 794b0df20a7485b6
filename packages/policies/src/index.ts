/** Controls in Rego and CEL, of users and of published bundles, as checks. */
export { readCustomPolicies, type CustomOptions } from './custom/read-custom-policies.ts'
export { CUSTOM_RULES } from './custom/frameworks.ts'
export type { PolicyOptions } from './policy-options.ts'
export { NO_POLICIES, type PolicyFile, type PolicyProblem, type PolicySet, type PolicySource } from './policy-set.ts'
