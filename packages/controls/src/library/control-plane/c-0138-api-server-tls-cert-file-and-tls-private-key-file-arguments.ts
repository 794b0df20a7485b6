/** Ensure that the API Server --tls-cert-file and --tls-private-key-file arguments are set as appropriate. */
import { requiredFlags } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0138',
  name: 'Ensure that the API Server --tls-cert-file and --tls-private-key-file arguments are set as appropriate',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server has no serving certificate of its own choosing and makes a self-signed one. Clients cannot tell it from an impostor unless they stop verifying.',
  repair:
    'Set `--tls-cert-file` and `--tls-private-key-file` to a certificate of the cluster CA that names every address clients use; kubeadm makes `/etc/kubernetes/pki/apiserver.crt` and `.key`.',
  references: ['certificates', 'apiServerFlags'],
  checks: [
    requiredFlags({
      name: 'ensure-that-the-api-server-tls-cert-file-and-tls-private-key-file-arguments-are-set-as-appropriate',
      component: API_SERVER,
      flags: [
        ['--tls-cert-file', '<path/to/tls-certificate-file.crt>'],
        ['--tls-private-key-file', '<path/to/tls-key-file.key>'],
      ],
    }),
  ],
})
