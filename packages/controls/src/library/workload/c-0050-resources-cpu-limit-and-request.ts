/** Resources CPU limit and request. */
import { resourcesWithin } from '../../checks/resources.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0050',
  name: 'Resources CPU limit and request',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  isOperational: true,
  actionRequired: 'configuration',
  why: 'The container has no CPU request or no CPU limit, or a value outside the bounds that you have set. Without a request it starves when the node is busy; without a limit it starves others.',
  repair:
    'Set `resources.requests.cpu` to the normal use of the container and `resources.limits.cpu` to what it may use at most, such as `250m` and `1`. Bounds come from the inputs `cpu_request_max`, `cpu_limit_max` and their `_min` twins; leave a bound empty if you do not want it.',
  references: ['resources'],
  checks: [
    resourcesWithin('resources-cpu-limit-and-request', [
      { list: 'limits', resource: 'cpu', min: 'cpu_limit_min', max: 'cpu_limit_max' },
      { list: 'requests', resource: 'cpu', min: 'cpu_request_min', max: 'cpu_request_max' },
    ]),
  ],
})
