/** Minimize access to secrets. */
import { listSecrets } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0186',
  name: 'Minimize access to secrets',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [listSecrets],
})
