/** Cluster internal networking. */
import { namespaceWithoutPolicy } from '../../checks/network.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0054',
  name: 'Cluster internal networking',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [namespaceWithoutPolicy],
})
