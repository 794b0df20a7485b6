/** Workloads that the internet reaches through routes of the Gateway API. */
import { asText, asTextMap, field, landingNamespace, matching, WORKLOADS } from '@kubescape/resources'

import type { JoinedCheck, Outcome, Related } from '../check.ts'
import { review } from '../finding.ts'
import { projection, type Tables } from '../projection.ts'
import { routeBackends, ROUTES } from '../projections/routes.ts'
import { isExternal, services, serviceSelectors } from '../projections/services.ts'
import { judgedWorkloads, workloads } from '../projections/workloads.ts'

/** Classes whose gateways nobody reaches from the internet: of GKE, of VPC Lattice, and the waypoints of Istio's mesh. */
const INTERNAL_CLASSES = new Set([
  'gke-l7-rilb',
  'gke-l7-rilb-mc',
  'gke-l7-cross-regional-internal-managed-mc',
  'amazon-vpc-lattice',
  'istio-waypoint',
])

/** Annotations that ask a cloud for an internal load balancer. */
const INTERNAL_ANNOTATIONS: readonly (readonly [key: string, value: string])[] = [
  ['networking.gke.io/load-balancer-type', 'internal'],
  ['cloud.google.com/load-balancer-type', 'internal'],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', 'true'],
  ['service.beta.kubernetes.io/aws-load-balancer-internal', 'true'],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', 'internal'],
]

const gateways = projection('gateways', [matching('gateway.networking.k8s.io/*', 'Gateway')], (resource) => {
  const { object, identity } = resource
  const className = asText(field(object, 'spec', 'gatewayClassName')) ?? ''
  // Istio hands the annotations of the Gateway itself on to its Service as well.
  const annotations = {
    ...(className === 'istio' && asTextMap(field(object, 'metadata', 'annotations'))),
    ...asTextMap(field(object, 'spec', 'infrastructure', 'annotations')),
  }
  return {
    key: `${landingNamespace(identity)}/${identity.name}`,
    isInternal:
      INTERNAL_CLASSES.has(className) ||
      INTERNAL_ANNOTATIONS.some(([key, value]) => annotations[key]?.toLowerCase() === value),
  }
})

/** The gateways of which it is certain that they are internal. */
function internalGateways(tables: Tables): ReadonlySet<string> {
  const rows = tables.rows(gateways)
  const others = new Set(rows.flatMap(({ key, isInternal }) => (isInternal ? [] : [key])))
  return new Set(rows.flatMap(({ key, isInternal }) => (isInternal && !others.has(key) ? [key] : [])))
}

/** Fails workloads behind a Service that a route names as its backend, unless all that it is attached to is internal. */
export const viaGatewayApi: JoinedCheck = {
  shape: 'joined',
  name: 'exposure-to-internet-via-gateway-api',
  match: [...WORKLOADS, matching('v1', 'Service'), ...ROUTES],
  tests: 'matched',
  needs: [workloads, services, routeBackends, gateways],
  across: [routeBackends, gateways],
  *judge(tables): Generator<Outcome> {
    const selectors = tables.once(serviceSelectors)
    const internal = tables.once(internalGateways)
    const routes = Map.groupBy(
      tables
        .rows(routeBackends)
        .filter(
          ({ parents }) =>
            parents.length === 0 ||
            !parents.every(({ kind, key }) => kind === 'Service' || (kind === 'Gateway' && internal.has(key))),
        )
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
