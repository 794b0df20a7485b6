/** Ensure memory requests are set. */
import { isSet } from '../../checks/values.ts'
import { eachLastingContainer } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0269',
  name: 'Ensure memory requests are set',
  baseScore: 3,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'Without a memory request the scheduler does not count on the memory of the container and may overfill the node. When memory runs short, such pods are among the first that the kubelet evicts.',
  repair:
    'Set `resources.requests.memory` on the container to the working set that it needs at normal load, for instance `128Mi`. Setting the limit to the same value makes eviction least likely. A value above what any node has free leaves the pod pending.',
  references: ['resources'],
  checks: [
    eachLastingContainer({ name: 'resources-memory-requests' }, (container) =>
      isSet(container.get('resources', 'requests', 'memory'))
        ? undefined
        : missing(container.at('resources.requests.memory'), 'YOUR_VALUE'),
    ),
  ],
})
