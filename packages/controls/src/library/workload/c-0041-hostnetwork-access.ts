/** HostNetwork access. */
import { saysTrue } from '@kubescape/resources'
import { eachWorkload } from '../../checks/workloads.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0041',
  name: 'HostNetwork access',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Network',
  scope: ['cluster', 'file'],
  why: 'The pod uses the network of the node. It can reach services that listen on localhost of the node, can observe traffic if its capabilities allow, and with most network plug-ins NetworkPolicies do not apply to it.',
  repair:
    'Remove `hostNetwork` from the pod spec or set it to false, and publish ports by a Service. Network plug-ins, kube-proxy and some node agents need the field: keep it there, with an exception, and drop capabilities such as `NET_RAW`.',
  exposes: 'node',
  attackSteps: { 'workload-external-track': 'Lateral Movement (Network)' },
  references: ['podSecurityStandards', 'networkPolicies'],
  checks: [
    eachWorkload({ name: 'host-network-access' }, (workload) =>
      saysTrue(workload.get('hostNetwork')) ? [removal(workload.at('hostNetwork'))] : undefined,
    ),
  ],
})
