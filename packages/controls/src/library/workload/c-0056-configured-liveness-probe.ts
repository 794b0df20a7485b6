/** Configured liveness probe. */
import { eachLastingContainer } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0056',
  name: 'Configured liveness probe',
  baseScore: 4,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'Without a liveness probe Kubernetes restarts the container only when its process ends. An application that hangs or deadlocks stays in that state until a person notices.',
  repair:
    'Add `livenessProbe` to the container with a cheap test of the process itself; do not test databases or other services with it, or their failure restarts every replica. Use a `startupProbe` for slow starts. Jobs end by themselves: add an exception for them.',
  references: ['probes'],
  checks: [
    eachLastingContainer({ name: 'configured-liveness-probe' }, (container) =>
      container.get('livenessProbe') ? undefined : missing(container.at('livenessProbe'), 'YOUR_VALUE'),
    ),
  ],
})
