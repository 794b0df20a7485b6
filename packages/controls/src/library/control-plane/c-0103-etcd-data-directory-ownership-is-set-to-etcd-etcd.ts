/** Ensure that the etcd data directory ownership is set to etcd:etcd. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0103',
  name: 'Ensure that the etcd data directory ownership is set to etcd:etcd',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The data directory of etcd does not belong to root. With etcd in a static Pod, which runs as root, no other account needs these files, and whoever owns them can read or replace every object of the cluster.',
  repair:
    'Run `chown -R root:root /var/lib/etcd`, or the directory of `--data-dir`, where etcd runs as a static Pod. Where etcd is a service with its own user, the benchmark wants `etcd:etcd` instead: keep that and add an exception for this control.',
  references: ['etcd'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-etcd-data-directory-ownership-is-set-to-etcd-etcd',
      kind: 'ControlPlaneInfo',
      at: ['data.etcdDataDir'],
    }),
  ],
})
