/** Privileged container. */
import { privileged } from '../../checks/pod-security.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0057',
  name: 'Privileged container',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [privileged],
})
