/** Check if signature exists. */
import { IMAGE_SIGNATURES, signedImages } from '../../checks/image-signatures.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0237',
  name: 'Check if signature exists',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Supply chain',
  scope: ['cluster', 'file'],
  why: 'The registry holds no cosign signature for this image. Nobody can prove who built it, and a replaced image cannot be told from the real one.',
  repair:
    'Sign the image in your build pipeline with `cosign sign <image>@<digest>` and push the signature to the same registry. For images of others choose a publisher that signs, or copy the image to your registry, check it and sign it there, then change `image`.',
  references: ['cosign', 'verifySignatures'],
  needs: IMAGE_SIGNATURES,
  checks: [signedImages('has-image-signature', () => true)],
})
