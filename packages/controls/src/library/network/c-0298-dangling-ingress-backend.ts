/** Dangling Ingress backend. */
import { matching } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { wrong } from '../../finding.ts'
import { INGRESSES, ingressBackends } from '../../projections/ingresses.ts'
import { services, servicesByName } from '../../projections/services.ts'
import { defineControl } from '../../control.ts'

const dangling: JoinedCheck = {
  shape: 'joined',
  name: 'dangling-ingress-backend',
  match: [...INGRESSES, matching('v1', 'Service')],
  tests: 'matched',
  needs: [ingressBackends, services],
  across: [],
  *judge(tables): Generator<Outcome> {
    for (const { ref, namespace, backends } of tables.rows(ingressBackends)) {
      const lost = backends.filter(({ service }) => tables.find(servicesByName, `${namespace}/${service}`).length === 0)
      if (lost.length > 0) yield { subject: ref, findings: lost.map(({ path }) => wrong(path)) }
    }
  },
}

export default defineControl({
  id: 'C-0298',
  name: 'Dangling Ingress backend',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The Ingress sends traffic to a Service that does not exist in its namespace. Requests for this path fail, and whoever may create a Service of that name can take over the traffic of the host.',
  repair:
    'Correct `backend.service.name`, or deploy the Service in the namespace of the Ingress; an Ingress cannot name a Service of another namespace. Remove the rule if the application is gone. If another chart creates the Service, scan both together.',
  references: ['ingress'],
  checks: [dangling],
})
