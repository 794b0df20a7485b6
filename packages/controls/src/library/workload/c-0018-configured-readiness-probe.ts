/** Configured readiness probe. */
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0018',
  name: 'Configured readiness probe',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'configured-readiness-probe', lists: REGULAR }, (container) =>
      container.get('readinessProbe') ? undefined : missing(container.at('readinessProbe'), 'YOUR_VALUE'),
    ),],
})
