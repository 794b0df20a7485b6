/** Configure Image Provenance using ImagePolicyWebhook admission controller. */
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0289',
  name: 'Configure Image Provenance using ImagePolicyWebhook admission controller',
  baseScore: 7,
  scope: ['cluster'],
  actionRequired: 'manual review',
  why: 'Unless something checks where images come from, any image that a registry delivers is started. The ImagePolicyWebhook is set up in files of the API server, which objects do not show, so a person has to look.',
  repair:
    'Add `ImagePolicyWebhook` to `--enable-admission-plugins` with a configuration that has `defaultAllow: false` and a backend that knows your images. Policies of Kyverno, the Sigstore policy controller or Connaisseur serve the same purpose and are easier to run: note that in an exception.',
  references: ['admissionControllers', 'supplyChain'],
  checks: [],
})
