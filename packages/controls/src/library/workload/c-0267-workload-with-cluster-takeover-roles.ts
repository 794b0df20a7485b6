/** Workload with cluster takeover roles. */
import { boundToRole, grants } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0267',
  name: 'Workload with cluster takeover roles',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [boundToRole('workload-with-cluster-takeover-roles', (rule) =>
      grants(rule, ['pods', '*'], ['create', 'update', 'patch', '*']) ||
      grants(rule, ['secrets', '*'], ['get', 'list', 'watch', '*']),
    ),],
})
