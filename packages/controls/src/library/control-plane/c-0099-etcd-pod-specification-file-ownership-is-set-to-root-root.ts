/** Ensure that the etcd pod specification file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0099',
  name: 'Ensure that the etcd pod specification file ownership is set to root:root',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The manifest of etcd has another owner than root. That owner can start etcd without TLS or with another data directory and so read or replace the state of the cluster.',
  repair:
    'Run `chown root:root /etc/kubernetes/manifests/etcd.yaml` on the etcd nodes; etcd itself never reads this file, only the kubelet does.',
  references: ['staticPods', 'etcd', 'etcdSecurity'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-etcd-pod-specification-file-ownership-is-set-to-root-root',
      kind: 'ControlPlaneInfo',
      at: ['data.etcdConfigFile'],
    }),
  ],
})
