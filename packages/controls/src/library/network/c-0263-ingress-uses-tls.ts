/** Ingress uses TLS. */
import { field, matching } from '@kubescape/resources'
import { asList } from '@kubescape/resources'
import { eachObject } from '../../checks/objects.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0263',
  name: 'Ingress uses TLS',
  baseScore: 7,
  scope: ['cluster', 'file'],
  why: 'The Ingress has no TLS section, so it serves plain HTTP. Passwords, cookies and contents can be read or changed by anyone on the way between the user and the cluster.',
  repair:
    'Add `spec.tls` with the `hosts` and a `secretName` that holds a certificate of type `kubernetes.io/tls`; cert-manager can issue and renew it. Redirect HTTP to HTTPS. If a load balancer in front ends TLS, add an exception.',
  references: ['ingress'],
  checks: [
    eachObject({ name: 'ingress-no-tls', match: [matching('networking.k8s.io/v1', 'Ingress')] }, (resource) =>
      asList(field(resource.object, 'spec', 'tls')).length > 0
        ? undefined
        : [missing('spec.tls', '<your-tls-definition>')],
    ),
  ],
})
