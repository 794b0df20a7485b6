/** Objects that two groups serve: they moved, and the old way to them is still open. */
import type { ApiResource } from './api-resource.ts'

interface Move {
  readonly from: string
  readonly to: string
  readonly kinds: readonly string[]
}

/** Sources: Kubernetes, "Deprecated API Migration Guide" (1.16, 1.19); OpenShift, "Authorization APIs". */
const MOVES: readonly Move[] = [
  { from: 'extensions', to: 'apps', kinds: ['Deployment', 'DaemonSet', 'ReplicaSet'] },
  { from: 'extensions', to: 'networking.k8s.io', kinds: ['Ingress', 'NetworkPolicy'] },
  { from: 'extensions', to: 'policy', kinds: ['PodSecurityPolicy'] },
  { from: 'extensions', to: 'autoscaling', kinds: ['HorizontalPodAutoscaler'] },
  { from: '', to: 'events.k8s.io', kinds: ['Event'] },
  {
    from: 'authorization.openshift.io',
    to: 'rbac.authorization.k8s.io',
    kinds: ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  },
]

/** True for a type whose objects are listed through their present home already. */
export function isSecondHome({ group, kind }: ApiResource, listed: readonly ApiResource[]): boolean {
  return MOVES.some(
    ({ from, to, kinds }) =>
      from === group && kinds.includes(kind) && listed.some((other) => other.group === to && other.kind === kind),
  )
}
