/** Dangling NetworkPolicy. */
import {
  field,
  landingNamespace,
  matching,
  readSelector,
  selects,
  selectsAll,
  WORKLOADS_AND_CONTROLLERS,
} from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { wrong } from '../../finding.ts'
import { projection } from '../../projection.ts'
import { workloads, workloadsByNamespace } from '../../projections/workloads.ts'
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
  *judge(tables): Generator<Outcome> {
    for (const { ref, namespace, selector } of tables.rows(policies)) {
      if (selectsAll(selector)) continue
      const selected = tables
        .find(workloadsByNamespace, namespace)
        .some(({ podLabels }) => selects(selector, podLabels))
      if (!selected) yield { subject: ref, findings: [wrong('spec.podSelector')] }
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
