/** Ensure that the CNI in use supports Network Policies. */
import { eachPluginList } from '../../checks/cni.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

/** Plug-ins that enforce policies, also beside another one. */
const ENFORCING = ['calico', 'canal', 'cilium', 'antrea', 'kube-router']

export default defineControl({
  id: 'C-0205',
  name: 'Ensure that the CNI in use supports Network Policies',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster'],
  why: 'The network plug-in of this node does not enforce NetworkPolicies. The API server stores them all the same, so they look as if they worked while every pod reaches every other.',
  repair:
    'Install a plug-in that enforces policies, such as Calico or Cilium; beside Flannel or the AWS VPC CNI run Calico for policies. Test it with a NetworkPolicy whose `podSelector: {}` denies all traffic.',
  references: ['networkPolicies', 'cni'],
  needs: needsNodeFacts('CNIInfo'),
  checks: [
    eachPluginList(
      'ensure-that-the-cni-in-use-supports-network-policies',
      (plugins) =>
        (plugins.includes('flannel') && !plugins.some((plugin) => ENFORCING.includes(plugin))) ||
        (plugins.includes('aws') && plugins.length < 2),
    ),
  ],
})
