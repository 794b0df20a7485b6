/** Ensure that the controller manager pod specification file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0095',
  name: 'Ensure that the controller manager pod specification file ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'A user other than root owns the manifest of kube-controller-manager on this node, and can give it other keys, another image or a mount of the host.',
  repair:
    'Run `chown root:root /etc/kubernetes/manifests/kube-controller-manager.yaml` on the node. If configuration management owns the file, let it write as root.',
  references: ['staticPods', 'controllerManagerFlags'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-controller-manager-pod-specification-file-ownership-is-set-to-root-root',
      kind: 'ControlPlaneInfo',
      at: ['data.controllerManagerInfo.specsFile'],
    }),
  ],
})
