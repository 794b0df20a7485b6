/** Service account token authentication should not be used for users. */
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0287',
  name: 'Service account token authentication should not be used for users',
  baseScore: 4,
  scope: ['cluster'],
  actionRequired: 'manual review',
  why: 'Tokens of ServiceAccounts are made for programs. When people use them, requests in the audit log no longer tell who made them, and a copied token works without a second factor.',
  repair:
    'Search kubeconfig files and password stores for tokens of ServiceAccounts, and Secrets of type `kubernetes.io/service-account-token` that nobody mounts; delete those. Give people their own identities by OIDC, and bind roles to their groups.',
  references: ['authentication', 'serviceAccounts'],
  checks: [],
})
