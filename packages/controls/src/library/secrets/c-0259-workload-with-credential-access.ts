/** Workload with credential access. */
import { credentialsInEnvironment } from '../../checks/credentials.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0259',
  name: 'Workload with credential access',
  baseScore: 8,
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [credentialsInEnvironment],
})
