/** Configured liveness probe. */
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0056',
  name: 'Configured liveness probe',
  baseScore: 4,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'configured-liveness-probe', lists: REGULAR }, (container) =>
      container.get('livenessProbe') ? undefined : missing(container.at('livenessProbe'), 'YOUR_VALUE'),
    ),],
})
