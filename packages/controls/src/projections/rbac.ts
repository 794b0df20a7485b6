/** Roles and bindings, as far as the join of subjects needs them. */
import { RBAC, readBinding, readRole } from '@kubescape/resources'

import { projection } from '../projection.ts'

/** Every Role and ClusterRole with its rules. */
export const roles = projection('roles', RBAC, readRole)

/** Every RoleBinding and ClusterRoleBinding with its subjects. */
export const bindings = projection('bindings', RBAC, readBinding)
