/** Immutable container filesystem. */
import { writableRoot } from '../../checks/pod-security.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0017',
  name: 'Immutable container filesystem',
  baseScore: 3,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [writableRoot],
})
