/** Ensure that the Kubernetes PKI certificate file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0111',
  name: 'Ensure that the Kubernetes PKI certificate file permissions are set to 600 or more restrictive',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'A certificate of the control plane has a wider mode than 600. Certificates are public, but a writable one can be exchanged, and an exchanged CA certificate makes the API server trust clients of a stranger. Mode 644, which kubeadm sets, is reported too.',
  repair:
    'Run `chmod 600 /etc/kubernetes/pki/*.crt` and the same in `pki/etcd`. If monitoring reads these files as an ordinary user, give it a copy, or keep 644 and add an exception.',
  references: ['certificates'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-Kubernetes-PKI-certificate-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'ControlPlaneInfo',
      at: ['data.PKIFiles[]'],
      suffix: '.crt',
      max: 0o600,
    }),
  ],
})
