/** Deprecated Kubernetes image registry. */
import { failsIfAny } from '../../check.ts'
import { eachWorkload, EVERY_LIST } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0253',
  name: 'Deprecated Kubernetes image registry',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'A system component pulls its image from `k8s.gcr.io`. That registry has been frozen since April 2023 and gets no new versions, so the component misses fixes and fails to start once the registry is switched off.',
  repair:
    'Replace `k8s.gcr.io/` by `registry.k8s.io/` in `image`, and upgrade the component to a version that fits your Kubernetes. Open the firewall for the new host, or change your mirror. With kubeadm also set `imageRepository` in the ClusterConfiguration.',
  references: ['images'],
  checks: [
    eachWorkload({ name: 'rule-identify-old-k8s-registry' }, (workload) => {
      if (workload.namespace !== 'kube-system') return 'not-tested'
      return failsIfAny(
        workload
          .containersIn(EVERY_LIST)
          .filter((container) => container.image.startsWith('k8s.gcr.io/'))
          .map((container) => review(container.at('image'))),
      )
    }),
  ],
})
