/** table: what each control input means, for people who set it. */
import type { InputName } from './inputs.ts'

/** What the texts of an input are. */
export type InputType = 'text' | 'pattern' | 'number' | 'quantity' | 'public key'

/** What an input is. Every input is a list of texts. */
export interface InputDescription {
  readonly type: InputType
  readonly about: string
}

export const INPUT_DESCRIPTIONS: Readonly<Record<InputName, InputDescription>> = {
  imageRepositoryAllowList: {
    type: 'text',
    about: 'beginnings of full image names that are allowed, such as `registry.example.com/`',
  },
  imageDigestExemptRepositories: { type: 'text', about: 'repositories whose images need no digest' },
  floatingImageTags: { type: 'text', about: 'tags that move, beside `latest`' },
  trustedCosignPublicKeys: { type: 'public key', about: 'public keys, in PEM, that sign images' },
  insecureCapabilities: { type: 'text', about: 'Linux capabilities that are reported when added' },
  publicRegistries: { type: 'text', about: 'registries regarded as public' },
  sensitiveInterfaces: { type: 'text', about: 'parts of workload names that stand for sensitive interfaces' },
  max_critical_vulnerabilities: { type: 'number', about: 'critical vulnerabilities allowed per image' },
  max_high_vulnerabilities: { type: 'number', about: 'high vulnerabilities allowed per image' },
  sensitiveKeyNames: { type: 'text', about: 'parts of names that suggest a credential' },
  sensitiveValues: { type: 'pattern', about: 'patterns of values that are credentials' },
  sensitiveKeyNamesAllowed: { type: 'text', about: 'parts of names that are no credentials after all' },
  sensitiveValuesAllowed: { type: 'pattern', about: 'patterns of values that are no credentials after all' },
  servicesNames: { type: 'text', about: 'names of Services that are sensitive' },
  untrustedRegistries: { type: 'text', about: 'registries that are not trusted' },
  memory_request_max: { type: 'quantity', about: 'greatest memory request of a container' },
  memory_request_min: { type: 'quantity', about: 'least memory request of a container' },
  memory_limit_max: { type: 'quantity', about: 'greatest memory limit of a container' },
  memory_limit_min: { type: 'quantity', about: 'least memory limit of a container' },
  cpu_request_max: { type: 'quantity', about: 'greatest cpu request of a container' },
  cpu_request_min: { type: 'quantity', about: 'least cpu request of a container' },
  cpu_limit_max: { type: 'quantity', about: 'greatest cpu limit of a container' },
  cpu_limit_min: { type: 'quantity', about: 'least cpu limit of a container' },
  sandbox_cpu_limit_max: { type: 'quantity', about: 'greatest cpu limit of a sandbox' },
  sandbox_memory_limit_max: { type: 'quantity', about: 'greatest memory limit of a sandbox' },
  wlKnownNames: { type: 'text', about: 'workloads that are part of the platform' },
  recommendedLabels: { type: 'text', about: 'labels of which a workload and its pods should carry one' },
  k8sRecommendedLabels: { type: 'text', about: 'common labels of which a workload and its pods should carry one' },
  hardenedSandboxRuntimeClasses: { type: 'text', about: 'runtime classes that isolate sandboxes' },
}
