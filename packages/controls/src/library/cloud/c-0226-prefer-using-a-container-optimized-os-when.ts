/** Prefer using a container-optimized OS when possible. */
import { asText, field, matching } from '@kubescape/resources'
import { isEksNode } from '../../checks/cloud.ts'
import { eachObject } from '../../checks/objects.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0226',
  name: 'Prefer using a container-optimized OS when possible',
  baseScore: 3,
  scope: ['EKS'],
  why: 'This node runs a general-purpose operating system. It carries a shell, a package manager and services that pods never use, all of which an intruder can, and which have to be patched.',
  repair:
    'Use Bottlerocket for the nodes: set `amiFamily: Bottlerocket` in eksctl, or an `amiType` that begins with `BOTTLEROCKET_` in the node group, and replace nodes group by group. `status.nodeInfo.osImage` shows the result. Host agents that install packages have to become DaemonSets.',
  references: ['eksSecurity'],
  checks: [
    eachObject({ name: 'alert-container-optimized-os-not-in-use', match: [matching('v1', 'Node')] }, (resource) => {
      if (!isEksNode(resource)) return 'not-tested'
      const path = 'status.nodeInfo.osImage'
      const system = asText(field(resource.object, ...path.split('.'))) ?? ''
      return system.startsWith('Bottlerocket') ? undefined : [review(path)]
    }),
  ],
})
