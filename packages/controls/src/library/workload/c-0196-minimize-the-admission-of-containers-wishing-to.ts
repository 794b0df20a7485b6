/** Minimize the admission of containers wishing to share the host network namespace. */
import { enforcesBaseline } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0196',
  name: 'Minimize the admission of containers wishing to share the host network namespace',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The namespace lets pods join the network of the node, as no Pod Security standard is enforced. They bypass most network policies and can reach services that listen on localhost of the node only.',
  repair:
    'Set `pod-security.kubernetes.io/enforce: baseline` on the namespace. Workloads with `hostNetwork: true` are refused from then on: publish them by a Service or an Ingress, and keep network plug-ins in a namespace that is exempt.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesBaseline],
})
