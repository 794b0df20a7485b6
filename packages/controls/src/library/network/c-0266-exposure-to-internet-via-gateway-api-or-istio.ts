/** Exposure to internet via Gateway API or Istio Ingress. */
import { viaGatewayApi } from '../../checks/gateway-exposure.ts'
import { viaIstio } from '../../checks/istio-exposure.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0266',
  name: 'Exposure to internet via Gateway API or Istio Ingress',
  baseScore: 7,
  scope: ['cluster'],
  why: '',
  repair: '',
  checks: [viaGatewayApi, viaIstio],
})
