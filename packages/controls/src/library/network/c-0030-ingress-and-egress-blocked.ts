/** Ingress and Egress blocked. */
import { withoutPolicy } from '../../checks/network.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0030',
  name: 'Ingress and Egress blocked',
  baseScore: 6,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [withoutPolicy('ingress-and-egress-blocked', true, [])],
})
