/** What there is to choose from: the built-in controls and frameworks, and those of policies that the flags name. */
import { BUILT_IN, type Catalogue } from '@kubescape/controls'

import { asksForPolicies, type PolicyOptions } from '../policy-options.ts'
import { Log } from '../terminal.ts'

/**
 * The catalogue of lists and explanations. What is wrong with policies is told; nothing of Rego and CEL is loaded without any.
 * @throws {Failure} for files that cannot be read
 */
export async function knownCatalogue(options: PolicyOptions): Promise<Catalogue> {
  if (!asksForPolicies(options)) return BUILT_IN
  const { loadPolicySet } = await import('./load-set.ts')
  const { catalogue, set } = loadPolicySet(options, {})
  new Log('info').problems(set.problems)
  return catalogue
}
