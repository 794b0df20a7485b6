/** Ensure that the API Server --audit-log-maxbackup argument is set to 10 or as appropriate. */
import { reviewedFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0132',
  name: 'Ensure that the API Server --audit-log-maxbackup argument is set to 10 or as appropriate',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'How many rotated audit logs are kept needs a look by someone who knows the load: too few, and busy hours push out the traces of the last days.',
  repair:
    'Set `--audit-log-maxbackup` to 10, or to the number that together with `--audit-log-maxsize` holds the time you need. Then add an exception for this control, which reports every value for review.',
  references: ['auditing', 'apiServerFlags'],
  checks: [
    reviewedFlag({
      name: 'ensure-that-the-api-server-audit-log-maxbackup-argument-is-set-to-10-or-as-appropriate',
      component: API_SERVER,
      flag: '--audit-log-maxbackup',
      absent: 'fails',
    }),
  ],
})
