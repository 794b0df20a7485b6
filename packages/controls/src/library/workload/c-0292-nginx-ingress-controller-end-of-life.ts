/** Nginx Ingress Controller End of Life. */
import { matching } from '@kubescape/resources'
import { failsIfAny } from '../../check.ts'
import { eachWorkload, REGULAR } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

const CONTROLLER_IMAGES = ['ingress-nginx/controller', 'k8s.gcr.io/ingress-nginx', 'registry.k8s.io/ingress-nginx']

export default defineControl({
  id: 'C-0292',
  name: 'Nginx Ingress Controller End of Life',
  baseScore: 6,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  why: 'The Kubernetes project retired the ingress-nginx controller in March 2026. It gets no more fixes, and it stands at the edge of the cluster where new flaws are exploited first.',
  repair:
    'Move to a maintained Ingress controller or to an implementation of the Gateway API, then remove the workload with this `image`. Annotations of ingress-nginx have no effect elsewhere: translate rewrites, authentication and limits first, and run both side by side while you switch DNS.',
  references: ['ingress', 'gatewayApi'],
  checks: [
    eachWorkload(
      {
        name: 'detect-nginx-ingress-controller-eol',
        match: [matching('apps/*', 'Deployment', 'DaemonSet', 'StatefulSet')],
      },
      (workload) =>
        failsIfAny(
          workload
            .containersIn(REGULAR)
            .filter(({ image }) => CONTROLLER_IMAGES.some((name) => image.includes(name)))
            .map((container) => review(container.at('image'))),
        ),
    ),
  ],
})
