/** Hostile multi-tenant workloads. */
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0242',
  name: 'Hostile multi-tenant workloads',
  baseScore: 5,
  scope: ['AKS'],
  actionRequired: 'manual review',
  why: 'Tenants that may attack each other are not safe in one cluster: namespaces, roles and policies share a kernel and a control plane. Whether tenants are hostile cannot be read from objects, so a person has to judge.',
  repair:
    'Decide whether people who do not trust each other run code in this AKS cluster. If so give each a cluster, or at least node pools of their own kept apart by taints and Pod Sandboxing (`runtimeClassName: kata-vm-isolation`). Record the decision as an exception.',
  references: ['aksSecurity', 'multiTenancy'],
  checks: [],
})
