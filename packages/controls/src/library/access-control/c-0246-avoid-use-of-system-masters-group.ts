/** Avoid use of system:masters group. */
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0246',
  name: 'Avoid use of system:masters group',
  baseScore: 8,
  scope: ['cluster'],
  actionRequired: 'manual review',
  why: 'Members of the group `system:masters` pass every authorisation check, whatever roles say, and cannot be stopped by removing a binding. A certificate with this group is valid until it expires.',
  repair:
    'Look for client certificates with the organisation `system:masters` and for kubeconfig files that hold them, such as `/etc/kubernetes/admin.conf`. Give administrators certificates or tokens with another group that a ClusterRoleBinding names in `subjects`, and lock one away for emergencies.',
  references: ['rbacGoodPractices', 'authentication'],
  checks: [],
})
