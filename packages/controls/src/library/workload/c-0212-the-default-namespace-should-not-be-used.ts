/** The default namespace should not be used. */
import { matching, type Match } from '@kubescape/resources'
import { inDefaultNamespace, workloadsInDefaultNamespace } from '../../checks/default-namespace.ts'
import { defineControl } from '../../control.ts'

/**
 * What else is judged, with the object of the kind that Kubernetes itself keeps there. Servers before 1.23 have autoscalers in
 * versions before `v2` only.
 */
const KINDS: readonly (readonly [name: string, match: Match, builtIn?: string])[] = [
  ['rolebinding', matching('rbac.authorization.k8s.io/v1', 'RoleBinding')],
  ['role', matching('rbac.authorization.k8s.io/v1', 'Role')],
  ['configmap', matching('v1', 'ConfigMap'), 'kube-root-ca.crt'],
  ['endpoints', matching('v1', 'Endpoints'), 'kubernetes'],
  ['persistentvolumeclaim', matching('v1', 'PersistentVolumeClaim')],
  ['podtemplate', matching('v1', 'PodTemplate')],
  ['replicationcontroller', matching('v1', 'ReplicationController')],
  ['service', matching('v1', 'Service'), 'kubernetes'],
  ['serviceaccount', matching('v1', 'ServiceAccount'), 'default'],
  ['endpointslice', matching('discovery.k8s.io/v1', 'EndpointSlice'), 'kubernetes'],
  ['horizontalpodautoscaler', matching('autoscaling/*', 'HorizontalPodAutoscaler')],
  ['lease', matching('coordination.k8s.io/v1', 'Lease')],
  ['csistoragecapacity', matching('storage.k8s.io/*', 'CSIStorageCapacity')],
  ['ingress', matching('networking.k8s.io/v1', 'Ingress')],
  ['poddisruptionbudget', matching('policy/v1', 'PodDisruptionBudget')],
  ['resources-secret', matching('v1', 'Secret')],
]

export default defineControl({
  id: 'C-0212',
  name: 'The default namespace should not be used',
  baseScore: 4,
  category: 'Workload',
  scope: ['cluster'],
  why: 'The object is in the namespace `default`, or it names none and lands wherever the current context points. What is there shares Roles, quotas and policies with everything else that nobody has sorted, and one mistake reaches all of it.',
  repair:
    'Create namespaces for your applications and set `metadata.namespace` of the object; most kinds have to be deleted and created again. Move what refers to each other together: a pod can use Secrets, ConfigMaps, accounts and claims of its own namespace only.',
  references: ['namespaces'],
  checks: [
    workloadsInDefaultNamespace,
    ...KINDS.map(([name, match, builtIn]) => inDefaultNamespace(`${name}-in-default-namespace`, [match], builtIn)),
  ],
})
