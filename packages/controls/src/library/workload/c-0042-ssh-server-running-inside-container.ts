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
  across: [],
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
  why: 'A Service sends port 22 or 2222 to this workload, which suggests an SSH server in the container. It is a second way in that Kubernetes neither authorises nor logs, open to guessed passwords and stolen keys.',
  repair:
    'Remove the SSH server from the image and the port from `spec.ports` of the Service; use `kubectl exec` or `kubectl debug`, which RBAC and audit logs cover. If SSH is the purpose, as for a Git or SFTP server, add an exception and admit only known callers by a NetworkPolicy.',
  references: ['services', 'networkPolicies'],
  checks: [reachableBySsh],
})
