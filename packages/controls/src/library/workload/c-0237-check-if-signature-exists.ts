/** Check if signature exists. */
import { WORKLOADS } from '@kubescape/resources'
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
  references: ['supplyChain', 'images'],
  needs: { what: 'image signatures, which are kept in a registry', kinds: [] },
  checks: [{ shape: 'unavailable', name: 'has-image-signature', match: WORKLOADS }],
})
