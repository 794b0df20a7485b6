/** Ensure that the certificate authorities file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0168',
  name: 'Ensure that the certificate authorities file permissions are set to 600 or more restrictive',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The client CA file of the kubelet has a mode wider than 600. Whoever can write it may add a CA of their own and then run commands in every pod of the node.',
  repair:
    'Run `chmod 600` on the file that `authentication.x509.clientCAFile` names, usually `/etc/kubernetes/pki/ca.crt`. Programs that read it without being root need a copy first.',
  references: ['kubeletAuthentication', 'certificates'],
  needs: needsNodeFacts('KubeletInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-certificate-authorities-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'KubeletInfo',
      at: ['data.clientCAFile'],
      max: 0o600,
    }),
  ],
})
