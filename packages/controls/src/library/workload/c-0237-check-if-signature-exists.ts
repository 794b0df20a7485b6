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
  why: '',
  repair: '',
  needs: { what: 'image signatures, which are kept in a registry', kinds: [] },
  checks: [{ shape: 'unavailable', name: 'has-image-signature', match: WORKLOADS }],
})
