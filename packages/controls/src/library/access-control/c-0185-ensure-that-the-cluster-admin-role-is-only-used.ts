/** Ensure that the cluster-admin role is only used where required. */
import { failsIfAny } from '../../check.ts'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { bindingFindings, eachSubject, rightsOf } from '../../checks/rbac.ts'
import { removal } from '../../finding.ts'
import { bindings, roles } from '../../projections/rbac.ts'
import { defineControl } from '../../control.ts'

const ROLE = 'cluster-admin'

const boundInSight = eachSubject('cluster-admin-role', (vector) => {
  if (vector.binding.kind !== 'ClusterRoleBinding') return 'not-tested'
  if (vector.role.name !== ROLE) return undefined
  return failsIfAny(rightsOf(vector, { verbs: ['*'], apiGroups: ['*', ''], resources: ['*'] }, removal))
})

/** The role is built in, so files hold bindings to it without the role itself. */
const clusterAdmins: JoinedCheck = {
  ...boundInSight,
  *judge(tables, inputs): Generator<Outcome> {
    yield* boundInSight.judge(tables, inputs)
    if (tables.rows(roles).some(({ kind, name }) => kind === 'ClusterRole' && name === ROLE)) return
    for (const binding of tables.rows(bindings)) {
      const { kind, roleKind, roleName } = binding
      if (kind !== 'ClusterRoleBinding' || roleKind !== 'ClusterRole' || roleName !== ROLE) continue
      for (const subject of binding.subjects) {
        yield {
          subject: { ...subject, related: [binding.ref] },
          findings: bindingFindings({ subject }, removal),
          related: [{ ref: binding.ref, findings: [] }],
        }
      }
    }
  },
}

export default defineControl({
  id: 'C-0185',
  name: 'Ensure that the cluster-admin role is only used where required',
  baseScore: 8,
  category: 'Access control',
  scope: ['cluster'],
  why: 'A ClusterRoleBinding gives the role `cluster-admin`, which may do everything in every namespace, including reading all Secrets and changing all roles. If one of these subjects is taken over, so is the cluster.',
  repair:
    'Bind a role with the rights that the subject uses in place of `cluster-admin`: change `roleRef` by deleting and creating the binding, since it cannot be edited. Keep an emergency account first. Add exceptions for the built-in binding of `system:masters` and for accounts that you accept.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [clusterAdmins],
})
