/** Dangling HPA target. */
import { asText, field, landingNamespace, matching } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { wrong } from '../../finding.ts'
import { index, projection } from '../../projection.ts'
import { defineControl } from '../../control.ts'

const SCALABLE = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']

const autoscalers = projection('autoscalers', [matching('autoscaling/*', 'HorizontalPodAutoscaler')], (resource) => {
  const kind = asText(field(resource.object, 'spec', 'scaleTargetRef', 'kind')) ?? ''
  const name = asText(field(resource.object, 'spec', 'scaleTargetRef', 'name')) ?? ''
  return SCALABLE.includes(kind) ? { target: `${landingNamespace(resource.identity)}/${kind}/${name}` } : undefined
})

const targets = projection(
  'scale-targets',
  [matching('apps/*', ...SCALABLE), matching('extensions/*', ...SCALABLE), matching('v1', ...SCALABLE)],
  ({ identity }) => ({ key: `${landingNamespace(identity)}/${identity.kind}/${identity.name}` }),
)
const targetsByKey = index(targets, (row) => [row.key])

const dangling: JoinedCheck = {
  shape: 'joined',
  name: 'hpa-has-target',
  match: [...autoscalers.match, ...targets.match],
  tests: 'matched',
  needs: [autoscalers, targets],
  across: [],
  *judge(tables): Generator<Outcome> {
    for (const { ref, target } of tables.rows(autoscalers)) {
      if (tables.find(targetsByKey, target).length === 0) {
        yield { subject: ref, findings: [wrong('spec.scaleTargetRef.name')] }
      }
    }
  },
}

export default defineControl({
  id: 'C-0300',
  name: 'Dangling HPA target',
  baseScore: 4,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The HorizontalPodAutoscaler points to a workload that is not in its namespace. Nothing is scaled, so the application meets a peak of load with too few replicas.',
  repair:
    'Correct `kind` and `name` in `spec.scaleTargetRef`, or move the HorizontalPodAutoscaler to the namespace of the workload. Delete it if the workload is gone. If the workload is deployed from elsewhere, include its manifests in the scan.',
  references: ['autoscaling'],
  checks: [dangling],
})
