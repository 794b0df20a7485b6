/** External facing. */
import { matching, WORKLOADS } from '@kubescape/resources'
import type { JoinedCheck, Outcome, Related } from '../../check.ts'
import { review } from '../../finding.ts'
import { INGRESSES, ingressBackends } from '../../projections/ingresses.ts'
import { isExternal, services, serviceSelectors } from '../../projections/services.ts'
import { judgedWorkloads, workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const exposure: JoinedCheck = {
  shape: 'joined',
  name: 'exposure-to-internet',
  match: [...WORKLOADS, matching('v1', 'Service'), ...INGRESSES],
  tests: 'matched',
  needs: [workloads, services, ingressBackends],
  across: [],
  *judge(tables): Generator<Outcome> {
    const selectors = tables.once(serviceSelectors)
    const ingresses = Map.groupBy(
      tables
        .rows(ingressBackends)
        .flatMap(({ ref, namespace, backends }) =>
          backends.map((backend) => ({ ref, key: `${namespace}/${backend.service}`, path: backend.path })),
        ),
      (backend) => backend.key,
    )
    for (const workload of judgedWorkloads(tables)) {
      const related: Related[] = []
      for (const service of selectors.select(workload.namespace, workload.podLabels)) {
        if (isExternal(service)) {
          related.push({ ref: service.ref, findings: [review('spec.type')] })
          continue
        }
        const routes = ingresses.get(`${service.namespace}/${service.name}`) ?? []
        related.push(...routes.map(({ ref, path }) => ({ ref, findings: [review(path)] })))
        if (routes.length > 0) related.push({ ref: service.ref, findings: [] })
      }
      if (related.length > 0) yield { subject: workload.ref, findings: [], related }
    }
  },
}

export default defineControl({
  id: 'C-0256',
  name: 'External facing',
  baseScore: 7,
  scope: ['cluster'],
  why: 'This workload can be reached from outside by a Service of type NodePort or LoadBalancer or by an Ingress. Every flaw in it is open to outside callers, so a break-in most likely starts here.',
  repair:
    'If nobody outside needs it, set `spec.type: ClusterIP` on the Service or remove the path from the Ingress. Otherwise require authentication, limit callers with `spec.loadBalancerSourceRanges` or a NetworkPolicy, and add an exception to record that it is meant to be public.',
  references: ['services', 'ingress'],
  exposes: 'internet',
  attackSteps: {
    'workload-external-track': 'Initial Access',
    'service-destruction': 'Initial Access',
    'external-workload-with-cluster-takeover-roles': 'Initial Access',
    'external-database-without-authentication': 'Initial Access',
    'workload-unauthenticated-service': 'Initial Access',
  },
  checks: [exposure],
})
