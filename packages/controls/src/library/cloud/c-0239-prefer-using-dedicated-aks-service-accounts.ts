/** Prefer using dedicated AKS Service Accounts. */
import { defaultAccountBound } from '../../checks/default-accounts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0239',
  name: 'Prefer using dedicated AKS Service Accounts',
  baseScore: 7,
  scope: ['AKS'],
  why: 'A binding gives rights to the ServiceAccount `default` of a namespace in this AKS cluster. Every pod that names no account has these rights, whether it needs them or not.',
  repair:
    'Make a ServiceAccount for the application that needs the role, with Workload ID if it uses Azure, name it in `spec.serviceAccountName`, and replace the `default` entry in `subjects` of the binding. Look for other pods of the namespace that have come to rely on it.',
  references: ['aksSecurity', 'serviceAccounts'],
  checks: [defaultAccountBound],
})
