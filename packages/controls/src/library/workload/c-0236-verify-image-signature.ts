/** Verify image signature. */
import { WORKLOADS } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0236',
  name: 'Verify image signature',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Supply chain',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: '',
  repair: '',
  needs: { what: 'image signatures, which are kept in a registry', kinds: [] },
  checks: [{ shape: 'unavailable', name: 'verify-image-signature', match: WORKLOADS, inputs: ['trustedCosignPublicKeys'] }],
})
