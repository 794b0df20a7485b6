/** table: the fields that kustomize changes unless a configuration adds to them. */
import type { FieldSpec } from './field-spec.ts'

/** A kind whose name stands in fields of others. */
export interface NameReference {
  readonly group?: string
  readonly version?: string
  readonly kind: string
  readonly fields: readonly FieldSpec[]
}

/** A workload with the path of its pod template. */
interface Workload {
  readonly kind: string
  readonly group?: string
  readonly version?: string
  readonly template: string
}

const POD: Workload = { kind: 'Pod', version: 'v1', template: '' }
const CONTROLLERS: readonly Workload[] = [
  { kind: 'ReplicationController', version: 'v1', template: 'spec/template/' },
  { kind: 'Deployment', template: 'spec/template/' },
  { kind: 'ReplicaSet', template: 'spec/template/' },
  { kind: 'DaemonSet', template: 'spec/template/' },
  { kind: 'StatefulSet', group: 'apps', template: 'spec/template/' },
  { kind: 'Job', group: 'batch', template: 'spec/template/' },
  { kind: 'CronJob', group: 'batch', template: 'spec/jobTemplate/spec/template/' },
]
const TEMPLATED: readonly Workload[] = CONTROLLERS.filter(({ kind }) => kind !== 'ReplicationController')

function selector({ kind, group, version }: Workload): Omit<FieldSpec, 'path'> {
  return { kind, ...(group === undefined ? {} : { group }), ...(version === undefined ? {} : { version }) }
}

const TERMS = [
  'affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'topologySpreadConstraints/labelSelector/matchLabels',
]

/** Labels of templates: what `labels` with `includeTemplates` changes beside the labels of objects. */
export const TEMPLATE_LABELS: readonly FieldSpec[] = [
  ...CONTROLLERS.flatMap((workload): FieldSpec[] => {
    const of = selector(workload)
    const own = { ...of, path: `${workload.template}metadata/labels`, create: true }
    if (workload.kind === 'CronJob') return [{ ...of, path: 'spec/jobTemplate/metadata/labels', create: true }, own]
    return [own]
  }),
  { kind: 'StatefulSet', group: 'apps', path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true },
]

/** Labels of objects. */
export const OBJECT_LABELS: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }]

/** Selectors. */
const SELECTORS: readonly FieldSpec[] = [
  { kind: 'Service', version: 'v1', path: 'spec/selector', create: true },
  { kind: 'ReplicationController', version: 'v1', path: 'spec/selector', create: true },
  { kind: 'Deployment', path: 'spec/selector/matchLabels', create: true },
  { kind: 'ReplicaSet', path: 'spec/selector/matchLabels', create: true },
  { kind: 'DaemonSet', path: 'spec/selector/matchLabels', create: true },
  { kind: 'StatefulSet', group: 'apps', path: 'spec/selector/matchLabels', create: true },
  ...TERMS.map((term) => ({ kind: 'Deployment', group: 'apps', path: `spec/template/spec/${term}` })),
  ...TERMS.map((term) => ({ kind: 'StatefulSet', group: 'apps', path: `spec/template/spec/${term}` })),
  { kind: 'Job', group: 'batch', path: 'spec/selector/matchLabels' },
  { kind: 'CronJob', group: 'batch', path: 'spec/jobTemplate/spec/selector/matchLabels' },
  { kind: 'PodDisruptionBudget', group: 'policy', path: 'spec/selector/matchLabels' },
  { kind: 'NetworkPolicy', group: 'networking.k8s.io', path: 'spec/podSelector/matchLabels' },
  { kind: 'NetworkPolicy', group: 'networking.k8s.io', path: 'spec/ingress/from/podSelector/matchLabels' },
  { kind: 'NetworkPolicy', group: 'networking.k8s.io', path: 'spec/egress/to/podSelector/matchLabels' },
]

/** What `commonLabels` changes. */
export const COMMON_LABELS: readonly FieldSpec[] = [...OBJECT_LABELS, ...SELECTORS, ...TEMPLATE_LABELS]

/** What `commonAnnotations` changes. */
export const COMMON_ANNOTATIONS: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  ...CONTROLLERS.flatMap((workload): FieldSpec[] => {
    const of = selector(workload)
    const own = { ...of, path: `${workload.template}metadata/annotations`, create: true }
    if (workload.kind === 'CronJob')
      return [{ ...of, path: 'spec/jobTemplate/metadata/annotations', create: true }, own]
    return [own]
  }),
]

/** What `namePrefix` and `nameSuffix` change. */
export const NAMES: readonly FieldSpec[] = [{ path: 'metadata/name' }]

/** What `namespace` changes beside the namespace of objects and the subjects of bindings. */
export const NAMESPACES: readonly FieldSpec[] = [
  { path: 'metadata/name', kind: 'Namespace', create: true },
  { path: 'spec/service/namespace', group: 'apiregistration.k8s.io', kind: 'APIService', create: true },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
]

/** What `images` changes; containers of any kind are found besides. */
export const IMAGES: readonly FieldSpec[] = [
  { path: 'spec/containers[]/image', create: true },
  { path: 'spec/initContainers[]/image', create: true },
  { path: 'spec/template/spec/containers[]/image', create: true },
  { path: 'spec/template/spec/initContainers[]/image', create: true },
]

/** What `replicas` changes. */
export const REPLICAS: readonly FieldSpec[] = [
  { path: 'spec/replicas', kind: 'Deployment', create: true },
  { path: 'spec/replicas', kind: 'ReplicationController', create: true },
  { path: 'spec/replicas', kind: 'ReplicaSet', create: true },
  { path: 'spec/replicas', kind: 'StatefulSet', create: true },
]

const RBAC = 'rbac.authorization.k8s.io'
const POD_TEMPLATE: Workload = { kind: 'PodTemplate', template: 'template/' }

/** Workloads whose templates name accounts, claims and priorities. */
const NAMING: readonly Workload[] = [POD, ...CONTROLLERS.filter(({ kind }) => kind !== 'ReplicaSet')]

/** Paths of a pod, in every kind that has one, whatever its group. */
function inPods(
  paths: readonly string[],
  workloads: readonly Workload[] = [POD, POD_TEMPLATE, ...TEMPLATED],
): FieldSpec[] {
  return workloads.flatMap(({ kind, template }) =>
    paths.map((path): FieldSpec => ({ kind, path: `${template}spec/${path}` })),
  )
}

/** References of the names of Secrets and ConfigMaps in containers. */
function inContainers(key: string, whole: string): string[] {
  return ['containers', 'initContainers'].flatMap((containers) => [
    `${containers}/env/valueFrom/${key}/name`,
    `${containers}/envFrom/${whole}/name`,
  ])
}

const RULES: readonly FieldSpec[] = [
  { path: 'rules/resourceNames', kind: 'Role' },
  { path: 'rules/resourceNames', kind: 'ClusterRole' },
]

const SCALED: readonly FieldSpec[] = [{ path: 'spec/scaleTargetRef/name', kind: 'HorizontalPodAutoscaler' }]

/** Where names of objects stand in others. */
export const NAME_REFERENCES: readonly NameReference[] = [
  { kind: 'Deployment', fields: SCALED },
  { kind: 'ReplicationController', fields: SCALED },
  { kind: 'ReplicaSet', fields: SCALED },
  { kind: 'StatefulSet', fields: SCALED },
  {
    kind: 'ConfigMap',
    version: 'v1',
    fields: [
      ...inPods([
        'volumes/configMap/name',
        'volumes/projected/sources/configMap/name',
        ...inContainers('configMapKeyRef', 'configMapRef'),
      ]),
      { path: 'spec/configSource/configMap', kind: 'Node' },
      ...RULES,
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', kind: 'Ingress' },
    ],
  },
  {
    kind: 'Secret',
    version: 'v1',
    fields: [
      ...inPods([
        'volumes/secret/secretName',
        'volumes/projected/sources/secret/name',
        ...inContainers('secretKeyRef', 'secretRef'),
        'imagePullSecrets/name',
      ]),
      { path: 'spec/tls/secretName', kind: 'Ingress' },
      { path: 'metadata/annotations/ingress.kubernetes.io\\/auth-secret', kind: 'Ingress' },
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret', kind: 'Ingress' },
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', kind: 'Ingress' },
      { path: 'imagePullSecrets/name', kind: 'ServiceAccount' },
      ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) => ({
        path: `parameters/${name}`,
        kind: 'StorageClass',
      })),
      ...RULES,
      {
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
        kind: 'Service',
        group: 'serving.knative.dev',
        version: 'v1',
      },
      { path: 'spec/azureFile/secretName', kind: 'PersistentVolume' },
    ],
  },
  {
    kind: 'Service',
    version: 'v1',
    fields: [
      { path: 'spec/serviceName', kind: 'StatefulSet', group: 'apps' },
      { path: 'spec/rules/http/paths/backend/serviceName', kind: 'Ingress' },
      { path: 'spec/backend/serviceName', kind: 'Ingress' },
      { path: 'spec/rules/http/paths/backend/service/name', kind: 'Ingress' },
      { path: 'spec/defaultBackend/service/name', kind: 'Ingress' },
      { path: 'spec/service/name', kind: 'APIService', group: 'apiregistration.k8s.io' },
      ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map((kind) => ({
        path: 'webhooks/clientConfig/service',
        kind,
        group: 'admissionregistration.k8s.io',
      })),
    ],
  },
  { kind: 'Role', group: RBAC, fields: [{ path: 'roleRef/name', kind: 'RoleBinding', group: RBAC }] },
  {
    kind: 'ClusterRole',
    group: RBAC,
    fields: [
      { path: 'roleRef/name', kind: 'RoleBinding', group: RBAC },
      { path: 'roleRef/name', kind: 'ClusterRoleBinding', group: RBAC },
    ],
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fields: [
      { path: 'subjects', kind: 'RoleBinding', group: RBAC },
      { path: 'subjects', kind: 'ClusterRoleBinding', group: RBAC },
      ...inPods(['serviceAccountName'], NAMING),
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fields: inPods(['volumes/persistentVolumeClaim/claimName'], NAMING),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fields: [{ path: 'spec/volumeName', kind: 'PersistentVolumeClaim' }, ...RULES.slice(1)],
  },
  {
    kind: 'StorageClass',
    version: 'v1',
    group: 'storage.k8s.io',
    fields: [
      { path: 'spec/storageClassName', kind: 'PersistentVolume' },
      { path: 'spec/storageClassName', kind: 'PersistentVolumeClaim' },
      { path: 'spec/volumeClaimTemplates/spec/storageClassName', kind: 'StatefulSet' },
    ],
  },
  {
    kind: 'PriorityClass',
    version: 'v1',
    group: 'scheduling.k8s.io',
    fields: inPods(['priorityClassName'], NAMING),
  },
]

/** Texts of containers in which variables may stand. */
const CONTAINER_TEXTS = ['containers', 'initContainers'].flatMap((containers) =>
  ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((field) => `${containers}/${field}`),
)

/** Where `$(NAME)` stands for a variable. */
export const VARIABLE_FIELDS: readonly FieldSpec[] = [
  ...inPods(CONTAINER_TEXTS, [POD, ...TEMPLATED]),
  ...inPods(
    ['volumes/nfs/server'],
    [POD, ...TEMPLATED].filter(({ kind }) => kind !== 'CronJob' && kind !== 'StatefulSet'),
  ),
  { path: 'spec/template/metadata/annotations', kind: 'Deployment' },
  { path: 'spec/rules/host', kind: 'Ingress' },
  { path: 'spec/tls/hosts', kind: 'Ingress' },
  { path: 'spec/tls/secretName', kind: 'Ingress' },
  { path: 'spec/ports/port', kind: 'Service' },
  { path: 'spec/ports/targetPort', kind: 'Service' },
  { path: 'spec/volumeClaimTemplates/spec/nfs/server', kind: 'StatefulSet' },
  { path: 'spec/nfs/server', kind: 'PersistentVolume' },
  { path: 'metadata/labels' },
  { path: 'metadata/annotations' },
]
