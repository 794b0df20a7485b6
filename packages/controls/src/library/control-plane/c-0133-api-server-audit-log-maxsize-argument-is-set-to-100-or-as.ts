/** Ensure that the API Server --audit-log-maxsize argument is set to 100 or as appropriate. */
import { reviewedFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0133',
  name: 'Ensure that the API Server --audit-log-maxsize argument is set to 100 or as appropriate',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The size at which the audit log is rotated should fit disk and load; without the flag files are rotated at 100 MB. This control asks a person to weigh the value.',
  repair:
    'Set `--audit-log-maxsize=100`, in megabytes, or what suits the disk of your control plane nodes. After the review add an exception, since no value passes by itself.',
  references: ['auditing', 'apiServerFlags'],
  checks: [
    reviewedFlag({
      name: 'ensure-that-the-api-server-audit-log-maxsize-argument-is-set-to-100-or-as-appropriate',
      component: API_SERVER,
      flag: '--audit-log-maxsize',
      absent: 'fails',
    }),
  ],
})
