/** Ensure that the API server pod specification file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0092',
  name: 'Ensure that the API server pod specification file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Users other than root can open the manifest of kube-apiserver on this node. Whoever may write it decides with which flags the API server starts and can switch authentication off; whoever may read it learns where keys and certificates lie.',
  repair:
    'Run `chmod 600 /etc/kubernetes/manifests/kube-apiserver.yaml` on each control plane node. The kubelet runs as root and needs no more. Set the mode in your node provisioning as well, since upgrades can write the file anew.',
  references: ['staticPods', 'apiServerFlags'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-API-server-pod-specification-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'ControlPlaneInfo',
      at: ['data.APIServerInfo.specsFile'],
      max: 0o600,
    }),
  ],
})
