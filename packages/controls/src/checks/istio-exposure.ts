/** Workloads that the internet reaches through Istio: Gateway, VirtualService, Service, workload. */
import { asList, asText, asTextMap, asTexts, field, landingNamespace, matching, WORKLOADS } from '@kubescape/resources'

import type { JoinedCheck, Outcome, Related } from '../check.ts'
import { review } from '../finding.ts'
import { index, projection, type Row, type Tables } from '../projection.ts'
import { isExternal, services, servicesByNamespace, serviceSelectors } from '../projections/services.ts'
import { judgedWorkloads, workloads } from '../projections/workloads.ts'

interface Destination {
  /** `namespace/name` of the Service. */
  readonly service: string
  readonly path: string
}

const virtualServices = projection(
  'virtual-services',
  [matching('networking.istio.io/*', 'VirtualService')],
  (resource) => {
    const namespace = landingNamespace(resource.identity)
    const destinations: Destination[] = []
    asList(field(resource.object, 'spec', 'http')).forEach((http, i) => {
      asList(field(http, 'route')).forEach((route, j) => {
        const [name = '', inNamespace] = (asText(field(route, 'destination', 'host')) ?? '').split('.')
        // The published path says `routes`; Istio's field is `route`, which is what can be found in the manifest.
        destinations.push({
          service: `${inNamespace || namespace}/${name}`,
          path: `spec.http[${i}].route[${j}].destination.host`,
        })
      })
    })
    const gateways = asTexts(field(resource.object, 'spec', 'gateways')).map((name) =>
      name.includes('/') ? name : `${namespace}/${name}`,
    )
    return { gateways, destinations }
  },
)

const gateways = projection('istio-gateways', [matching('networking.istio.io/*', 'Gateway')], (resource) => ({
  key: `${landingNamespace(resource.identity)}/${resource.identity.name}`,
  name: resource.identity.name,
  selected: Object.values(asTextMap(field(resource.object, 'spec', 'selector'))),
}))
const gatewaysByKey = index(gateways, (row) => [row.key])

/** Services by which each public gateway is reached from outside, with the gateway. */
function publicGateways(tables: Tables): Map<string, Related[]> {
  const entries = tables.find(servicesByNamespace, 'istio-system')
  const open = new Map<string, Related[]>()
  for (const gateway of tables.rows(gateways)) {
    const doors = entries.filter(
      (service) =>
        Object.values(service.labels).some((label) => gateway.selected.includes(label)) &&
        (isExternal(service) || gateway.name.endsWith('public')),
    )
    if (doors.length > 0)
      open.set(
        gateway.key,
        [...doors, gateway].map(({ ref }) => ({ ref, findings: [] })),
      )
  }
  return open
}

/** Fails workloads behind a Service that a VirtualService of a public gateway sends traffic to. */
export const viaIstio: JoinedCheck = {
  shape: 'joined',
  name: 'exposure-to-internet-via-istio-ingress',
  match: [...WORKLOADS, matching('v1', 'Service'), ...virtualServices.match, ...gateways.match],
  tests: 'matched',
  needs: [workloads, services, virtualServices, gateways],
  across: [services, virtualServices, gateways],
  *judge(tables): Generator<Outcome> {
    const open = tables.once(publicGateways)
    const routes = new Map<string, Related[]>()
    for (const virtual of tables.rows(virtualServices)) {
      const doors = virtual.gateways.flatMap((key) =>
        tables.find(gatewaysByKey, key).length > 0 ? (open.get(key) ?? []) : [],
      )
      if (doors.length === 0) continue
      for (const [service, destinations] of Map.groupBy(virtual.destinations, (destination) => destination.service)) {
        const route: Related = { ref: virtual.ref, findings: destinations.map(({ path }) => review(path)) }
        routes.set(service, [...(routes.get(service) ?? []), route, ...doors])
      }
    }
    const selectors = tables.once(serviceSelectors)
    for (const workload of judgedWorkloads(tables)) {
      const related = [...selectors.select(workload.namespace, workload.podLabels)].flatMap((service) => {
        const route = routes.get(`${service.namespace}/${service.name}`)
        return route === undefined ? [] : [...route, relatedService(service)]
      })
      if (related.length > 0) yield { subject: workload.ref, findings: [], related }
    }
  },
}

function relatedService({ ref }: Row<object>): Related {
  return { ref, findings: [] }
}
