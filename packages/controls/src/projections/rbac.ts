/** Roles and bindings, as far as the join of subjects needs them. */
import { matching, readBinding, readRole } from '@kubescape/resources'

import { projection } from '../projection.ts'

const GROUP = 'rbac.authorization.k8s.io/*'

/** Every Role and ClusterRole with its rules. */
export const roles = projection('roles', [matching(GROUP, 'Role', 'ClusterRole')], readRole)

/** Every RoleBinding and ClusterRoleBinding with its subjects. */
export const bindings = projection('bindings', [matching(GROUP, 'RoleBinding', 'ClusterRoleBinding')], readBinding)
