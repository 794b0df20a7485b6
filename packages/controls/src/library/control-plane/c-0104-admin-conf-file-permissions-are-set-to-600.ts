/** Ensure that the admin.conf file permissions are set to 600. */
import { fileMode } from '../../checks/file-mode.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0104',
  name: 'Ensure that the admin.conf file permissions are set to 600',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Other users of this node can read or change `admin.conf`. The file holds a client key with full rights over the cluster, and Kubernetes cannot revoke such a certificate before it expires.',
  repair:
    'Run `chmod 600 /etc/kubernetes/admin.conf`. If others could read it, treat the key as stolen: renew it with `kubeadm certs renew admin.conf`, and rotate the cluster CA, which alone makes the old certificate worthless.',
  references: ['certificates', 'rbacGoodPractices'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    fileMode({
      name: 'ensure-that-the-admin.conf-file-permissions-are-set-to-600',
      kind: 'ControlPlaneInfo',
      at: ['data.adminConfigFile'],
      max: 0o600,
    }),
  ],
})
