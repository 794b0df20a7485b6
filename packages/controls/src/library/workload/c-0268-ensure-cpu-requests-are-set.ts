/** Ensure CPU requests are set. */
import { isSet } from '../../checks/values.ts'
import { eachLastingContainer } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0268',
  name: 'Ensure CPU requests are set',
  baseScore: 3,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'Without a CPU request the scheduler places the container as if it used nothing. Nodes fill up, the container gets what is left when others are busy, and horizontal autoscaling by CPU use does not work.',
  repair:
    'Set `resources.requests.cpu` on the container to what it uses in normal operation, for instance `100m`; `kubectl top pod` or your monitoring shows the amount. Requests too high leave nodes half empty and pods pending.',
  references: ['resources'],
  checks: [
    eachLastingContainer({ name: 'resources-cpu-requests' }, (container) =>
      isSet(container.get('resources', 'requests', 'cpu'))
        ? undefined
        : missing(container.at('resources.requests.cpu'), 'YOUR_VALUE'),
    ),
  ],
})
