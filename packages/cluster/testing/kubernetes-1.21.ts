/** Table: what a Kubernetes 1.21 serves, by group and version; `C` stands for types outside namespaces. Source: its API reference. */
import type { Value } from '@kubescape/resources'

import type { Asked, Reply } from './fake-api.ts'
import { statusReply } from './fake-api.ts'

const ALL = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const CREATE = ['create']

interface Type {
  readonly kind: string
  readonly plural: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
}

const n = (kind: string, plural: string, verbs: readonly string[] = ALL): Type => ({
  kind,
  plural,
  namespaced: true,
  verbs,
})
const c = (kind: string, plural: string, verbs: readonly string[] = ALL): Type => ({
  kind,
  plural,
  namespaced: false,
  verbs,
})

const RBAC = [
  c('ClusterRoleBinding', 'clusterrolebindings'),
  c('ClusterRole', 'clusterroles'),
  n('RoleBinding', 'rolebindings'),
  n('Role', 'roles'),
]
const REVIEWS = [
  n('LocalSubjectAccessReview', 'localsubjectaccessreviews', CREATE),
  c('SelfSubjectAccessReview', 'selfsubjectaccessreviews', CREATE),
  c('SelfSubjectRulesReview', 'selfsubjectrulesreviews', CREATE),
  c('SubjectAccessReview', 'subjectaccessreviews', CREATE),
]
const WEBHOOKS = [
  c('MutatingWebhookConfiguration', 'mutatingwebhookconfigurations'),
  c('ValidatingWebhookConfiguration', 'validatingwebhookconfigurations'),
]
const STORAGE = [
  c('CSIDriver', 'csidrivers'),
  c('CSINode', 'csinodes'),
  c('StorageClass', 'storageclasses'),
  c('VolumeAttachment', 'volumeattachments'),
]
const INGRESSES = [c('IngressClass', 'ingressclasses'), n('Ingress', 'ingresses')]
const AUTOSCALERS = [n('HorizontalPodAutoscaler', 'horizontalpodautoscalers')]

type Versions = Readonly<Record<string, readonly Type[]>>

const CORE: Versions = {
  v1: [
    n('Binding', 'bindings', CREATE),
    c('ComponentStatus', 'componentstatuses', ['get', 'list']),
    n('ConfigMap', 'configmaps'),
    n('Endpoints', 'endpoints'),
    n('Event', 'events'),
    n('LimitRange', 'limitranges'),
    c('Namespace', 'namespaces', ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']),
    c('Node', 'nodes'),
    n('PersistentVolumeClaim', 'persistentvolumeclaims'),
    c('PersistentVolume', 'persistentvolumes'),
    n('Pod', 'pods'),
    n('PodTemplate', 'podtemplates'),
    n('ReplicationController', 'replicationcontrollers'),
    n('ResourceQuota', 'resourcequotas'),
    n('Secret', 'secrets'),
    n('ServiceAccount', 'serviceaccounts'),
    n('Service', 'services', ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']),
  ],
}

/** Groups in the server's order; versions in its order of preference. */
const GROUPS: Readonly<Record<string, Versions>> = {
  'apiregistration.k8s.io': { v1: [c('APIService', 'apiservices')], v1beta1: [c('APIService', 'apiservices')] },
  apps: {
    v1: [
      n('ControllerRevision', 'controllerrevisions'),
      n('DaemonSet', 'daemonsets'),
      n('Deployment', 'deployments'),
      n('ReplicaSet', 'replicasets'),
      n('StatefulSet', 'statefulsets'),
    ],
  },
  'events.k8s.io': { v1: [n('Event', 'events')], v1beta1: [n('Event', 'events')] },
  'authentication.k8s.io': {
    v1: [c('TokenReview', 'tokenreviews', CREATE)],
    v1beta1: [c('TokenReview', 'tokenreviews', CREATE)],
  },
  'authorization.k8s.io': { v1: REVIEWS, v1beta1: REVIEWS },
  autoscaling: { v1: AUTOSCALERS, v2beta1: AUTOSCALERS, v2beta2: AUTOSCALERS },
  batch: { v1: [n('CronJob', 'cronjobs'), n('Job', 'jobs')], v1beta1: [n('CronJob', 'cronjobs')] },
  'certificates.k8s.io': {
    v1: [c('CertificateSigningRequest', 'certificatesigningrequests')],
    v1beta1: [c('CertificateSigningRequest', 'certificatesigningrequests')],
  },
  'networking.k8s.io': { v1: [...INGRESSES, n('NetworkPolicy', 'networkpolicies')], v1beta1: INGRESSES },
  extensions: { v1beta1: [n('Ingress', 'ingresses')] },
  policy: {
    v1: [n('PodDisruptionBudget', 'poddisruptionbudgets')],
    v1beta1: [n('PodDisruptionBudget', 'poddisruptionbudgets'), c('PodSecurityPolicy', 'podsecuritypolicies')],
  },
  'rbac.authorization.k8s.io': { v1: RBAC, v1beta1: RBAC },
  'storage.k8s.io': { v1: STORAGE, v1beta1: [...STORAGE, n('CSIStorageCapacity', 'csistoragecapacities')] },
  'admissionregistration.k8s.io': { v1: WEBHOOKS, v1beta1: WEBHOOKS },
  'apiextensions.k8s.io': {
    v1: [c('CustomResourceDefinition', 'customresourcedefinitions')],
    v1beta1: [c('CustomResourceDefinition', 'customresourcedefinitions')],
  },
  'scheduling.k8s.io': {
    v1: [c('PriorityClass', 'priorityclasses')],
    v1beta1: [c('PriorityClass', 'priorityclasses')],
  },
  'coordination.k8s.io': { v1: [n('Lease', 'leases')], v1beta1: [n('Lease', 'leases')] },
  'node.k8s.io': { v1: [c('RuntimeClass', 'runtimeclasses')], v1beta1: [c('RuntimeClass', 'runtimeclasses')] },
  'discovery.k8s.io': { v1: [n('EndpointSlice', 'endpointslices')], v1beta1: [n('EndpointSlice', 'endpointslices')] },
  'flowcontrol.apiserver.k8s.io': {
    v1beta1: [c('FlowSchema', 'flowschemas'), c('PriorityLevelConfiguration', 'prioritylevelconfigurations')],
  },
  'metrics.k8s.io': { v1beta1: [c('NodeMetrics', 'nodes', ['get', 'list']), n('PodMetrics', 'pods', ['get', 'list'])] },
}

/** Answers as a 1.21 does; groups that are named `down` have no server behind them. */
export function answerAs121({ path }: Asked, down: readonly string[] = []): Reply {
  if (path === '/api') return { body: { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] } }
  if (path === '/apis')
    return { body: { kind: 'APIGroupList', apiVersion: 'v1', groups: Object.entries(GROUPS).map(group) } }
  const [, root, ...rest] = path.split('/')
  const [name = '', version = ''] = root === 'api' ? ['', ...rest] : rest
  const types = name === '' ? CORE[version] : GROUPS[name]?.[version]
  if (types === undefined) return statusReply(404, 'NotFound', 'the server could not find the requested resource')
  if (down.includes(name)) return { status: 503, body: 'service unavailable' }
  const groupVersion = name === '' ? version : `${name}/${version}`
  return { body: { kind: 'APIResourceList', groupVersion, resources: types.flatMap(listed) } }
}

function group([name, versions]: [string, Versions]): Value {
  const all = Object.keys(versions).map((version) => ({ groupVersion: `${name}/${version}`, version }))
  // Which version is preferred is said apart: the order of the list is not to be relied on.
  return { name, versions: [...all.slice(1), ...all.slice(0, 1)], preferredVersion: all[0] ?? {} }
}

/** Types with scale and status, as most have. */
function listed({ kind, plural, namespaced, verbs }: Type): Value[] {
  const one = { name: plural, singularName: '', namespaced, kind, verbs: [...verbs] }
  if (!verbs.includes('update')) return [one]
  return [one, { ...one, name: `${plural}/status`, verbs: ['get', 'patch', 'update'] }]
}

/** The same in one document for each root, as later servers answer; groups that are named `stale` have no server behind them. */
export function answerAggregated({ path }: Asked, stale: readonly string[] = []): Reply {
  const groups = path === '/api' ? [['', CORE] as const] : Object.entries(GROUPS)
  const items = groups.map(([name, versions]) => ({
    metadata: { name },
    versions: Object.entries(versions).map(([version, types]) => ({
      version,
      freshness: stale.includes(name) ? 'Stale' : 'Current',
      resources: types.map(({ kind, plural, namespaced, verbs }) => ({
        resource: plural,
        responseKind: { group: name, version, kind },
        scope: namespaced ? 'Namespaced' : 'Cluster',
        verbs: [...verbs],
        subresources: [{ subresource: 'status', responseKind: { group: name, version, kind }, verbs: ['get'] }],
      })),
    })),
  }))
  return { body: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items } }
}
