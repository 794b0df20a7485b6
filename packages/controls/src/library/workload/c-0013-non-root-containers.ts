/** Non-root containers. */
import { nonRoot } from '../../checks/pod-security.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0013',
  name: 'Non-root containers',
  baseScore: 6,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: 'The container may run as user 0 or with group 0. A process that escapes from it is then root on the node, unless user namespaces are in use, and files that belong to root are open to it in mounted volumes.',
  repair:
    'Set `securityContext.runAsNonRoot: true` and `securityContext.runAsGroup` to a number above 0, for the pod or the container. If the image starts as root, also set `runAsUser`, for instance 1000; let it listen above port 1024 and set `fsGroup` so that it can write to its volumes.',
  references: ['securityContext', 'podSecurityStandards'],
  checks: [nonRoot],
})
