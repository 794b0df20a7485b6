/** Services, as far as joins to workloads, ingresses and routes need them. */
import {
  asList,
  asMap,
  asText,
  asTextMap,
  field,
  landingNamespace,
  matching,
  noLabels,
  type Labels,
} from '@kubescape/resources'

import { index, projection, type Row, type Tables } from '../projection.ts'
import { NamespacedSelectors } from './workloads.ts'

/** What is kept of a Service. */
export interface ServiceFacts {
  readonly name: string
  readonly namespace: string
  readonly writtenNamespace: string
  readonly type: string
  readonly selector: Labels
  readonly labels: Labels
  /** `port` and numeric `targetPort` of every port. */
  readonly ports: readonly number[]
  /** True when a load balancer has given it an address. */
  readonly hasPublicAddress: boolean
}

/** Every Service. */
export const services = projection('services', [matching('v1', 'Service')], (resource): ServiceFacts => {
  const spec = asMap(resource.object['spec'])
  const ingress = asList(field(resource.object, 'status', 'loadBalancer', 'ingress'))
  return {
    name: resource.identity.name,
    namespace: landingNamespace(resource.identity),
    writtenNamespace: resource.identity.namespace,
    type: asText(spec?.['type']) ?? 'ClusterIP',
    selector: asTextMap(spec?.['selector']),
    labels: asTextMap(field(resource.object, 'metadata', 'labels')),
    ports: asList(spec?.['ports']).flatMap((port) =>
      [field(port, 'port'), field(port, 'targetPort')].map(Number).filter(Number.isInteger),
    ),
    hasPublicAddress: ingress.some((entry) => asText(field(entry, 'ip')) || asText(field(entry, 'hostname'))),
  }
})

/** Services by namespace. */
export const servicesByNamespace = index(services, (row) => [row.namespace])

/** Services by `namespace/name`. */
export const servicesByName = index(services, (row) => [`${row.namespace}/${row.name}`])

/** Selectors of all Services that select something; ask with pod labels. */
export function serviceSelectors(tables: Tables): NamespacedSelectors<Row<ServiceFacts>> {
  const selectors = new NamespacedSelectors<Row<ServiceFacts>>()
  for (const service of tables.rows(services)) {
    if (!noLabels(service.selector)) selectors.add(service.namespace, service.selector, service)
  }
  return selectors
}

/** True when the Service can be reached from outside the cluster by its type. */
export function isExternal(service: ServiceFacts): boolean {
  return service.type === 'NodePort' || service.type === 'LoadBalancer'
}
