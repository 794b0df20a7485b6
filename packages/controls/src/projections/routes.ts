/** Routes of the Gateway API, as far as joins to Services need them. */
import { asList, asText, field, landingNamespace, matching, type Match } from '@kubescape/resources'

import { projection } from '../projection.ts'

const GATEWAY_API = 'gateway.networking.k8s.io'

/** The route kinds whose backends are judged. */
export const ROUTES: readonly Match[] = [
  matching('gateway.networking.k8s.io/*', 'HTTPRoute', 'TCPRoute', 'UDPRoute', 'GRPCRoute', 'TLSRoute'),
]

/** A backend that a route sends traffic to. */
interface RouteBackend {
  readonly isService: boolean
  /** `namespace/name` of the Service. */
  readonly key: string
  readonly path: string
}

/** What a route is attached to. */
interface RouteParent {
  /** `Service` is a route inside of the mesh. */
  readonly kind: 'Gateway' | 'Service' | 'other'
  /** `namespace/name`. */
  readonly key: string
}

/** The backends of every route, and what it is attached to. */
export const routeBackends = projection('route-backends', ROUTES, (resource) => {
  const namespace = landingNamespace(resource.identity)
  const backends: RouteBackend[] = []
  asList(field(resource.object, 'spec', 'rules')).forEach((rule, i) => {
    asList(field(rule, 'backendRefs')).forEach((ref, j) => {
      const isService =
        (asText(field(ref, 'kind')) ?? 'Service') === 'Service' && (asText(field(ref, 'group')) ?? '') === ''
      const key = `${asText(field(ref, 'namespace')) || namespace}/${asText(field(ref, 'name')) ?? ''}`
      backends.push({ isService, key, path: `spec.rules[${i}].backendRefs[${j}].name` })
    })
  })
  const parents = asList(field(resource.object, 'spec', 'parentRefs')).map((ref): RouteParent => {
    const [group, kind] = [asText(field(ref, 'group')) ?? GATEWAY_API, asText(field(ref, 'kind')) ?? 'Gateway']
    return {
      kind: group === GATEWAY_API && kind === 'Gateway' ? kind : group === '' && kind === 'Service' ? kind : 'other',
      key: `${asText(field(ref, 'namespace')) || namespace}/${asText(field(ref, 'name')) ?? ''}`,
    }
  })
  return { namespace, backends, parents }
})
