/** Ensure that the etcd data directory permissions are set to 700 or more restrictive. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0102',
  name: 'Ensure that the etcd data directory permissions are set to 700 or more restrictive',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The data directory of etcd is open to other users of the node. Its files hold all objects of the cluster, Secrets included, in plain form unless encryption at rest is on.',
  repair:
    'Run `chmod 700 /var/lib/etcd`, or the directory that `--data-dir` names. etcd wants this mode itself and warns at start when it is wider.',
  references: ['etcd', 'encryptionAtRest'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-etcd-data-directory-permissions-are-set-to-700-or-more-restrictive',
      kind: 'ControlPlaneInfo',
      at: ['data.etcdDataDir'],
      max: 0o700,
    }),
  ],
})
