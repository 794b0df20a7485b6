/** Ensure CPU limits are set. */
import { isSet } from '../../checks/values.ts'
import { eachLastingContainer } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0270',
  name: 'Ensure CPU limits are set',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Resource management',
  scope: ['cluster', 'file'],
  why: 'The container may use all CPU of its node. A faulty loop, a flood of requests or a hidden coin miner slows down every other pod there.',
  repair:
    'Set `resources.limits.cpu` on the container, well above its normal use: a container at its limit is throttled, which lengthens response times. A LimitRange can supply a default for the namespace, but is not seen in manifests, so set the field there.',
  references: ['resources'],
  attackSteps: { 'service-destruction': 'Denial of service' },
  checks: [
    eachLastingContainer({ name: 'resources-cpu-limits' }, (container) =>
      isSet(container.get('resources', 'limits', 'cpu'))
        ? undefined
        : missing(container.at('resources.limits.cpu'), 'YOUR_VALUE'),
    ),
  ],
})
