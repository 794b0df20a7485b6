/** Exposure to internet via Gateway API or Istio Ingress. */
import { viaGatewayApi } from '../../checks/gateway-exposure.ts'
import { viaIstio } from '../../checks/istio-exposure.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0266',
  name: 'Exposure to internet via Gateway API or Istio Ingress',
  baseScore: 7,
  scope: ['cluster'],
  why: 'A route of the Gateway API or an Istio VirtualService on a public gateway leads to this workload. Callers outside the cluster can reach it, although its Service is not public by itself.',
  repair:
    'If it should be internal, remove the reference from `spec.rules[].backendRefs` or from `spec.http[].route`, or attach the route to an internal gateway only: of an internal class, or with an internal load balancer by annotation. If it should be public, require authentication at the gateway and add an exception.',
  references: ['gatewayApi', 'istioGateways'],
  exposes: 'internet',
  attackSteps: {
    'workload-external-track': 'Initial Access',
    'service-destruction': 'Initial Access',
    'external-workload-with-cluster-takeover-roles': 'Initial Access',
    'workload-unauthenticated-service': 'Initial Access',
  },
  checks: [viaGatewayApi, viaIstio],
})
