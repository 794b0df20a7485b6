/** No rolling update strategy. */
import { asText, field, matching } from '@kubescape/resources'
import { eachObject } from '../../checks/objects.ts'
import type { Finding } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0305',
  name: 'No rolling update strategy',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'This Deployment does not use rolling updates. With `Recreate` all old pods stop before a new one starts, so each rollout is an outage, and a long one if the new version fails.',
  repair:
    'Set `spec.strategy.type: RollingUpdate`, with a readiness probe and `rollingUpdate.maxUnavailable` to suit. Two versions then run at the same time for a while. If the application cannot bear that, or its volume is `ReadWriteOnce`, keep `Recreate` and add an exception.',
  references: ['deployments', 'probes'],
  checks: [
    eachObject({ name: 'no-rolling-update-strategy', match: [matching('apps/*', 'Deployment')] }, (resource) => {
      const type = asText(field(resource.object, 'spec', 'strategy', 'type'))
      const path = 'spec.strategy.type'
      const finding: Finding = { role: 'review', path, fix: { action: 'set', path, value: 'RollingUpdate' } }
      return type === undefined || type === 'RollingUpdate' ? undefined : [finding]
    }),
  ],
})
