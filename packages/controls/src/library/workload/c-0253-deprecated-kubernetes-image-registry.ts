/** Deprecated Kubernetes image registry. */
import { failsIfAny } from '../../check.ts'
import { eachWorkload, REGULAR } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0253',
  name: 'Deprecated Kubernetes image registry',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachWorkload({ name: 'rule-identify-old-k8s-registry' }, (workload) => {
      if (workload.namespace !== 'kube-system') return 'not-tested'
      return failsIfAny(
        workload
          .containersIn(REGULAR)
          .filter((container) => container.image.startsWith('k8s.gcr.io/'))
          .map((container) => review(container.at('image'))),
      )
    }),],
})
