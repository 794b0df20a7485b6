/** List Kubernetes secrets. */
import { listSecrets } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0015',
  name: 'List Kubernetes secrets',
  baseScore: 7,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'The subject can read Secrets with `get`, `list` or `watch`. Listing returns the contents too, so one stolen token is enough to copy every password, key and certificate in the namespaces that the role covers.',
  repair:
    'Remove `secrets` or `*` from `rules[].resources`, or the read verbs from `rules[].verbs`. Mount the few Secrets that an application needs as files in place of reading them by the API. Check with `kubectl auth can-i list secrets --as=<subject>`, and add an exception for controllers that must read them.',
  references: ['secretsGoodPractices', 'rbacGoodPractices'],
  checks: [listSecrets],
})
