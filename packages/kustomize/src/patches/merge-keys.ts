/** table: lists whose entries are merged by keys instead of replaced, by the types of Kubernetes. */

import type { Kind } from '../resources/identity.ts'

/** The fields of a type that lead to such lists. */
export interface Shape {
  readonly fields: Readonly<Record<string, Shape>>
  /** Of a list: the keys that tell entries apart; empty for a list of texts that are merged. */
  readonly keys?: readonly string[]
}

function shape(fields: Readonly<Record<string, Shape>>): Shape {
  return { fields }
}

/** A list that is merged by keys; `entry` is the type of its entries. */
function listBy(keys: readonly string[], entry: Shape = shape({})): Shape {
  return { fields: entry.fields, keys }
}

/** A list of texts that are merged. */
const TEXTS: Shape = { fields: {}, keys: [] }

const CONDITIONS = listBy(['type'])
const OBJECT_META = shape({ finalizers: TEXTS, ownerReferences: listBy(['uid']) })

const CONTAINER = shape({
  env: listBy(['name']),
  ports: listBy(['containerPort', 'protocol']),
  volumeMounts: listBy(['mountPath']),
  volumeDevices: listBy(['devicePath']),
})

const POD_SPEC = shape({
  containers: listBy(['name'], CONTAINER),
  initContainers: listBy(['name'], CONTAINER),
  ephemeralContainers: listBy(['name'], CONTAINER),
  volumes: listBy(['name']),
  imagePullSecrets: listBy(['name']),
  hostAliases: listBy(['ip']),
  topologySpreadConstraints: listBy(['topologyKey', 'whenUnsatisfiable']),
})
const POD_TEMPLATE = shape({ metadata: OBJECT_META, spec: POD_SPEC })
const CONTROLLER = object({ spec: shape({ template: POD_TEMPLATE }), status: shape({ conditions: CONDITIONS }) })
const CRON_JOB = object({
  spec: shape({ jobTemplate: shape({ metadata: OBJECT_META, spec: shape({ template: POD_TEMPLATE }) }) }),
})
const WEBHOOKS = object({ webhooks: listBy(['name']) })
function object(fields: Readonly<Record<string, Shape>>): Shape {
  return shape({ metadata: OBJECT_META, ...fields })
}

const PLAIN = object({})
/** Kinds that have lists with keys in their metadata alone. */
function plain(...kinds: readonly string[]): Record<string, Shape> {
  return Object.fromEntries(kinds.map((kind) => [kind, PLAIN]))
}

const WITH_CONDITIONS = object({ status: shape({ conditions: CONDITIONS }) })

/**
 * Kinds by their API versions. kustomize has the types of Kubernetes 1.21: lists of other kinds and versions are replaced,
 * as those of own kinds are.
 */
const KINDS: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  v1: {
    ...plain('ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'PersistentVolume', 'ResourceQuota', 'Secret'),
    Namespace: WITH_CONDITIONS,
    Node: object({
      spec: shape({ podCIDRs: TEXTS }),
      status: shape({ conditions: CONDITIONS, addresses: CONDITIONS }),
    }),
    PersistentVolumeClaim: WITH_CONDITIONS,
    Pod: object({ spec: POD_SPEC, status: shape({ conditions: CONDITIONS, podIPs: listBy(['ip']) }) }),
    PodTemplate: object({ template: POD_TEMPLATE }),
    ReplicationController: CONTROLLER,
    Service: object({
      spec: shape({ ports: listBy(['port', 'protocol']) }),
      status: shape({ conditions: CONDITIONS }),
    }),
    ServiceAccount: object({ secrets: listBy(['name']) }),
  },
  'apps/v1': {
    ...plain('ControllerRevision'),
    DaemonSet: CONTROLLER,
    Deployment: CONTROLLER,
    ReplicaSet: CONTROLLER,
    StatefulSet: CONTROLLER,
  },
  'batch/v1': { CronJob: CRON_JOB, Job: CONTROLLER },
  'batch/v1beta1': { CronJob: CRON_JOB },
  'policy/v1': { PodDisruptionBudget: WITH_CONDITIONS },
  'policy/v1beta1': { ...plain('PodSecurityPolicy'), PodDisruptionBudget: WITH_CONDITIONS },
  'admissionregistration.k8s.io/v1': {
    MutatingWebhookConfiguration: WEBHOOKS,
    ValidatingWebhookConfiguration: WEBHOOKS,
  },
  'admissionregistration.k8s.io/v1beta1': {
    MutatingWebhookConfiguration: WEBHOOKS,
    ValidatingWebhookConfiguration: WEBHOOKS,
  },
  'apiextensions.k8s.io/v1': plain('CustomResourceDefinition'),
  'apiextensions.k8s.io/v1beta1': plain('CustomResourceDefinition'),
  'apiregistration.k8s.io/v1': { APIService: WITH_CONDITIONS },
  'apiregistration.k8s.io/v1beta1': { APIService: WITH_CONDITIONS },
  'autoscaling/v1': plain('HorizontalPodAutoscaler'),
  'autoscaling/v2beta1': plain('HorizontalPodAutoscaler'),
  'autoscaling/v2beta2': plain('HorizontalPodAutoscaler'),
  'certificates.k8s.io/v1': plain('CertificateSigningRequest'),
  'coordination.k8s.io/v1': plain('Lease'),
  'discovery.k8s.io/v1': plain('EndpointSlice'),
  'extensions/v1beta1': plain('Ingress'),
  'flowcontrol.apiserver.k8s.io/v1beta1': {
    ...plain('PriorityLevelConfiguration'),
    FlowSchema: WITH_CONDITIONS,
  },
  'networking.k8s.io/v1': plain('Ingress', 'IngressClass', 'NetworkPolicy'),
  'networking.k8s.io/v1beta1': plain('Ingress', 'IngressClass'),
  'node.k8s.io/v1': plain('RuntimeClass'),
  'rbac.authorization.k8s.io/v1': plain('ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'),
  'rbac.authorization.k8s.io/v1beta1': plain('ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'),
  'scheduling.k8s.io/v1': plain('PriorityClass'),
  'storage.k8s.io/v1': {
    ...plain('CSIDriver', 'StorageClass', 'VolumeAttachment'),
    CSINode: object({ spec: shape({ drivers: listBy(['name']) }) }),
  },
}

/** Shapes of kinds by their names. */
export type Shapes = ReadonlyMap<string, Shape>

/** The name that a kind has among shapes. */
export function shapeName({ group, version, kind }: Kind): string {
  return `${group === '' ? version : `${group}/${version}`}/${kind}`
}

/** What is known of the lists of a kind; undefined for kinds that nobody has described. Own shapes are instead of these. */
export function shapeOf(type: Kind, own: Shapes | undefined): Shape | undefined {
  if (own !== undefined) return own.get(shapeName(type))
  const { group, version, kind } = type
  const apiVersion = group === '' ? version : `${group}/${version}`
  const kinds = Object.hasOwn(KINDS, apiVersion) ? KINDS[apiVersion] : undefined
  return kinds !== undefined && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
}
