/** Workload with ConfigMap access. */
import { matching } from '@kubescape/resources'
import { mountsObject } from '../../checks/mounts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0258',
  name: 'Workload with ConfigMap access',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'The workload mounts a ConfigMap. Whoever breaks in learns from it about addresses and settings of other systems, and whoever may change the ConfigMap decides how the application behaves.',
  repair:
    'Remove the `volumeMounts` entry and the volume if the container does not use the ConfigMap. Otherwise choose single keys with `configMap.items`, keep credentials out of it, set `immutable: true` if it never changes, and limit `update` on `configmaps`. Where the access is meant, add an exception.',
  references: ['configMaps', 'volumes'],
  attackSteps: { 'workload-external-track': 'Data Collection' },
  checks: [mountsObject('workload-mounted-configmap', matching('v1', 'ConfigMap'), ['configMap', 'name'])],
})
