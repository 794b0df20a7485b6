/** Non-root containers. */
import { nonRoot } from '../../checks/pod-security.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0013',
  name: 'Non-root containers',
  baseScore: 6,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [nonRoot],
})
