/** Validate admission controller (validating). */
import { matching } from '@kubescape/resources'
import { inventory } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0036',
  name: 'Validate admission controller (validating)',
  baseScore: 3,
  category: 'Access control',
  scope: ['cluster'],
  why: '',
  repair: '',
  checks: [inventory('list-all-validating-webhooks', [matching('admissionregistration.k8s.io/*', 'ValidatingWebhookConfiguration')])],
})
