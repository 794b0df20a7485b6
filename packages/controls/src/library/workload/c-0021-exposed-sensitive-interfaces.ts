/** Exposed sensitive interfaces. */
import { containsLabels, matching, noLabels, sameLabels, WORKLOADS } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { review } from '../../finding.ts'
import { services, servicesByNamespace } from '../../projections/services.ts'
import { judgedWorkloads, workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const exposed: JoinedCheck = {
  shape: 'joined',
  name: 'exposed-sensitive-interfaces-v1',
  match: [...WORKLOADS, matching('v1', 'Service')],
  inputs: ['sensitiveInterfaces'],
  tests: 'reported',
  needs: [workloads, services],
  across: [],
  *judge(tables, inputs): Generator<Outcome> {
    for (const workload of judgedWorkloads(tables)) {
      if (!inputs.sensitiveInterfaces.some((name) => workload.name.includes(name))) continue
      const connected = tables
        .find(servicesByNamespace, workload.namespace)
        .filter(
          ({ selector }) =>
            !noLabels(selector) &&
            (containsLabels(workload.ownLabels, selector) ||
              containsLabels(workload.podLabels, selector) ||
              sameLabels(workload.matchLabels, selector)),
        )
      if (connected.length === 0) continue
      const open = connected.filter(
        ({ type, hasPublicAddress }) => type === 'NodePort' || (type === 'LoadBalancer' && hasPublicAddress),
      )
      yield open.length === 0
        ? { subject: workload.ref }
        : {
            subject: workload.ref,
            findings: [review('spec.selector.matchLabels'), review('spec.selector')],
            related: open.map(({ ref }) => ({ ref, findings: [] })),
          }
    }
  },
}

export default defineControl({
  id: 'C-0021',
  name: 'Exposed sensitive interfaces',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster'],
  actionRequired: 'configuration',
  why: 'A tool whose interface can run code or change the cluster is published by a Service of type NodePort or LoadBalancer. Many of these tools ask for no login by default, so anyone who finds the address can take over the workload.',
  repair:
    'Set `spec.type: ClusterIP` on the Service and reach the interface by `kubectl port-forward` or by an Ingress with authentication. Turn on the login of the tool. The input `sensitiveInterfaces` lists the workload names that are looked for; change it to suit your cluster.',
  references: ['services', 'ingress'],
  checks: [exposed],
})
