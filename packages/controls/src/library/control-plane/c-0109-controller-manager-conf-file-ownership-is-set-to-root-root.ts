/** Ensure that the controller-manager.conf file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0109',
  name: 'Ensure that the controller-manager.conf file ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The kubeconfig of the controller manager is owned by another user than root, who can borrow the identity `system:kube-controller-manager`.',
  repair:
    'Run `chown root:root /etc/kubernetes/controller-manager.conf` on each control plane node, and check the owner again after the next upgrade.',
  references: ['certificates'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-controller-manager.conf-file-ownership-is-set-to-root-root',
      kind: 'ControlPlaneInfo',
      at: ['data.controllerManagerInfo.configFile'],
    }),
  ],
})
