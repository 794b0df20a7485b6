/** Pods in default namespace. */
import { workloadsInDefaultNamespace } from '../../checks/default-namespace.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0061',
  name: 'Pods in default namespace',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The workload is in the namespace `default` or names none, so it lands wherever the current context points. Applications that share a namespace share its Roles, quotas and network policies, and one can read what is meant for another.',
  repair:
    'Create a namespace for each application or team and set `metadata.namespace` to it. Move the Secrets, ConfigMaps, ServiceAccounts and volume claims with it, and change names in other namespaces that call its Service. If your deployment tool sets the namespace, add an exception.',
  references: ['namespaces'],
  checks: [workloadsInDefaultNamespace],
})
