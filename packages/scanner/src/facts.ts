/** Facts: objects that describe nodes, clouds, registries and the API server, which no cluster serves. */
import type { Identity } from '@kubescape/resources'

/** Kinds of what nodes and clouds say of themselves. */
const OF_PLATFORMS: ReadonlySet<string> = new Set([
  'CNIInfo',
  'CloudProviderInfo',
  'ClusterDescribe',
  'ControlPlaneInfo',
  'DescribeRepositories',
  'KubeProxyInfo',
  'KubeletInfo',
  'LinuxKernelVariables',
  'LinuxSecurityHardeningStatus',
  'ListEntitiesForPolicies',
  'OpenPortsList',
  'OsReleaseFile',
  'PolicyVersion',
  'ServiceScanResult',
  'cloudProviderInfo',
])

/** Kinds of what others found out about images. */
const OF_IMAGES: ReadonlySet<string> = new Set(['ImageSignatures', 'ImageVulnerabilities'])

/** The group of everything that a node says of itself. */
const NODE_FACTS = 'hostdata.kubescape.cloud'

/** True for objects that a cluster cannot give and somebody has to: facts of nodes, descriptions of clouds, findings about images. */
export function isFact({ group, kind }: Pick<Identity, 'group' | 'kind'>): boolean {
  return OF_PLATFORMS.has(kind) || OF_IMAGES.has(kind) || group === NODE_FACTS
}

/** True for kinds that describe the platform: a control about them applies wherever such an object is found. */
export function describesPlatform(kind: string): boolean {
  return OF_PLATFORMS.has(kind) || kind === 'APIServerInfo' || kind === 'Node'
}
