/** Ensure Network Policy is Enabled and set as appropriate. */
import { eachPluginList } from '../../checks/cni.ts'
import { needsNodeFacts } from '../../checks/node-facts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0230',
  name: 'Ensure Network Policy is Enabled and set as appropriate',
  baseScore: 6,
  scope: ['EKS'],
  why: 'No known policy engine runs on this EKS node, so NetworkPolicies may have no effect and pods can reach each other freely. The AWS VPC CNI can enforce policies itself, which these facts do not show.',
  repair:
    'Install Calico or Cilium on the cluster, or turn on `enableNetworkPolicy` of the VPC CNI add-on and add an exception for this control. Then write policies, since pods without one accept all traffic.',
  references: ['networkPolicies', 'eksSecurity'],
  needs: needsNodeFacts('CNIInfo'),
  checks: [
    eachPluginList(
      'ensure-network-policy-is-enabled-eks',
      (plugins) => !plugins.includes('calico') && !plugins.includes('cilium'),
    ),
  ],
})
