/** Ensure that the API Server --audit-log-path argument is set. */
import { requiredFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0130',
  name: 'Ensure that the API Server --audit-log-path argument is set',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server writes no audit log to a file. What happened before an incident, and who did it, cannot be found out afterwards unless a webhook collects the events.',
  repair:
    'Set `--audit-log-path`, for instance to `/var/log/apiserver/audit.log`, together with `--audit-policy-file`, and mount the directory into the static Pod with `hostPath`, or the log is lost with the container.',
  references: ['auditing', 'apiServerFlags'],
  checks: [
    requiredFlag({
      name: 'ensure-that-the-api-server-audit-log-path-argument-is-set',
      component: API_SERVER,
      flag: '--audit-log-path',
      value: '/var/log/apiserver/audit.log',
    }),
  ],
})
