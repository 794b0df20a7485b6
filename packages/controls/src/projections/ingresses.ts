/** Ingresses, as far as joins to Services need them. */
import { asList, asText, field, landingNamespace, matching, type Match, type Value } from '@kubescape/resources'

import { projection } from '../projection.ts'

/** The Ingress kinds that are still served. */
export const INGRESSES: readonly Match[] = [matching('networking.k8s.io/v1', 'Ingress')]

/** A Service that an Ingress sends traffic to. */
interface IngressBackend {
  readonly service: string
  readonly path: string
}

/** The namespace and the Service backends of every Ingress; resource backends are left out. */
export const ingressBackends = projection('ingress-backends', INGRESSES, (resource) => {
  const backends: IngressBackend[] = []
  const add = (backend: Value | undefined, path: string): void => {
    const service = asText(field(backend, 'service', 'name'))
    if (service !== undefined) backends.push({ service, path: `${path}.service.name` })
  }
  add(field(resource.object, 'spec', 'defaultBackend'), 'spec.defaultBackend')
  asList(field(resource.object, 'spec', 'rules')).forEach((rule, i) => {
    asList(field(rule, 'http', 'paths')).forEach((path, j) => {
      add(field(path, 'backend'), `spec.rules[${i}].http.paths[${j}].backend`)
    })
  })
  return { namespace: landingNamespace(resource.identity), backends }
})
