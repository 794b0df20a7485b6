/** Agent Sandbox resource ceilings. */
import { resourcesWithin } from '../../checks/resources.ts'
import { SANDBOX_TEMPLATES } from '../../checks/sandboxes.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0303',
  name: 'Agent Sandbox resource ceilings',
  baseScore: 7,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'A container of this sandbox template has no ceiling for CPU or memory, or a higher one than you allow. A loop in code that an agent wrote can then take the node from everyone else.',
  repair:
    'Set `resources.limits.cpu` and `resources.limits.memory` on each container below `spec.podTemplate.spec`. Your own ceilings go into the inputs `sandbox_cpu_limit_max` and `sandbox_memory_limit_max`, such as `2` and `4Gi`; while they are empty any limit is accepted.',
  references: ['agentSandbox', 'resources'],
  checks: [
    resourcesWithin(
      'resources-sandbox-cpu-limits',
      [{ list: 'limits', resource: 'cpu', max: 'sandbox_cpu_limit_max' }],
      SANDBOX_TEMPLATES,
    ),
    resourcesWithin(
      'resources-sandbox-memory-limits',
      [{ list: 'limits', resource: 'memory', max: 'sandbox_memory_limit_max' }],
      SANDBOX_TEMPLATES,
    ),
  ],
})
