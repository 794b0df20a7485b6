/** Minimize access to create pods. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0188',
  name: 'Minimize access to create pods',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'Whoever can create pods can start one that mounts any Secret of the namespace or runs as any ServiceAccount there. Without admission control the pod can also be privileged or mount the filesystem of the node.',
  repair:
    'Remove `create` or `*` on `pods` from the role; people rarely need it where a Deployment or a pipeline creates the pods. Enforce Pod Security Admission (`pod-security.kubernetes.io/enforce: restricted`) in namespaces where the right stays. Check with `kubectl auth can-i create pods --as=<subject>`.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    grantsRights('rule-can-create-pod', {
      verbs: ['create', '*'],
      apiGroups: ['', '*'],
      resources: ['pods', '*'],
    }),
  ],
})
