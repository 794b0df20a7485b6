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
  why: 'A validating webhook sees every object that its rules match, which can include Secrets, and decides whether a request is let through. A hostile or broken one leaks data or blocks deployments.',
  repair:
    'Review each ValidatingWebhookConfiguration: who owns it, where `clientConfig` sends objects, which resources `rules` and `namespaceSelector` match, and what `failurePolicy` does when it is down. Delete those that nobody owns, narrow the others, and allow few subjects to change them.',
  references: ['admissionWebhooks', 'admissionControllers'],
  checks: [
    inventory('list-all-validating-webhooks', [
      matching('admissionregistration.k8s.io/*', 'ValidatingWebhookConfiguration'),
    ]),
  ],
})
