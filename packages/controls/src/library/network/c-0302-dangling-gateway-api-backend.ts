/** Dangling Gateway API backend. */
import { matching } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { wrong } from '../../finding.ts'
import { routeBackends, ROUTES } from '../../projections/routes.ts'
import { services, servicesByName } from '../../projections/services.ts'
import { defineControl } from '../../control.ts'

const dangling: JoinedCheck = {
  shape: 'joined',
  name: 'dangling-gateway-backend',
  match: [...ROUTES, matching('v1', 'Service')],
  tests: 'matched',
  needs: [routeBackends, services],
  across: [services],
  *judge(tables): Generator<Outcome> {
    for (const { ref, backends } of tables.rows(routeBackends)) {
      const lost = backends.filter(({ isService, key }) => isService && tables.find(servicesByName, key).length === 0)
      if (lost.length > 0) yield { subject: ref, findings: lost.map(({ path }) => wrong(path)) }
    }
  },
}

export default defineControl({
  id: 'C-0302',
  name: 'Dangling Gateway API backend',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The route names a Service that is not there. Gateways answer such requests with an error, and whoever may create a Service of that name in that namespace receives the traffic.',
  repair:
    'Correct `spec.rules[].backendRefs[].name` or set `namespace` beside it when the Service is in another namespace, which also needs a ReferenceGrant there. Remove the reference if the Service is gone, or scan the manifests that create it together with the route.',
  references: ['gatewayApi'],
  checks: [dangling],
})
