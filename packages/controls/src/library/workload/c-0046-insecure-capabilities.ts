/** Insecure capabilities. */
import { asList, asText } from '@kubescape/resources'
import { capabilityName } from '../../checks/pod-security.ts'
import { eachContainer, EVERY_LIST, excess, hasJudgedList } from '../../checks/workloads.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0046',
  name: 'Insecure capabilities',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: 'The container adds Linux capabilities that reach beyond it, such as control of the network, of other processes or of kernel modules. They give an intruder what is needed to spy on neighbours or to break out to the node.',
  repair:
    'Remove the entry from `securityContext.capabilities.add` and start with `drop: [ALL]`, then add back only what fails without it, such as `NET_BIND_SERVICE` for ports below 1024. The input `insecureCapabilities` holds the list that is judged.',
  attackSteps: { 'workload-external-track': 'Privilege Escalation (Node)' },
  references: ['securityContext', 'linuxKernelSecurity', 'podSecurityStandards'],
  checks: [
    eachContainer(
      { name: 'insecure-capabilities', lists: EVERY_LIST, inputs: ['insecureCapabilities'] },
      (container, inputs) => {
        if (!hasJudgedList(container)) return undefined
        const insecure = new Set(inputs.insecureCapabilities.map(capabilityName))
        // Whatever is listed, it is among all.
        if (insecure.size > 0) insecure.add('ALL')
        return asList(container.get('securityContext', 'capabilities', 'add')).flatMap((capability, at) =>
          insecure.has(capabilityName(asText(capability) ?? ''))
            ? [excess(container, `securityContext.capabilities.add[${at}]`)]
            : [],
        )
      },
    ),
  ],
})
