/** Dangling NetworkPolicy. */
import {
  field,
  landingNamespace,
  matching,
  meets,
  readSelector,
  selectsAll,
  WORKLOADS_AND_CONTROLLERS,
  type LabelSelector,
  type Ref,
} from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { wrong } from '../../finding.ts'
import { projection, type Row } from '../../projection.ts'
import { NamespacedSelectors, workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const policies = projection(
  'pod-selectors-of-policies',
  [matching('networking.k8s.io/v1', 'NetworkPolicy')],
  (resource) => ({
    namespace: landingNamespace(resource.identity),
    selector: readSelector(field(resource.object, 'spec', 'podSelector')),
  }),
)

const dangling: JoinedCheck = {
  shape: 'joined',
  name: 'dangling-networkpolicy',
  match: [...WORKLOADS_AND_CONTROLLERS, ...policies.match],
  tests: 'matched',
  needs: [workloads, policies],
  across: [],
  *judge(tables): Generator<Outcome> {
    const selectors = new NamespacedSelectors<Row<{ readonly selector: LabelSelector }>>()
    for (const policy of tables.rows(policies)) selectors.add(policy.namespace, policy.selector.pairs, policy)
    const used = new Set<Ref>()
    for (const { namespace, podLabels } of tables.rows(workloads)) {
      for (const { ref, selector } of selectors.select(namespace, podLabels)) {
        if (selector.valid && meets(podLabels, selector.requirements)) used.add(ref)
      }
    }
    for (const { ref, selector } of tables.rows(policies)) {
      if (!selectsAll(selector) && !used.has(ref)) yield { subject: ref, findings: [wrong('spec.podSelector')] }
    }
  },
}

export default defineControl({
  id: 'C-0299',
  name: 'Dangling NetworkPolicy',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The `podSelector` of this NetworkPolicy matches no workload in its namespace. The policy protects nothing, while its author may believe that the traffic is restricted; a misspelt label is the usual cause.',
  repair:
    'Compare `spec.podSelector` with the labels in the pod templates (`spec.template.metadata.labels`) and correct it, or move the policy to the namespace of the workload. Delete it if the workload is gone. If the workload is deployed from elsewhere, include its manifests in the scan.',
  references: ['networkPolicies'],
  checks: [dangling],
})
