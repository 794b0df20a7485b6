/** Ensure that the API Server --audit-log-maxage argument is set to 30 or as appropriate. */
import { valueOf } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0131',
  name: 'Ensure that the API Server --audit-log-maxage argument is set to 30 or as appropriate',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Audit logs are kept for less than 30 days, or nothing says how long they are kept. Many intrusions are noticed only after weeks, and by then their traces may be gone.',
  repair:
    'Set `--audit-log-maxage=30` or the number of days that your rules ask for. See that `--audit-log-maxbackup` and `--audit-log-maxsize` do not cut the time short.',
  references: ['auditing', 'apiServerFlags'],
  checks: [
    valueOf({
      name: 'ensure-that-the-api-server-audit-log-maxage-argument-is-set-to-30-or-as-appropriate',
      component: API_SERVER,
      flag: '--audit-log-maxage',
      isBad: (value) => value !== '' && Number(value) < 30,
      good: '30',
    }),
  ],
})
