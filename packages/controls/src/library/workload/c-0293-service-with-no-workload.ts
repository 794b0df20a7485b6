/** Service with no workload. */
import { matching, noLabels, WORKLOADS_AND_CONTROLLERS } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { wrong } from '../../finding.ts'
import { services, serviceSelectors } from '../../projections/services.ts'
import { workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const unused: JoinedCheck = {
  shape: 'joined',
  name: 'service-with-no-workload',
  match: [...WORKLOADS_AND_CONTROLLERS, matching('v1', 'Service')],
  tests: 'matched',
  needs: [workloads, services],
  across: [],
  *judge(tables): Generator<Outcome> {
    const selectors = tables.once(serviceSelectors)
    const used = new Set<number>()
    for (const workload of tables.rows(workloads)) {
      for (const service of selectors.select(workload.namespace, workload.podLabels)) used.add(service.ref)
    }
    for (const service of tables.rows(services)) {
      if (service.type === 'ExternalName' || noLabels(service.selector) || used.has(service.ref)) continue
      yield { subject: service.ref, findings: [wrong('spec.selector')] }
    }
  },
}

export default defineControl({
  id: 'C-0293',
  name: 'Service with no workload',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'No workload in the namespace has the labels that this Service selects, so connections to it fail. Anyone who may create a pod with those labels receives the traffic that clients still send.',
  repair:
    'Compare `spec.selector` with the labels in `spec.template.metadata.labels` of the workload and correct it, or delete the Service if the workload is gone. If the workload is deployed from elsewhere, include its manifests in the scan.',
  references: ['labels', 'services'],
  checks: [unused],
})
