/** Encrypt traffic to HTTPS load balancers with TLS certificates. */
import { asList, asMap, asText, field, matching } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { missing, replacement, review, type Finding } from '../../finding.ts'
import { projection } from '../../projection.ts'
import { INGRESSES } from '../../projections/ingresses.ts'
import { defineControl } from '../../control.ts'

const INTERNAL = 'service.beta.kubernetes.io/azure-load-balancer-internal'
const CLASS = 'kubernetes.io/ingress.class'
const GATEWAY = 'azure/application-gateway'
/** Classes of Application Gateway, and of Application Gateway for Containers. */
const GATEWAY_CLASSES = ['azure-application-gateway', 'azure-alb-external']

const balancers = projection('azure-load-balancers', [matching('v1', 'Service')], (resource) => ({
  type: asText(field(resource.object, 'spec', 'type')) ?? '',
  internal: asText(field(resource.object, 'metadata', 'annotations', INTERNAL)),
}))

const gateways = projection('azure-ingresses', INGRESSES, (resource) => {
  const annotations = asMap(field(resource.object, 'metadata', 'annotations'))
  const tls = asList(field(resource.object, 'spec', 'tls'))
  const kind = asText(annotations?.[CLASS])
  const className = asText(field(resource.object, 'spec', 'ingressClassName'))
  return { hasTls: tls.length > 0, kind, className }
})

/** Names of further classes that belong to an Application Gateway. */
const classes = projection('azure-ingress-classes', [matching('networking.k8s.io/*', 'IngressClass')], (resource) =>
  asText(field(resource.object, 'spec', 'controller')) === GATEWAY ? { name: resource.identity.name } : undefined,
)

/** The annotation wins over the field, as it does for the controller. */
function ingressFindings(
  { hasTls, kind, className }: { hasTls: boolean; kind: string | undefined; className: string | undefined },
  known: ReadonlySet<string>,
): Finding[] {
  if (!hasTls) return [review('spec.tls')]
  if (kind !== undefined) return kind === GATEWAY ? [] : [missing(`metadata.annotations[${CLASS}]`, GATEWAY)]
  return className === undefined || known.has(className)
    ? []
    : [replacement('spec.ingressClassName', 'azure-application-gateway')]
}

const encryptedTraffic: JoinedCheck = {
  shape: 'joined',
  name: 'encrypt-traffic-to-https-load-balancers-with-tls-certificates',
  match: [...balancers.match, ...gateways.match],
  tests: 'matched',
  needs: [balancers, gateways, classes],
  across: [balancers],
  *judge(tables): Generator<Outcome> {
    const services = tables.rows(balancers)
    const path = `metadata.annotations[${INTERNAL}]`
    const hasBalancer = services.some(({ type }) => type === 'LoadBalancer')
    for (const { ref, type, internal } of services) {
      // Services of other types are at fault only where nothing balances load.
      if (type !== 'LoadBalancer' && type !== '' && !hasBalancer) yield { subject: ref, findings: [] }
      if (type === 'LoadBalancer' && internal !== 'true') yield { subject: ref, findings: [missing(path, 'true')] }
    }
    if (!services.some(({ type, internal }) => type === 'LoadBalancer' && internal === 'true')) return
    const known = new Set([...GATEWAY_CLASSES, ...tables.rows(classes).map(({ name }) => name)])
    for (const row of tables.rows(gateways)) {
      const findings = ingressFindings(row, known)
      if (findings.length > 0) yield { subject: row.ref, findings }
    }
  },
}

export default defineControl({
  id: 'C-0245',
  name: 'Encrypt traffic to HTTPS load balancers with TLS certificates',
  baseScore: 8,
  scope: ['AKS'],
  why: 'Traffic into this AKS cluster is not led through an internal load balancer with an Ingress that ends TLS. Passwords and session cookies may cross the network in the clear.',
  repair:
    'Give load balancers the annotation `service.beta.kubernetes.io/azure-load-balancer-internal: "true"`, publish them by an Ingress with `spec.tls`, and let the Application Gateway serve it. Services that are meant for inside the cluster only can have an exception.',
  references: ['aksSecurity', 'ingress'],
  checks: [encryptedTraffic],
})
