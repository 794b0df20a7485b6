/** table: pages that explain what a control is about, by the keys that declarations use. */

/** A page to read. */
export interface Reference {
  readonly title: string
  readonly url: string
}

const KUBERNETES = 'https://kubernetes.io/docs'

const PAGES = {
  admissionControllers: [
    'Kubernetes: admission controllers',
    `${KUBERNETES}/reference/access-authn-authz/admission-controllers/`,
  ],
  admissionWebhooks: [
    'Kubernetes: dynamic admission control',
    `${KUBERNETES}/reference/access-authn-authz/extensible-admission-controllers/`,
  ],
  agentSandbox: ['Kubernetes SIG Apps: agent-sandbox', 'https://agent-sandbox.sigs.k8s.io/'],
  aksSecurity: [
    'Microsoft: security concepts of Azure Kubernetes Service',
    'https://learn.microsoft.com/azure/aks/concepts-security',
  ],
  apiAccess: ['Kubernetes: controlling access to the API', `${KUBERNETES}/concepts/security/controlling-access/`],
  apiServerFlags: [
    'Kubernetes: flags of kube-apiserver',
    `${KUBERNETES}/reference/command-line-tools-reference/kube-apiserver/`,
  ],
  appArmor: ['Kubernetes: AppArmor', `${KUBERNETES}/tutorials/security/apparmor/`],
  auditing: ['Kubernetes: auditing', `${KUBERNETES}/tasks/debug/debug-cluster/audit/`],
  authentication: ['Kubernetes: authentication', `${KUBERNETES}/reference/access-authn-authz/authentication/`],
  authorization: ['Kubernetes: authorization', `${KUBERNETES}/reference/access-authn-authz/authorization/`],
  autoscaling: [
    'Kubernetes: horizontal pod autoscaling',
    `${KUBERNETES}/tasks/run-application/horizontal-pod-autoscale/`,
  ],
  certificates: ['Kubernetes: PKI certificates and requirements', `${KUBERNETES}/setup/best-practices/certificates/`],
  cni: [
    'Kubernetes: network plug-ins',
    `${KUBERNETES}/concepts/extend-kubernetes/compute-storage-net/network-plugins/`,
  ],
  commonLabels: [
    'Kubernetes: recommended labels',
    `${KUBERNETES}/concepts/overview/working-with-objects/common-labels/`,
  ],
  configMaps: ['Kubernetes: ConfigMaps', `${KUBERNETES}/concepts/configuration/configmap/`],
  containerHooks: [
    'Kubernetes: container lifecycle hooks',
    `${KUBERNETES}/concepts/containers/container-lifecycle-hooks/`,
  ],
  controllerManagerFlags: [
    'Kubernetes: flags of kube-controller-manager',
    `${KUBERNETES}/reference/command-line-tools-reference/kube-controller-manager/`,
  ],
  cosign: ['Sigstore: cosign', 'https://docs.sigstore.dev/cosign/'],
  cronJobs: ['Kubernetes: CronJob', `${KUBERNETES}/concepts/workloads/controllers/cron-jobs/`],
  dashboard: ['Kubernetes: Dashboard', `${KUBERNETES}/tasks/access-application-cluster/web-ui-dashboard/`],
  deployments: ['Kubernetes: Deployments', `${KUBERNETES}/concepts/workloads/controllers/deployment/`],
  disruptions: [
    'Kubernetes: disruptions and PodDisruptionBudgets',
    `${KUBERNETES}/concepts/workloads/pods/disruptions/`,
  ],
  dns: ['Kubernetes: customising the DNS service', `${KUBERNETES}/tasks/administer-cluster/dns-custom-nameservers/`],
  eksAccessEntries: [
    'Amazon: access entries of EKS',
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  ],
  eksSecurity: [
    'Amazon: best practices for security of EKS',
    'https://docs.aws.amazon.com/eks/latest/best-practices/security.html',
  ],
  encryptionAtRest: [
    'Kubernetes: encrypting confidential data at rest',
    `${KUBERNETES}/tasks/administer-cluster/encrypt-data/`,
  ],
  environment: [
    'Kubernetes: environment variables of a container',
    `${KUBERNETES}/tasks/inject-data-application/define-environment-variable-container/`,
  ],
  etcd: ['Kubernetes: operating etcd clusters', `${KUBERNETES}/tasks/administer-cluster/configure-upgrade-etcd/`],
  etcdSecurity: ['etcd: transport security model', 'https://etcd.io/docs/latest/op-guide/security/'],
  gatewayApi: ['Kubernetes: Gateway API', `${KUBERNETES}/concepts/services-networking/gateway/`],
  gkeHardening: [
    'Google: harden your GKE cluster',
    'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster',
  ],
  images: ['Kubernetes: images', `${KUBERNETES}/concepts/containers/images/`],
  ingress: ['Kubernetes: Ingress', `${KUBERNETES}/concepts/services-networking/ingress/`],
  initContainers: ['Kubernetes: init containers', `${KUBERNETES}/concepts/workloads/pods/init-containers/`],
  istioGateways: [
    'Istio: ingress gateways',
    'https://istio.io/latest/docs/tasks/traffic-management/ingress/ingress-control/',
  ],
  jobs: ['Kubernetes: Jobs', `${KUBERNETES}/concepts/workloads/controllers/job/`],
  kubeletAuthentication: [
    'Kubernetes: authentication and authorization of the kubelet',
    `${KUBERNETES}/reference/access-authn-authz/kubelet-authn-authz/`,
  ],
  kubeletConfiguration: [
    'Kubernetes: kubelet configuration',
    `${KUBERNETES}/reference/config-api/kubelet-config.v1beta1/`,
  ],
  kubeletFlags: ['Kubernetes: flags of the kubelet', `${KUBERNETES}/reference/command-line-tools-reference/kubelet/`],
  kubeletOfKubeadm: [
    'Kubernetes: the kubelet as kubeadm sets it up',
    `${KUBERNETES}/setup/production-environment/tools/kubeadm/kubelet-integration/`,
  ],
  kubeletTls: [
    'Kubernetes: TLS bootstrapping of the kubelet',
    `${KUBERNETES}/reference/access-authn-authz/kubelet-tls-bootstrapping/`,
  ],
  kubeProxy: ['Kubernetes: flags of kube-proxy', `${KUBERNETES}/reference/command-line-tools-reference/kube-proxy/`],
  labels: ['Kubernetes: labels and selectors', `${KUBERNETES}/concepts/overview/working-with-objects/labels/`],
  linuxKernelSecurity: [
    'Kubernetes: Linux kernel security constraints',
    `${KUBERNETES}/concepts/security/linux-kernel-security-constraints/`,
  ],
  multiTenancy: ['Kubernetes: multi-tenancy', `${KUBERNETES}/concepts/security/multi-tenancy/`],
  namespaces: ['Kubernetes: namespaces', `${KUBERNETES}/concepts/overview/working-with-objects/namespaces/`],
  networkPolicies: ['Kubernetes: network policies', `${KUBERNETES}/concepts/services-networking/network-policies/`],
  nodeAuthorization: ['Kubernetes: node authorization', `${KUBERNETES}/reference/access-authn-authz/node/`],
  nodeCommunication: [
    'Kubernetes: communication between nodes and the control plane',
    `${KUBERNETES}/concepts/architecture/control-plane-node-communication/`,
  ],
  owaspTopTen: ['OWASP: Kubernetes Top Ten', 'https://owasp.org/www-project-kubernetes-top-ten/'],
  persistentVolumes: ['Kubernetes: persistent volumes', `${KUBERNETES}/concepts/storage/persistent-volumes/`],
  pidLimits: ['Kubernetes: process id limits', `${KUBERNETES}/concepts/policy/pid-limiting/`],
  podSecurityAdmission: [
    'Kubernetes: Pod Security Admission',
    `${KUBERNETES}/concepts/security/pod-security-admission/`,
  ],
  podSecurityMigration: [
    'Kubernetes: migrating from PodSecurityPolicy',
    `${KUBERNETES}/tasks/configure-pod-container/migrate-from-psp/`,
  ],
  podSecurityStandards: [
    'Kubernetes: Pod Security Standards',
    `${KUBERNETES}/concepts/security/pod-security-standards/`,
  ],
  probes: [
    'Kubernetes: liveness, readiness and startup probes',
    `${KUBERNETES}/concepts/configuration/liveness-readiness-startup-probes/`,
  ],
  rbac: ['Kubernetes: RBAC authorization', `${KUBERNETES}/reference/access-authn-authz/rbac/`],
  rbacGoodPractices: ['Kubernetes: RBAC good practices', `${KUBERNETES}/concepts/security/rbac-good-practices/`],
  releases: ['Kubernetes: releases and their support', 'https://kubernetes.io/releases/'],
  resources: [
    'Kubernetes: resource management for pods and containers',
    `${KUBERNETES}/concepts/configuration/manage-resources-containers/`,
  ],
  runtimeClass: ['Kubernetes: runtime class', `${KUBERNETES}/concepts/containers/runtime-class/`],
  schedulerFlags: [
    'Kubernetes: flags of kube-scheduler',
    `${KUBERNETES}/reference/command-line-tools-reference/kube-scheduler/`,
  ],
  scheduling: ['Kubernetes: assigning pods to nodes', `${KUBERNETES}/concepts/scheduling-eviction/assign-pod-node/`],
  seccomp: ['Kubernetes: seccomp', `${KUBERNETES}/tutorials/security/seccomp/`],
  secrets: ['Kubernetes: Secrets', `${KUBERNETES}/concepts/configuration/secret/`],
  secretsGoodPractices: [
    'Kubernetes: good practices for Secrets',
    `${KUBERNETES}/concepts/security/secrets-good-practices/`,
  ],
  securityContext: [
    'Kubernetes: security context of a pod or container',
    `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  ],
  serviceAccounts: ['Kubernetes: service accounts', `${KUBERNETES}/concepts/security/service-accounts/`],
  services: ['Kubernetes: Service', `${KUBERNETES}/concepts/services-networking/service/`],
  statefulSets: ['Kubernetes: StatefulSets', `${KUBERNETES}/concepts/workloads/controllers/statefulset/`],
  staticPods: ['Kubernetes: static Pods', `${KUBERNETES}/tasks/configure-pod-container/static-pod/`],
  storageClasses: ['Kubernetes: storage classes', `${KUBERNETES}/concepts/storage/storage-classes/`],
  supplyChain: ['SLSA: supply-chain levels for software artifacts', 'https://slsa.dev/'],
  topologySpread: [
    'Kubernetes: topology spread constraints',
    `${KUBERNETES}/concepts/scheduling-eviction/topology-spread-constraints/`,
  ],
  verifySignatures: [
    'Kubernetes: verifying signed artifacts',
    `${KUBERNETES}/tasks/administer-cluster/verify-signed-artifacts/`,
  ],
  volumes: ['Kubernetes: volumes', `${KUBERNETES}/concepts/storage/volumes/`],
  vulnerabilityScoring: ['FIRST: Common Vulnerability Scoring System', 'https://www.first.org/cvss/'],
} as const satisfies Readonly<Record<string, readonly [title: string, url: string]>>

/** A page of the table, or a published vulnerability. */
export type ReferenceKey = keyof typeof PAGES | `CVE-${number}-${number}`

/** The page that a key stands for. */
export function referenceOf(key: ReferenceKey): Reference {
  if (isPage(key)) {
    const [title, url] = PAGES[key]
    return { title, url }
  }
  return { title: key, url: `https://www.cve.org/CVERecord?id=${key}` }
}

function isPage(key: ReferenceKey): key is keyof typeof PAGES {
  return Object.hasOwn(PAGES, key)
}
