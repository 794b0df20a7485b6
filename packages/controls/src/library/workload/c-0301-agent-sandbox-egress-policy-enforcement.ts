/** Agent Sandbox egress policy enforcement. */
import { asList, asMap, asText, field, type Value } from '@kubescape/resources'
import type { Judgement } from '../../check.ts'
import { eachObject } from '../../checks/objects.ts'
import { SANDBOX_TEMPLATES } from '../../checks/sandboxes.ts'
import { isSet } from '../../checks/values.ts'
import { wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

const egressPolicy = eachObject(
  { name: 'agent-sandbox-egress-policy', match: SANDBOX_TEMPLATES },
  (resource): Judgement => {
    const management = field(resource.object, 'spec', 'networkPolicyManagement') ?? 'Managed'
    if (management !== 'Managed') return [wrong('spec.networkPolicyManagement')]
    const policy = asMap(field(resource.object, 'spec', 'networkPolicy'))
    if (policy === undefined) return [wrong('spec.networkPolicy')]
    const egress = policy['egress']
    // Without rules nothing may leave.
    if (!isSet(egress)) return undefined
    return Array.isArray(egress) && asList(egress).every(isScoped) ? undefined : [wrong('spec.networkPolicy.egress')]
  },
)

/** True when every peer of the rule is narrower than everything. */
function isScoped(rule: Value): boolean {
  const peers = asList(field(rule, 'to'))
  return (
    peers.length > 0 &&
    peers.every(
      (peer) =>
        isPartOfNetwork(asText(field(peer, 'ipBlock', 'cidr')) ?? '') ||
        selectsSome(field(peer, 'podSelector')) ||
        selectsSome(field(peer, 'namespaceSelector')),
    )
  )
}

function isPartOfNetwork(cidr: string): boolean {
  return cidr !== '' && !/\/0+$/.test(cidr)
}

function selectsSome(selector: Value | undefined): boolean {
  return (
    Object.keys(asMap(field(selector, 'matchLabels')) ?? {}).length > 0 ||
    asList(field(selector, 'matchExpressions')).length > 0
  )
}

export default defineControl({
  id: 'C-0301',
  name: 'Agent Sandbox egress policy enforcement',
  baseScore: 7,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The sandbox template does not confine where its pods may connect to; without `networkPolicy` the managed default lets them reach the internet. Code of an agent can then send away what it finds, load more code, or try services inside the cluster.',
  repair:
    'Leave `spec.networkPolicyManagement` at `Managed` and write `spec.networkPolicy.egress` rules whose `to` names what agents need: `ipBlock` ranges smaller than the internet, or selectors of pods and namespaces. An empty `egress` list blocks all traffic, DNS included.',
  references: ['agentSandbox', 'networkPolicies'],
  checks: [egressPolicy],
})
