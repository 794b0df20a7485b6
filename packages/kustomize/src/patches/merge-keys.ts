/** table: lists whose entries are merged by keys instead of replaced, by the types of Kubernetes. */

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
  resources: shape({ claims: listBy(['name']) }),
})

const POD_SPEC = shape({
  containers: listBy(['name'], CONTAINER),
  initContainers: listBy(['name'], CONTAINER),
  ephemeralContainers: listBy(['name'], CONTAINER),
  volumes: listBy(['name']),
  imagePullSecrets: listBy(['name']),
  hostAliases: listBy(['ip']),
  topologySpreadConstraints: listBy(['topologyKey', 'whenUnsatisfiable']),
  resourceClaims: listBy(['name']),
  schedulingGates: listBy(['name']),
})
const POD_TEMPLATE = shape({ metadata: OBJECT_META, spec: POD_SPEC })
const CONTROLLER = object({ spec: shape({ template: POD_TEMPLATE }), status: shape({ conditions: CONDITIONS }) })
const WEBHOOKS = object({ webhooks: listBy(['name'], shape({ matchConditions: listBy(['name']) })) })
const POLICY = shape({
  matchConditions: listBy(['name']),
  variables: listBy(['name']),
})

function object(fields: Readonly<Record<string, Shape>>): Shape {
  return shape({ metadata: OBJECT_META, ...fields })
}

/** Kinds by `kind.group`. */
const KINDS: Readonly<Record<string, Shape>> = {
  'Pod.': object({ spec: POD_SPEC, status: shape({ conditions: CONDITIONS, podIPs: listBy(['ip']) }) }),
  'PodTemplate.': object({ template: POD_TEMPLATE }),
  'ReplicationController.': CONTROLLER,
  'Service.': object({
    spec: shape({ ports: listBy(['port', 'protocol']) }),
    status: shape({ conditions: CONDITIONS }),
  }),
  'ServiceAccount.': object({ secrets: listBy(['name']) }),
  'Namespace.': object({ status: shape({ conditions: CONDITIONS }) }),
  'Node.': object({
    spec: shape({ podCIDRs: TEXTS }),
    status: shape({ conditions: CONDITIONS, addresses: CONDITIONS }),
  }),
  'PersistentVolumeClaim.': object({ status: shape({ conditions: CONDITIONS }) }),
  'Deployment.apps': CONTROLLER,
  'ReplicaSet.apps': CONTROLLER,
  'DaemonSet.apps': CONTROLLER,
  'StatefulSet.apps': CONTROLLER,
  'Deployment.extensions': CONTROLLER,
  'ReplicaSet.extensions': CONTROLLER,
  'DaemonSet.extensions': CONTROLLER,
  'Job.batch': CONTROLLER,
  'CronJob.batch': object({
    spec: shape({ jobTemplate: shape({ metadata: OBJECT_META, spec: shape({ template: POD_TEMPLATE }) }) }),
  }),
  'PodDisruptionBudget.policy': object({ status: shape({ conditions: CONDITIONS }) }),
  'MutatingWebhookConfiguration.admissionregistration.k8s.io': WEBHOOKS,
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io': WEBHOOKS,
  'ValidatingAdmissionPolicy.admissionregistration.k8s.io': object({ spec: POLICY }),
  'MutatingAdmissionPolicy.admissionregistration.k8s.io': object({ spec: POLICY }),
  'FlowSchema.flowcontrol.apiserver.k8s.io': object({ status: shape({ conditions: CONDITIONS }) }),
  'APIService.apiregistration.k8s.io': object({ status: shape({ conditions: CONDITIONS }) }),
}

/** What is known of the lists of a kind; undefined for kinds that nobody has described. */
export function shapeOf(kind: string, group: string, own: ReadonlyMap<string, Shape> = new Map()): Shape | undefined {
  const name = `${kind}.${group}`
  return own.get(name) ?? (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined)
}
