/** Checks of network policies that several controls share. */
import { matching, meets, WORKLOADS, type LabelSelector } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { metadataProjection, type Tables } from '../projection.ts'
import { coversCluster, NETWORK_POLICIES, networkPolicies } from '../projections/network-policies.ts'
import { judgedWorkloads, NamespacedSelectors, workloads } from '../projections/workloads.ts'

interface Covering {
  readonly requirements: LabelSelector['requirements']
  /** The policy names a direction of traffic, in this spec or another. */
  readonly directional: boolean
}

/** The specs of all policies by what they select; clusterwide ones are in the namespace without a name. */
function policySelectors(tables: Tables): NamespacedSelectors<Covering> {
  const selectors = new NamespacedSelectors<Covering>()
  for (const { namespace, specs } of tables.rows(networkPolicies)) {
    const directional = specs.some((spec) => spec.directional)
    for (const { selector } of specs) {
      const { valid, pairs, requirements } = selector
      if (valid) selectors.add(namespace, pairs, { requirements, directional })
    }
  }
  return selectors
}

/** Fails workloads that no policy selects; with `directional`, only policies count that name a direction of traffic. */
export function withoutPolicy(name: string, directional: boolean, also: JoinedCheck['match']): JoinedCheck {
  return {
    shape: 'joined',
    name,
    match: [...WORKLOADS, ...NETWORK_POLICIES, ...also],
    tests: 'matched',
    needs: [workloads, networkPolicies],
    across: [],
    *judge(tables): Generator<Outcome> {
      const policies = tables.once(policySelectors)
      for (const { ref, namespace, podLabels } of judgedWorkloads(tables)) {
        const covers = (policy: Covering): boolean =>
          (policy.directional || !directional) && meets(podLabels, policy.requirements)
        const isCovered =
          policies.select(namespace, podLabels).some(covers) || policies.select('', podLabels).some(covers)
        if (!isCovered) yield { subject: ref, findings: [] }
      }
    },
  }
}

const namespaces = metadataProjection('namespaces', [matching('v1', 'Namespace')], (resource) => ({
  name: resource.identity.name,
}))

/** Namespaces in which no network policy lives. */
export const namespaceWithoutPolicy: JoinedCheck = {
  shape: 'joined',
  name: 'internal-networking',
  match: [matching('v1', 'Namespace')],
  tests: 'matched',
  needs: [namespaces, networkPolicies],
  across: [],
  *judge(tables): Generator<Outcome> {
    const policies = tables.rows(networkPolicies)
    if (policies.some(coversCluster)) return
    const covered = new Set(policies.map((policy) => policy.namespace))
    for (const namespace of tables.rows(namespaces)) {
      if (!covered.has(namespace.name)) yield { subject: namespace.ref, findings: [] }
    }
  },
}
