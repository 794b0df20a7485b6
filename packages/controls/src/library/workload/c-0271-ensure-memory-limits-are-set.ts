/** Ensure memory limits are set. */
import { isSet } from '../../checks/values.ts'
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0271',
  name: 'Ensure memory limits are set',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'resources-memory-limits', lists: REGULAR }, (container) =>
      isSet(container.get('resources', 'limits', 'memory')) ? undefined : missing(container.at('resources.limits.memory'), 'YOUR_VALUE'),
    ),],
})
