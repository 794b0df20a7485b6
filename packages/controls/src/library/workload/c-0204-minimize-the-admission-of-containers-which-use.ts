/** Minimize the admission of containers which use HostPorts. */
import { enforcesBaseline } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0204',
  name: 'Minimize the admission of containers which use HostPorts',
  baseScore: 4,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'No Pod Security standard is enforced in this namespace, so containers may open ports of the node with `hostPort`. These are reachable without a Service and past many network policies, and they clash on a shared node.',
  repair:
    'Add `pod-security.kubernetes.io/enforce: baseline` to the labels of the namespace. Take `hostPort` out of the workloads and publish them with a Service of type NodePort or LoadBalancer, or behind an Ingress.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesBaseline],
})
