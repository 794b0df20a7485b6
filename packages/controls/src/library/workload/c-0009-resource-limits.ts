/** Resource limits. */
import { resourcesWithin } from '../../checks/resources.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0009',
  name: 'Resource limits',
  baseScore: 7,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The container has no limit for CPU, for memory, or for both. One busy or broken container can take what the node has, and its neighbours slow down or are evicted.',
  repair:
    'Set `resources.limits.memory` and `resources.limits.cpu` on each container; a LimitRange in the namespace gives defaults for those that you cannot edit. Too low a CPU limit slows a program down, too low a memory limit ends it, so measure first.',
  references: ['resources'],
  checks: [
    resourcesWithin('resource-policies', [
      { list: 'limits', resource: 'cpu' },
      { list: 'limits', resource: 'memory' },
    ]),
  ],
})
