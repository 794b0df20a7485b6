/** Administrative Roles. */
import { administrators } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0035',
  name: 'Administrative Roles',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'The subject may use every verb on every resource of the core API group or of all groups. Whoever gets hold of it can read all Secrets and start pods of any kind that its role covers, which in a ClusterRole means control of the cluster.',
  repair:
    'Review whether this subject must be an administrator; if not, bind it to a Role that lists the needed `resources` and `verbs`, for instance `edit` or `view`. See what it can do with `kubectl auth can-i --list --as=<subject>`. Add an exception for the break-glass accounts that you keep.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [administrators],
})
