/** Tells whose Kubernetes it is. */
import { asText, asTextMap, field, type ValueMap } from '@kubescape/resources'

import type { ServerVersion } from './client.ts'
import type { Discovery } from './discovery/api-resource.ts'

/** Distributions, services and clouds that are told apart. */
export type Provider =
  | 'aks'
  | 'alibaba'
  | 'digitalocean'
  | 'eks'
  | 'gke'
  | 'ibm'
  | 'k0s'
  | 'k3s'
  | 'kind'
  | 'linode'
  | 'microk8s'
  | 'minikube'
  | 'oke'
  | 'openshift'
  | 'openstack'
  | 'rke2'
  | 'vsphere'

/** What is known of a cluster without asking it anything. */
export interface PlatformFacts {
  readonly version?: ServerVersion
  readonly discovery?: Discovery
  /** A few Nodes: `metadata`, `spec.providerID` and `status.nodeInfo` are looked at. */
  readonly nodes?: readonly ValueMap[]
  readonly server?: string
}

/** Whose Kubernetes it is. */
export interface Platform {
  /** Empty where nothing gives it away. */
  readonly provider: Provider | ''
  /** True where the provider runs the control plane, out of the user's reach. */
  readonly managedControlPlane: boolean
  /** What gave it away, such as `version v1.31.4-eks-2d5f260`; empty where nothing did. */
  readonly evidence: string
}

/** A fact, as `what value`. */
type Fact = readonly [what: 'version' | 'group' | 'label' | 'provider ID' | 'node' | 'server', value: string]

interface Sign {
  readonly provider: Provider
  readonly what: Fact[0]
  readonly pattern: RegExp
}

/** Services: whoever runs one of these does not see the control plane. */
const MANAGED: ReadonlySet<string> = new Set(['aks', 'alibaba', 'digitalocean', 'eks', 'gke', 'ibm', 'linode', 'oke'])

/**
 * Signs, the most telling first: the distribution, then the service, then the cloud below. A cloud's provider ID alone says
 * where the nodes run and not who runs the control plane: kubeadm on a cloud has the same.
 */
const SIGNS: readonly Sign[] = [
  { provider: 'openshift', what: 'group', pattern: /^config\.openshift\.io$/ },
  { provider: 'eks', what: 'version', pattern: /-eks-/ },
  { provider: 'gke', what: 'version', pattern: /-gke\./ },
  { provider: 'k3s', what: 'version', pattern: /\+k3s\d/ },
  { provider: 'rke2', what: 'version', pattern: /\+rke2/ },
  { provider: 'k0s', what: 'version', pattern: /\+k0s/ },
  { provider: 'alibaba', what: 'version', pattern: /-aliyun\./ },
  { provider: 'ibm', what: 'version', pattern: /\+IKS/ },
  { provider: 'aks', what: 'label', pattern: /^kubernetes\.azure\.com\/cluster$/ },
  { provider: 'eks', what: 'label', pattern: /^(?:eks\.amazonaws\.com\/|alpha\.eksctl\.io\/)/ },
  { provider: 'gke', what: 'label', pattern: /^cloud\.google\.com\/gke-/ },
  { provider: 'digitalocean', what: 'label', pattern: /^doks\.digitalocean\.com\// },
  { provider: 'oke', what: 'label', pattern: /^(?:oke\.oraclecloud\.com\/|oci\.oraclecloud\.com\/oke)/ },
  { provider: 'ibm', what: 'label', pattern: /^ibm-cloud\.kubernetes\.io\// },
  { provider: 'linode', what: 'label', pattern: /^lke\.linode\.com\// },
  { provider: 'alibaba', what: 'label', pattern: /^(?:alibabacloud\.com\/nodepool-id|ack\.aliyun\.com)$/ },
  { provider: 'microk8s', what: 'label', pattern: /^microk8s\.io\// },
  { provider: 'minikube', what: 'label', pattern: /^minikube\.k8s\.io\// },
  { provider: 'gke', what: 'group', pattern: /^(?:networking|auto)\.gke\.io$/ },
  { provider: 'eks', what: 'group', pattern: /^(?:vpcresources\.k8s\.aws|crd\.k8s\.amazonaws\.com)$/ },
  { provider: 'eks', what: 'server', pattern: /\.eks\.amazonaws\.com(?:\.cn)?$/ },
  { provider: 'aks', what: 'server', pattern: /\.azmk8s\.io$/ },
  { provider: 'digitalocean', what: 'server', pattern: /\.k8s\.ondigitalocean\.com$/ },
  { provider: 'linode', what: 'server', pattern: /\.linodelke\.net$/ },
  { provider: 'ibm', what: 'server', pattern: /\.containers\.cloud\.ibm\.com$/ },
  { provider: 'kind', what: 'provider ID', pattern: /^kind:\/\// },
  { provider: 'k3s', what: 'provider ID', pattern: /^k3s:\/\// },
  { provider: 'eks', what: 'provider ID', pattern: /^aws:\/\// },
  { provider: 'gke', what: 'provider ID', pattern: /^gce:\/\// },
  { provider: 'aks', what: 'provider ID', pattern: /^azure:\/\// },
  { provider: 'digitalocean', what: 'provider ID', pattern: /^digitalocean:\/\// },
  { provider: 'oke', what: 'provider ID', pattern: /^(?:oci:\/\/|ocid1\.)/ },
  { provider: 'ibm', what: 'provider ID', pattern: /^ibm:\/\// },
  { provider: 'linode', what: 'provider ID', pattern: /^linode:\/\// },
  { provider: 'openstack', what: 'provider ID', pattern: /^openstack:\/\// },
  { provider: 'vsphere', what: 'provider ID', pattern: /^vsphere:\/\// },
  { provider: 'minikube', what: 'node', pattern: /^minikube(?:-m\d+)?$/ },
  { provider: 'kind', what: 'node', pattern: /^kind-(?:control-plane|worker)\d*$/ },
]

/** The provider that the facts speak for, the most telling fact first. */
export function detectPlatform({ version, discovery, nodes = [], server }: PlatformFacts): Platform {
  const facts: Fact[] = [
    ['version', version?.gitVersion ?? ''],
    ['server', URL.parse(server ?? '')?.hostname ?? ''],
    ...[...new Set(discovery?.resources.map(({ group }) => group))].map((group): Fact => ['group', group]),
    ...nodes.flatMap(factsOfNode),
  ]
  for (const { provider, what, pattern } of SIGNS) {
    const fact = facts.find(([kind, value]) => kind === what && pattern.test(value))
    if (fact !== undefined) {
      return {
        provider,
        managedControlPlane: what !== 'provider ID' && MANAGED.has(provider),
        evidence: fact.join(' '),
      }
    }
  }
  return { provider: '', managedControlPlane: false, evidence: '' }
}

function factsOfNode(node: ValueMap): Fact[] {
  const labels = Object.keys(asTextMap(field(node, 'metadata', 'labels')))
  return [
    ['provider ID', asText(field(node, 'spec', 'providerID')) ?? ''],
    ['node', asText(field(node, 'metadata', 'name')) ?? ''],
    // Nodes tell the version where the server does not.
    ['version', asText(field(node, 'status', 'nodeInfo', 'kubeletVersion')) ?? ''],
    ...labels.map((label): Fact => ['label', label]),
  ]
}
