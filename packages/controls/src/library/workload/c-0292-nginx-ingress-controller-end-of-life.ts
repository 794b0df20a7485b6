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
  why: '',
  repair: '',
  checks: [eachWorkload(
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
    ),],
})
