/** Control inputs: the parameters of controls that users can set, with their defaults. */

/** Every input with its default: lists of texts, as in a controls-inputs file. */
export const DEFAULT_INPUTS = {
  imageRepositoryAllowList: [],
  imageDigestExemptRepositories: [],
  floatingImageTags: [],
  trustedCosignPublicKeys: [],
  insecureCapabilities: [
    'SETPCAP',
    'NET_ADMIN',
    'NET_RAW',
    'SYS_MODULE',
    'SYS_RAWIO',
    'SYS_PTRACE',
    'SYS_ADMIN',
    'SYS_BOOT',
    'MAC_OVERRIDE',
    'MAC_ADMIN',
    'PERFMON',
    'ALL',
    'BPF',
  ],
  publicRegistries: [],
  sensitiveInterfaces: [
    'nifi',
    'argo-server',
    'weave-scope-app',
    'kubeflow',
    'kubernetes-dashboard',
    'jenkins',
    'prometheus-deployment',
    'ollama',
    'vllm',
    'kserve',
    'triton-inference-server',
    'ray-dashboard',
    'ray-head',
    'mlflow',
    'jupyterhub',
    'seldon',
    'bentoml',
  ],
  max_critical_vulnerabilities: ['5'],
  max_high_vulnerabilities: ['10'],
  sensitiveKeyNames: [
    'aws_secret_access_key',
    'azure_batchai_storage_key',
    'azure_batch_key',
    'secret',
    'key',
    'password',
    'pwd',
    'token',
    'jwt',
    'bearer',
    'credential',
  ],
  sensitiveValues: [
    'BEGIN \\w+ PRIVATE KEY',
    'PRIVATE KEY',
    'eyJhbGciO',
    'JWT',
    'Bearer',
    '_key_',
    '_secret_',
    'AKIA[0-9A-Z]{16}',
    'ghp_[0-9A-Za-z]{36}',
    'AIza[0-9A-Za-z\\-_]{35}',
    'xox[baprs]-[0-9A-Za-z]{10,48}',
  ],
  sensitiveKeyNamesAllowed: [],
  sensitiveValuesAllowed: [],
  servicesNames: [
    'nifi-service',
    'argo-server',
    'minio',
    'postgres',
    'workflow-controller-metrics',
    'weave-scope-app',
    'kubernetes-dashboard',
  ],
  untrustedRegistries: [],
  memory_request_max: [],
  memory_request_min: ['0'],
  memory_limit_max: [],
  memory_limit_min: ['0'],
  cpu_request_max: [],
  cpu_request_min: ['0'],
  cpu_limit_max: [],
  cpu_limit_min: ['0'],
  sandbox_cpu_limit_max: [],
  sandbox_memory_limit_max: [],
  wlKnownNames: [
    'coredns',
    'kube-proxy',
    'event-exporter-gke',
    'kube-dns',
    '17-default-backend',
    'metrics-server',
    'ca-audit',
    'ca-dashboard-aggregator',
    'ca-notification-server',
    'ca-ocimage',
    'ca-oracle',
    'ca-posture',
    'ca-rbac',
    'ca-vuln-scan',
    'ca-webhook',
    'ca-websocket',
    'clair-clair',
  ],
  recommendedLabels: ['app', 'tier', 'phase', 'version', 'owner', 'env'],
  k8sRecommendedLabels: [
    'app.kubernetes.io/name',
    'app.kubernetes.io/instance',
    'app.kubernetes.io/version',
    'app.kubernetes.io/component',
    'app.kubernetes.io/part-of',
    'app.kubernetes.io/managed-by',
    'app.kubernetes.io/created-by',
  ],
  hardenedSandboxRuntimeClasses: ['gvisor'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Name of a control input. */
export type InputName = keyof typeof DEFAULT_INPUTS

/** The values that a scan runs with. */
export type ControlInputs = Readonly<Record<InputName, readonly string[]>> & {
  /** `eks`, `aks`, `gke` or empty where it is not known. */
  readonly cloudProvider?: string
  /** Values of inputs that policies bring, by their names. */
  readonly own?: Readonly<Record<string, readonly string[]>>
}

/** An input that is not built in: the policy that reads it declares it. */
export interface OwnInput {
  readonly name: string
  readonly about: string
  readonly defaults: readonly string[]
}

/** True for the name of a control input. */
export function isInputName(name: string): name is InputName {
  return Object.hasOwn(DEFAULT_INPUTS, name)
}

/** The values of an input that a policy brings. */
export function ownValues({ own = {} }: ControlInputs, { name, defaults }: OwnInput): readonly string[] {
  return Object.hasOwn(own, name) ? (own[name] ?? defaults) : defaults
}
