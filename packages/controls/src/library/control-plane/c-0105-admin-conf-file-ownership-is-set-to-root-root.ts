/** Ensure that the admin.conf file ownership is set to root:root. */
import { ownedByRoot } from '../../checks/file-owner.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0105',
  name: 'Ensure that the admin.conf file ownership is set to root:root',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: '`admin.conf` belongs to a user other than root, and with it the credential of a cluster administrator. Anything that runs as this user controls the cluster.',
  repair:
    'Run `chown root:root /etc/kubernetes/admin.conf`. Give people kubeconfig files of their own with the rights that they need in place of this one.',
  references: ['certificates', 'rbacGoodPractices'],
  needs: needsNodeFacts('ControlPlaneInfo'),
  checks: [
    ownedByRoot({
      name: 'ensure-that-the-admin.conf-file-ownership-is-set-to-root-root',
      kind: 'ControlPlaneInfo',
      at: ['data.adminConfigFile'],
    }),
  ],
})
