/** Client certificate authentication should not be used for users. */
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0286',
  name: 'Client certificate authentication should not be used for users',
  baseScore: 4,
  scope: ['cluster'],
  actionRequired: 'manual review',
  why: 'Client certificates of users cannot be revoked: who has the key has the rights until it expires, also after leaving. The API server must accept certificates for its own components, so only people can tell who else uses them.',
  repair:
    'Let users sign in by OIDC or another provider that can lock them out, with `--oidc-issuer-url` or an AuthenticationConfiguration. List CertificateSigningRequests and kubeconfig files that hold `client-certificate-data`, and do not issue new ones to people.',
  references: ['authentication', 'certificates'],
  checks: [],
})
