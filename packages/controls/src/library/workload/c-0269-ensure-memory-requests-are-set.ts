/** Ensure memory requests are set. */
import { isSet } from '../../checks/values.ts'
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0269',
  name: 'Ensure memory requests are set',
  baseScore: 3,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'resources-memory-requests', lists: REGULAR }, (container) =>
      isSet(container.get('resources', 'requests', 'memory')) ? undefined : missing(container.at('resources.requests.memory'), 'YOUR_VALUE'),
    ),],
})
