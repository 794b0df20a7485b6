/** HostNetwork access. */
import { saysTrue } from '@kubescape/resources'
import { eachWorkload } from '../../checks/workloads.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0041',
  name: 'HostNetwork access',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Network',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachWorkload({ name: 'host-network-access' }, (workload) =>
      saysTrue(workload.get('hostNetwork')) ? [removal(workload.at('hostNetwork'))] : undefined,
    ),],
})
