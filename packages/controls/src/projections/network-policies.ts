/** Network policies of Kubernetes and Cilium, as far as joins to pods and namespaces need them. */
import {
  asList,
  asMap,
  asTexts,
  field,
  landingNamespace,
  matching,
  readSelector,
  selectsAll,
  type LabelSelector,
  type Match,
  type Value,
} from '@kubescape/resources'

import { projection } from '../projection.ts'

/** The kinds of network policies. */
export const NETWORK_POLICIES: readonly Match[] = [
  matching('networking.k8s.io/*', 'NetworkPolicy'),
  matching('cilium.io/v2', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'),
]

/** What is kept of a policy: a Kubernetes policy has one spec, a Cilium policy may have several. */
export interface PolicyFacts {
  readonly kind: string
  readonly namespace: string
  readonly writtenNamespace: string
  readonly specs: readonly PolicySpec[]
}

/** One spec of a policy. */
export interface PolicySpec {
  readonly selector: LabelSelector
  /** It says something about incoming or outgoing traffic. */
  readonly directional: boolean
  /** Cilium: it does not switch off default deny for both directions. */
  readonly denies: boolean
}

/** Every network policy. */
export const networkPolicies = projection('network-policies', NETWORK_POLICIES, (resource): PolicyFacts => {
  const { kind, namespace } = resource.identity
  const specs = kind === 'NetworkPolicy' ? [kubernetesSpec(resource.object['spec'])] : ciliumSpecs(resource.object)
  return {
    kind,
    namespace: kind === 'CiliumClusterwideNetworkPolicy' ? '' : landingNamespace(resource.identity),
    writtenNamespace: namespace,
    specs,
  }
})

/** True when a clusterwide policy denies by default for every pod: its selector is empty and it has a direction. */
export function coversCluster(policy: PolicyFacts): boolean {
  return (
    policy.kind === 'CiliumClusterwideNetworkPolicy' &&
    policy.specs.some((spec) => selectsAll(spec.selector) && spec.directional && spec.denies)
  )
}

function kubernetesSpec(value: Value | undefined): PolicySpec {
  const spec = asMap(value)
  const types = asTexts(spec?.['policyTypes'])
  return {
    selector: readSelector(spec?.['podSelector']),
    // A policy without types is one for Ingress, as the API reference says, and for Egress if it has such rules.
    directional: types.length === 0 || types.includes('Ingress') || types.includes('Egress'),
    denies: true,
  }
}

function ciliumSpecs(object: Value): PolicySpec[] {
  const all = [field(object, 'spec'), ...asList(field(object, 'specs'))].map(asMap).filter((spec) => spec !== undefined)
  return all.map((spec) => {
    const deny = asMap(spec['enableDefaultDeny'])
    return {
      selector: readSelector(spec['endpointSelector']),
      directional: 'ingress' in spec || 'egress' in spec,
      denies: !(deny?.['ingress'] === false && deny['egress'] === false),
    }
  })
}
