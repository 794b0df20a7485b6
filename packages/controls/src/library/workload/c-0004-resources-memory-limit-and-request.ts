/** Resources memory limit and request. */
import { resourcesWithin } from '../../checks/resources.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0004',
  name: 'Resources memory limit and request',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  isOperational: true,
  actionRequired: 'configuration',
  why: 'The container has no memory request or no memory limit, or a value outside the bounds that you have set. A leak in it can then use up the memory of the node, and the kernel kills processes of other pods.',
  repair:
    'Set `resources.requests.memory` and `resources.limits.memory` on the container, for instance from the peak that your monitoring shows plus a reserve. Beyond its limit a container is killed, so test under load. Bounds come from the inputs `memory_request_max`, `memory_limit_max` and their `_min` twins.',
  references: ['resources'],
  checks: [
    resourcesWithin('resources-memory-limit-and-request', [
      { list: 'limits', resource: 'memory', min: 'memory_limit_min', max: 'memory_limit_max' },
      { list: 'requests', resource: 'memory', min: 'memory_request_min', max: 'memory_request_max' },
    ]),
  ],
})
