/** Prefer using dedicated EKS Service Accounts. */
import { defaultAccountBound, defaultAccountMounts } from '../../checks/default-accounts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0225',
  name: 'Prefer using dedicated EKS Service Accounts',
  baseScore: 7,
  scope: ['EKS'],
  why: 'Pods on EKS use the account `default`: it has rights by a binding, or its token is mounted without being asked for. An IAM role or a Role given to it then belongs to every pod of the namespace.',
  repair:
    'Create a ServiceAccount for each application, with an IAM role by `eks.amazonaws.com/role-arn` or Pod Identity if it uses AWS. Move the entries for `default` in `subjects` of bindings to it, and set `automountServiceAccountToken: false` on the default account.',
  references: ['eksSecurity', 'serviceAccounts'],
  checks: [defaultAccountBound, defaultAccountMounts],
})
