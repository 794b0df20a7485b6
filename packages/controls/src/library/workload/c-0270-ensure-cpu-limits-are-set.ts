/** Ensure CPU limits are set. */
import { isSet } from '../../checks/values.ts'
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0270',
  name: 'Ensure CPU limits are set',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'resources-cpu-limits', lists: REGULAR }, (container) =>
      isSet(container.get('resources', 'limits', 'cpu')) ? undefined : missing(container.at('resources.limits.cpu'), 'YOUR_VALUE'),
    ),],
})
