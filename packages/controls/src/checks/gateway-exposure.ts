/** Workloads that the internet reaches through routes of the Gateway API. */
import { matching, WORKLOADS } from '@kubescape/resources'

import type { JoinedCheck, Outcome, Related } from '../check.ts'
import { review } from '../finding.ts'
import { routeBackends, ROUTES } from '../projections/routes.ts'
import { isExternal, services, serviceSelectors } from '../projections/services.ts'
import { judgedWorkloads, workloads } from '../projections/workloads.ts'

/** Fails workloads behind a Service that a route names as its backend. */
export const viaGatewayApi: JoinedCheck = {
  shape: 'joined',
  name: 'exposure-to-internet-via-gateway-api',
  match: [...WORKLOADS, matching('v1', 'Service'), ...ROUTES],
  tests: 'matched',
  needs: [workloads, services, routeBackends],
  across: [routeBackends],
  *judge(tables): Generator<Outcome> {
    const selectors = tables.once(serviceSelectors)
    const routes = Map.groupBy(
      tables
        .rows(routeBackends)
        .flatMap(({ ref, backends }) =>
          backends.filter(({ isService }) => isService).map((backend) => ({ ...backend, ref })),
        ),
      (backend) => backend.key,
    )
    for (const workload of judgedWorkloads(tables)) {
      const related: Related[] = []
      for (const service of selectors.select(workload.namespace, workload.podLabels)) {
        const named = isExternal(service) ? [] : (routes.get(`${service.namespace}/${service.name}`) ?? [])
        if (named.length === 0) continue
        for (const [ref, backends] of Map.groupBy(named, (backend) => backend.ref)) {
          related.push({ ref, findings: backends.map(({ path }) => review(path)) })
        }
        related.push({ ref: service.ref, findings: [] })
      }
      if (related.length > 0) yield { subject: workload.ref, findings: [], related }
    }
  },
}
