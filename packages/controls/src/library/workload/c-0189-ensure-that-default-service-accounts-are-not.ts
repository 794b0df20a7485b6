/** Ensure that default service accounts are not actively used. */
import { defaultAccountMounts, namespaceWithoutAccount } from '../../checks/default-accounts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0189',
  name: 'Ensure that default service accounts are not actively used',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The ServiceAccount `default` hands its token to every pod that names no account, or a namespace has no other account. Rights that one application gets then belong to all its neighbours, and nobody can tell their requests apart.',
  repair:
    'Create a ServiceAccount per application and name it in `serviceAccountName` of the pod spec. Then set `automountServiceAccountToken: false` on the account `default` of the namespace. Pods that relied on that token lose access to the API, so look for them first.',
  references: ['serviceAccounts'],
  checks: [defaultAccountMounts, namespaceWithoutAccount],
})
