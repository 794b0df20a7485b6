/** List Kubernetes secrets. */
import { listSecrets } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0015',
  name: 'List Kubernetes secrets',
  baseScore: 7,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [listSecrets],
})
