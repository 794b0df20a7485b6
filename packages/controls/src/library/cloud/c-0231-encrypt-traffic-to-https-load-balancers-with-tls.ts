/** Encrypt traffic to HTTPS load balancers with TLS certificates. */
import { asList, asMap, field, matching } from '@kubescape/resources'
import { eachObject } from '../../checks/objects.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

const CERTIFICATE = 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert'

export default defineControl({
  id: 'C-0231',
  name: 'Encrypt traffic to HTTPS load balancers with TLS certificates',
  baseScore: 5,
  scope: ['EKS'],
  why: 'The load balancer of this Service listens on port 443 but names no certificate. Traffic then passes it as it is, in the clear if the pods do not encrypt it themselves.',
  repair:
    'Add the annotation `service.beta.kubernetes.io/aws-load-balancer-ssl-cert` with the ARN of an ACM certificate, and `aws-load-balancer-ssl-ports` if other ports are served too. If the pods end TLS themselves, add an exception.',
  references: ['eksSecurity', 'ingress'],
  checks: [
    eachObject(
      { name: 'ensure-https-loadbalancers-encrypted-with-tls-aws', match: [matching('v1', 'Service')] },
      (resource) => {
        if (field(resource.object, 'spec', 'type') !== 'LoadBalancer') return 'not-tested'
        const ports = asList(field(resource.object, 'spec', 'ports'))
        if (!ports.some((port) => Number(field(port, 'port')) === 443)) return undefined
        const annotations = Object.keys(asMap(field(resource.object, 'metadata', 'annotations')) ?? {})
        return annotations.some((key) => key.startsWith(CERTIFICATE))
          ? undefined
          : [missing(`metadata.annotations['${CERTIFICATE}']`, 'AWS_LOADBALANCER_SSL_CERT')]
      },
    ),
  ],
})
