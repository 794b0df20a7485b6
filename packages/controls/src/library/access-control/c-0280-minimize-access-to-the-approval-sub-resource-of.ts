/** Minimize access to the approval sub-resource of certificatesigningrequests objects. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0280',
  name: 'Minimize access to the approval sub-resource of certificatesigningrequests objects',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A subject that may approve certificate signing requests can approve one of its own, and so get a client certificate for any user that the signer accepts. Certificates cannot be revoked in Kubernetes.',
  repair:
    'Remove `certificatesigningrequests/approval` from the role, or limit it to the controller that approves requests of kubelets. Also check who has `approve` on `signers`, and name the signer in `resourceNames` there.',
  references: ['rbacGoodPractices', 'certificates'],
  checks: [
    grantsRights('rule-can-approve-cert-signing-request', {
      verbs: ['update', 'patch', '*'],
      apiGroups: ['certificates.k8s.io', '*'],
      resources: ['certificatesigningrequests/approval', '*/approval', '*'],
    }),
  ],
})
