/** SSH server running inside container. */
import { matching, WORKLOADS } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { review } from '../../finding.ts'
import { services, serviceSelectors } from '../../projections/services.ts'
import { judgedWorkloads, workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const SSH_PORTS = [22, 2222]

const reachableBySsh: JoinedCheck = {
  shape: 'joined',
  name: 'rule-can-ssh-to-pod-v1',
  match: [...WORKLOADS, matching('v1', 'Service')],
  tests: 'reported',
  needs: [workloads, services],
  *judge(tables): Generator<Outcome> {
    const selectors = tables.once(serviceSelectors)
    for (const workload of judgedWorkloads(tables)) {
      const connected = [...selectors.select(workload.namespace, workload.podLabels)]
      if (connected.length === 0) continue
      const open = connected.filter((service) => service.ports.some((port) => SSH_PORTS.includes(port)))
      yield open.length === 0
        ? { subject: workload.ref }
        : {
            subject: workload.ref,
            findings: [review(workload.podLabelsPath)],
            related: open.map(({ ref }) => ({ ref, findings: [] })),
          }
    }
  },
}

export default defineControl({
  id: 'C-0042',
  name: 'SSH server running inside container',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [reachableBySsh],
})
