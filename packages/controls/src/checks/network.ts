/** Checks of network policies that several controls share. */
import { matching, selects, WORKLOADS } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { index, projection } from '../projection.ts'
import { coversCluster, NETWORK_POLICIES, networkPolicies, type PolicyFacts } from '../projections/network-policies.ts'
import { judgedWorkloads, workloads } from '../projections/workloads.ts'

const policiesByNamespace = index(networkPolicies, (row) => [row.namespace])

/** Fails workloads that no policy selects; with `directional`, only policies count that name a direction of traffic. */
export function withoutPolicy(name: string, directional: boolean, also: JoinedCheck['match']): JoinedCheck {
  return {
    shape: 'joined',
    name,
    match: [...WORKLOADS, ...NETWORK_POLICIES, ...also],
    tests: 'matched',
    needs: [workloads, networkPolicies],
    *judge(tables): Generator<Outcome> {
      for (const workload of judgedWorkloads(tables)) {
        const covers = ({ specs }: PolicyFacts): boolean =>
          (!directional || specs.some((spec) => spec.directional)) &&
          specs.some((spec) => selects(spec.selector, workload.podLabels))
        const isCovered =
          tables.find(policiesByNamespace, workload.namespace).some(covers) ||
          tables.find(policiesByNamespace, '').some(covers)
        if (!isCovered) yield { subject: workload.ref, findings: [] }
      }
    },
  }
}

const namespaces = projection('namespaces', [matching('v1', 'Namespace')], (resource) => ({
  name: resource.identity.name,
}))

/** Namespaces in which no network policy lives. */
export const namespaceWithoutPolicy: JoinedCheck = {
  shape: 'joined',
  name: 'internal-networking',
  match: [matching('v1', 'Namespace')],
  tests: 'matched',
  needs: [namespaces, networkPolicies],
  *judge(tables): Generator<Outcome> {
    const policies = tables.rows(networkPolicies)
    if (policies.some(coversCluster)) return
    const covered = new Set(policies.map((policy) => policy.namespace))
    for (const namespace of tables.rows(namespaces)) {
      if (!covered.has(namespace.name)) yield { subject: namespace.ref, findings: [] }
    }
  },
}
