/** Access container service account. */
import { eachSubject } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0053',
  name: 'Access container service account',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachSubject('access-container-service-account-v1', ({ subject }) =>
      subject.kind === 'ServiceAccount' ? [] : 'not-tested',
    ),],
})
