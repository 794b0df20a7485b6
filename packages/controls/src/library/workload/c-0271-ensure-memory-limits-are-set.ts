/** Ensure memory limits are set. */
import { isSet } from '../../checks/values.ts'
import { eachLastingContainer } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0271',
  name: 'Ensure memory limits are set',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  why: 'The container may take all memory of its node. A leak or an attack can then make the kernel kill processes of other pods, or the kubelet evict them.',
  repair:
    'Set `resources.limits.memory` on the container with room above its observed peak: when it is exceeded, the container is killed and restarted. Tell runtimes with their own heap, such as Java or Node.js, to stay below the limit.',
  references: ['resources'],
  attackSteps: { 'service-destruction': 'Denial of service' },
  checks: [
    eachLastingContainer({ name: 'resources-memory-limits' }, (container) =>
      isSet(container.get('resources', 'limits', 'memory'))
        ? undefined
        : missing(container.at('resources.limits.memory'), 'YOUR_VALUE'),
    ),
  ],
})
