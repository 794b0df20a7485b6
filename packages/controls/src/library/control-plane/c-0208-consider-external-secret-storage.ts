/** Consider external secret storage. */
import { noExternalStore } from '../../checks/encryption-config.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0208',
  name: 'Consider external secret storage',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The keys that encrypt Secrets are not held by a key store outside the cluster, as far as the encryption configuration shows. Whoever takes a control plane node gets keys and data together.',
  repair:
    'Add a `kms` provider of your key store to `resources[].providers` of the encryption configuration, such as `akeyless` or `aws-encryption-provider`. If Secrets come from an external store through an operator, add an exception.',
  references: ['encryptionAtRest', 'secretsGoodPractices'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [noExternalStore],
})
