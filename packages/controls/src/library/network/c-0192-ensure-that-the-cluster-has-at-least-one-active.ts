/** Ensure that the cluster has at least one active policy control mechanism in place. */
import { withoutPolicyControl } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0192',
  name: 'Ensure that the cluster has at least one active policy control mechanism in place',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: 'Nothing checks new pods in this namespace: it has no Pod Security label, and the cluster has no admission webhook for namespaced objects. Whoever may create pods there can run them privileged or with directories of the node.',
  repair:
    'Set the label `pod-security.kubernetes.io/enforce` on the namespace to `baseline` or `restricted`; begin with the `warn` label to see what would be refused. Or install a policy engine such as Kyverno or Gatekeeper, whose webhook covers pods in all namespaces.',
  references: ['podSecurityAdmission', 'admissionControllers'],
  checks: [withoutPolicyControl],
})
