/** Validate admission controller (mutating). */
import { matching } from '@kubescape/resources'
import { inventory } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0039',
  name: 'Validate admission controller (mutating)',
  baseScore: 4,
  category: 'Access control',
  scope: ['cluster'],
  why: '',
  repair: '',
  checks: [inventory('list-all-mutating-webhooks', [matching('admissionregistration.k8s.io/*', 'MutatingWebhookConfiguration')])],
})
