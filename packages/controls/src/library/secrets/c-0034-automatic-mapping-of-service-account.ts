/** Automatic mapping of service account. */
import { automount } from '../../checks/automount.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0034',
  name: 'Automatic mapping of service account',
  baseScore: 6,
  category: 'Secrets',
  scope: ['cluster', 'file'],
  why: 'The pods mount a token of their ServiceAccount, by choice or because nothing switches it off. Most applications never call the API, but an intruder can use the token to explore the cluster and to gain further rights.',
  repair:
    'Set `automountServiceAccountToken: false` in the pod spec, or on the ServiceAccount if the pod spec leaves the field out. Workloads that call the Kubernetes API, such as operators, stop working without the token: add an exception for those.',
  references: ['serviceAccounts'],
  checks: [automount],
})
