/** Ensure that the API Server --client-ca-file argument is set as appropriate. */
import { requiredFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0139',
  name: 'Ensure that the API Server --client-ca-file argument is set as appropriate',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'No CA for client certificates is set, so nodes and components cannot sign in with a certificate. What remains are bearer tokens, which can be copied and replayed.',
  repair:
    'Set `--client-ca-file` on kube-apiserver to the CA that signs client certificates, usually `/etc/kubernetes/pki/ca.crt`. `--requestheader-client-ca-file` is for aggregation and does not replace it.',
  references: ['authentication', 'certificates'],
  checks: [
    requiredFlag({
      name: 'ensure-that-the-api-server-client-ca-file-argument-is-set-as-appropriate',
      component: API_SERVER,
      flag: '--client-ca-file',
      value: '<path/to/client-ca.crt>',
    }),
  ],
})
