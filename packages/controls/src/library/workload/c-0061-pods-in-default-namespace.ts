/** Pods in default namespace. */
import { asText, field } from '@kubescape/resources'
import { eachWorkload } from '../../checks/workloads.ts'
import { missing, review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0061',
  name: 'Pods in default namespace',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachWorkload({ name: 'pods-in-default-namespace' }, (workload) => {
      const namespace = asText(field(workload.resource.object, 'metadata', 'namespace'))
      if (namespace === 'default') return [review('metadata.namespace')]
      return namespace ? undefined : [missing('metadata.namespace', 'YOUR_NAMESPACE')]
    }),],
})
