/** Ensure that the API server pod specification file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0093',
  name: 'Ensure that the API server pod specification file ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The manifest of kube-apiserver does not belong to root. Its owner can change the flags of the API server, and the kubelet restarts it with them at once.',
  repair:
    'Run `chown root:root /etc/kubernetes/manifests/kube-apiserver.yaml` on each control plane node, and find out which tool or person gave the file away before you close the matter.',
  references: ['staticPods', 'apiServerFlags'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-API-server-pod-specification-file-ownership-is-set-to-root-root',
      kind: 'ControlPlaneInfo',
      at: ['data.APIServerInfo.specsFile'],
    }),
  ],
})
