/** Network mapping. */
import { namespaceWithoutPolicy } from '../../checks/network.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0049',
  name: 'Network mapping',
  baseScore: 3,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [namespaceWithoutPolicy],
})
