/** Ensure that the Kubernetes PKI key file permissions are set to 600. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0112',
  name: 'Ensure that the Kubernetes PKI key file permissions are set to 600',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'A private key of the control plane can be read by others than its owner. With the key of the CA or of service accounts anyone can make up credentials that the API server accepts.',
  repair:
    'Run `chmod 600 /etc/kubernetes/pki/*.key` and the same in `pki/etcd`. Replace keys that others could read, with all certificates that they signed.',
  references: ['certificates'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-Kubernetes-PKI-key-file-permissions-are-set-to-600',
      kind: 'ControlPlaneInfo',
      at: ['data.PKIFiles[]'],
      suffix: '.key',
      max: 0o600,
    }),
  ],
})
