/** Linux hardening. */
import { effective } from '../../checks/pod-security.ts'
import { eachContainer, REGULAR_AND_INIT } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0055',
  name: 'Linux hardening',
  baseScore: 4,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'linux-hardening', lists: REGULAR_AND_INIT }, (container) =>
      effective(container, 'seccompProfile').value === undefined
        ? missing(container.at('securityContext.seccompProfile'), 'YOUR_VALUE')
        : undefined,
    ),],
})
