/**
 * A table: the types that API servers serve objects of, by group. Sources: the Kubernetes API reference (v1.37, and
 * PodSecurityPolicy, which was served up to v1.24), Gateway API, Istio, Cilium, Agent Sandbox and Kubescape for the custom types
 * that controls know. Of groups that a type has left, such as `extensions`, nobody lists it any more.
 */
import type { Match } from './match.ts'

/** A type as paths of the API, roles and people name it. */
export interface ServedType {
  /** Empty for the core group. */
  readonly group: string
  readonly kind: string
  /** The name in paths and in rules of roles: `pods`. */
  readonly plural: string
  readonly namespaced: boolean
  /** What kubectl understands besides, such as `po`; empty where there is nothing. */
  readonly shortName: string
}

/** `Kind plural`, or `Kind plural short`. */
type Row = string

interface Group {
  readonly group: string
  readonly inNamespaces?: readonly Row[]
  readonly outside?: readonly Row[]
}

const GROUPS: readonly Group[] = [
  {
    group: '',
    inNamespaces: [
      'ConfigMap configmaps cm',
      'Endpoints endpoints ep',
      'Event events ev',
      'LimitRange limitranges limits',
      'PersistentVolumeClaim persistentvolumeclaims pvc',
      'Pod pods po',
      'PodTemplate podtemplates',
      'ReplicationController replicationcontrollers rc',
      'ResourceQuota resourcequotas quota',
      'Secret secrets',
      'Service services svc',
      'ServiceAccount serviceaccounts sa',
    ],
    outside: [
      'ComponentStatus componentstatuses cs',
      'Namespace namespaces ns',
      'Node nodes no',
      'PersistentVolume persistentvolumes pv',
    ],
  },
  {
    group: 'admissionregistration.k8s.io',
    outside: [
      'MutatingAdmissionPolicy mutatingadmissionpolicies',
      'MutatingAdmissionPolicyBinding mutatingadmissionpolicybindings',
      'MutatingWebhookConfiguration mutatingwebhookconfigurations',
      'ValidatingAdmissionPolicy validatingadmissionpolicies',
      'ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings',
      'ValidatingWebhookConfiguration validatingwebhookconfigurations',
    ],
  },
  { group: 'apiextensions.k8s.io', outside: ['CustomResourceDefinition customresourcedefinitions crd'] },
  { group: 'apiregistration.k8s.io', outside: ['APIService apiservices'] },
  {
    group: 'apps',
    inNamespaces: [
      'ControllerRevision controllerrevisions',
      'DaemonSet daemonsets ds',
      'Deployment deployments deploy',
      'ReplicaSet replicasets rs',
      'StatefulSet statefulsets sts',
    ],
  },
  { group: 'autoscaling', inNamespaces: ['HorizontalPodAutoscaler horizontalpodautoscalers hpa'] },
  { group: 'batch', inNamespaces: ['CronJob cronjobs cj', 'Job jobs'] },
  {
    group: 'certificates.k8s.io',
    inNamespaces: ['PodCertificateRequest podcertificaterequests'],
    outside: ['CertificateSigningRequest certificatesigningrequests csr', 'ClusterTrustBundle clustertrustbundles'],
  },
  {
    group: 'cilium.io',
    inNamespaces: ['CiliumNetworkPolicy ciliumnetworkpolicies cnp'],
    outside: ['CiliumClusterwideNetworkPolicy ciliumclusterwidenetworkpolicies ccnp'],
  },
  { group: 'coordination.k8s.io', inNamespaces: ['Lease leases', 'LeaseCandidate leasecandidates'] },
  { group: 'discovery.k8s.io', inNamespaces: ['EndpointSlice endpointslices'] },
  { group: 'events.k8s.io', inNamespaces: ['Event events ev'] },
  { group: 'extensions.agents.x-k8s.io', inNamespaces: ['SandboxTemplate sandboxtemplates'] },
  {
    group: 'flowcontrol.apiserver.k8s.io',
    outside: ['FlowSchema flowschemas', 'PriorityLevelConfiguration prioritylevelconfigurations'],
  },
  {
    group: 'gateway.networking.k8s.io',
    inNamespaces: [
      'Gateway gateways gtw',
      'GRPCRoute grpcroutes',
      'HTTPRoute httproutes',
      'ReferenceGrant referencegrants refgrant',
      'TCPRoute tcproutes',
      'TLSRoute tlsroutes',
      'UDPRoute udproutes',
    ],
    outside: ['GatewayClass gatewayclasses gc'],
  },
  { group: 'internal.apiserver.k8s.io', outside: ['StorageVersion storageversions'] },
  { group: 'kubescape.io', inNamespaces: ['ServiceScanResult servicesscanresults kssa'] },
  {
    group: 'networking.istio.io',
    inNamespaces: ['Gateway gateways gw', 'VirtualService virtualservices vs'],
  },
  {
    group: 'networking.k8s.io',
    inNamespaces: ['Ingress ingresses ing', 'NetworkPolicy networkpolicies netpol'],
    outside: ['IngressClass ingressclasses', 'IPAddress ipaddresses ip', 'ServiceCIDR servicecidrs'],
  },
  { group: 'node.k8s.io', outside: ['RuntimeClass runtimeclasses'] },
  {
    group: 'policy',
    inNamespaces: ['PodDisruptionBudget poddisruptionbudgets pdb'],
    outside: ['PodSecurityPolicy podsecuritypolicies psp'],
  },
  {
    group: 'rbac.authorization.k8s.io',
    inNamespaces: ['Role roles', 'RoleBinding rolebindings'],
    outside: ['ClusterRole clusterroles', 'ClusterRoleBinding clusterrolebindings'],
  },
  {
    group: 'resource.k8s.io',
    inNamespaces: ['ResourceClaim resourceclaims', 'ResourceClaimTemplate resourceclaimtemplates'],
    outside: ['DeviceClass deviceclasses', 'DeviceTaintRule devicetaintrules', 'ResourceSlice resourceslices'],
  },
  { group: 'scheduling.k8s.io', outside: ['PriorityClass priorityclasses pc'] },
  {
    group: 'storage.k8s.io',
    inNamespaces: ['CSIStorageCapacity csistoragecapacities'],
    outside: [
      'CSIDriver csidrivers',
      'CSINode csinodes',
      'StorageClass storageclasses sc',
      'VolumeAttachment volumeattachments',
      'VolumeAttributesClass volumeattributesclasses vac',
    ],
  },
  { group: 'storagemigration.k8s.io', outside: ['StorageVersionMigration storageversionmigrations'] },
]

/** Every type of the table, by group and name. */
export const SERVED_TYPES: readonly ServedType[] = GROUPS.flatMap(({ group, inNamespaces = [], outside = [] }) => [
  ...inNamespaces.map((row) => readRow(group, row, true)),
  ...outside.map((row) => readRow(group, row, false)),
])

/** The types of the table that a match selects in any version, those of all groups where it selects any group. */
export function servedTypesOf({ groups, kinds }: Match): ServedType[] {
  const wanted = new Set(kinds.map((kind) => kind.toLowerCase()))
  return SERVED_TYPES.filter(
    ({ group, kind }) =>
      (groups.includes('*') || groups.includes(group)) && (wanted.has('*') || wanted.has(kind.toLowerCase())),
  )
}

function readRow(group: string, row: Row, namespaced: boolean): ServedType {
  const [kind = '', plural = '', shortName = ''] = row.split(' ')
  return { group, kind, plural, namespaced, shortName }
}
