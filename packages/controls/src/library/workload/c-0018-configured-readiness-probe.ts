/** Configured readiness probe. */
import { eachLastingContainer } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0018',
  name: 'Configured readiness probe',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'Without a readiness probe Kubernetes sends requests as soon as the container has started. Users get errors while the application is loading, and a rollout goes on although the new version cannot serve.',
  repair:
    'Add `readinessProbe` to the container with an `httpGet`, `tcpSocket`, `grpc` or `exec` test that succeeds only when it can serve. Choose `initialDelaySeconds` and `failureThreshold` for slow starts. Jobs serve no requests: add an exception for them.',
  references: ['probes'],
  checks: [
    eachLastingContainer({ name: 'configured-readiness-probe' }, (container) =>
      container.get('readinessProbe') ? undefined : missing(container.at('readinessProbe'), 'YOUR_VALUE'),
    ),
  ],
})
