/** Ensure that the etcd pod specification file permissions are set to 600 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0098',
  name: 'Ensure that the etcd pod specification file permissions are set to 600 or more restrictive',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The manifest of etcd is open to more users than root. It names the data directory and the keys of the store that holds every Secret, and whoever writes it can turn client authentication off.',
  repair:
    'Run `chmod 600 /etc/kubernetes/manifests/etcd.yaml` on each node that runs etcd as a static Pod. The running member is not touched by a change of the mode.',
  references: ['staticPods', 'etcd', 'etcdSecurity'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-etcd-pod-specification-file-permissions-are-set-to-600-or-more-restrictive',
      kind: 'ControlPlaneInfo',
      at: ['data.etcdConfigFile'],
      max: 0o600,
    }),
  ],
})
