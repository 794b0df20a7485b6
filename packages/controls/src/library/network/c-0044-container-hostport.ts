/** Container hostPort. */
import { asList, asMap } from '@kubescape/resources'
import { isSet } from '../../checks/values.ts'
import { eachContainer, REGULAR_AND_INIT } from '../../checks/workloads.ts'
import type { Finding } from '../../finding.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0044',
  name: 'Container hostPort',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: 'A `hostPort` opens the port on the address of every node that runs the pod, beside any Service. The application can be reached by whoever reaches the node, and two pods with the same port cannot share a node.',
  repair:
    'Remove `ports[].hostPort` and publish the application by a Service; use type `NodePort` or `LoadBalancer` if callers are outside the cluster. For node agents that need it, add `hostIP: 127.0.0.1` and an exception.',
  references: ['services', 'podSecurityStandards'],
  exposes: 'node',
  checks: [
    eachContainer({ name: 'container-hostPort', lists: REGULAR_AND_INIT }, (container) => {
      const findings: Finding[] = []
      asList(container.get('ports')).forEach((entry, at) => {
        const port = asMap(entry)?.['hostPort']
        // 0 opens none: that is what leaving it out means.
        if (isSet(port) && port !== 0) findings.push(removal(container.at(`ports[${at}].hostPort`)))
      })
      return findings
    }),
  ],
})
