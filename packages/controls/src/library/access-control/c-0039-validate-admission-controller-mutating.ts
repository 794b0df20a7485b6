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
  why: 'A mutating webhook can rewrite every object that its rules match. An attacker who controls one can add containers, volumes or other images to each new pod, long after the first break-in.',
  repair:
    'Review each MutatingWebhookConfiguration: whether a known component owns it, what it changes, where `clientConfig` points, and whether `rules`, `namespaceSelector` and `objectSelector` match no more than needed. Delete unknown ones and limit who may create or update them.',
  references: ['admissionWebhooks', 'admissionControllers'],
  checks: [
    inventory('list-all-mutating-webhooks', [
      matching('admissionregistration.k8s.io/*', 'MutatingWebhookConfiguration'),
    ]),
  ],
})
