/** Ensure that the Kubernetes PKI directory and file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0110',
  name: 'Ensure that the Kubernetes PKI directory and file ownership is set to root:root',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The PKI directory of the control plane, or a file in it, belongs to someone other than root. Its owner can exchange certificates or take the CA key and then issue credentials for any user.',
  repair:
    'Run `chown -R root:root /etc/kubernetes/pki` on each control plane node. Copy certificates that another service needs to a place of its own in place of giving it files here.',
  references: ['certificates'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-Kubernetes-PKI-directory-and-file-ownership-is-set-to-root-root',
      kind: 'ControlPlaneInfo',
      at: ['data.PKIFiles[]', 'data.PKIDir'],
    }),
  ],
})
