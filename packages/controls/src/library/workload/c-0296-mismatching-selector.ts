/** Mismatching selector. */
import { asMap, asTextMap, containsLabels, field, matching, meets, noLabels, readSelector } from '@kubescape/resources'
import type { Judgement } from '../../check.ts'
import { eachWorkload } from '../../checks/workloads.ts'
import { wrong } from '../../finding.ts'
import { defineControl } from '../../control.ts'

const KINDS = [
  matching('apps/*', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'),
  matching('batch/*', 'Job', 'CronJob'),
  matching('v1', 'ReplicationController'),
]

export default defineControl({
  id: 'C-0296',
  name: 'Mismatching selector',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The selector does not match the labels of the pod template. The API server rejects such a workload, so the rollout fails and an older version keeps running, or none.',
  repair:
    'Give `spec.template.metadata.labels` all labels that `spec.selector` asks for. The selector of an existing Deployment, StatefulSet or DaemonSet cannot be changed: correct the template, or delete the object and create it anew. For a Job or CronJob leave `selector` out.',
  references: ['labels', 'deployments'],
  checks: [
    eachWorkload({ name: 'mismatching-selector', match: KINDS }, (workload): Judgement => {
      const object = workload.resource.object
      if (workload.kind === 'ReplicationController') {
        return containsLabels(workload.podLabels, asTextMap(field(object, 'spec', 'selector')))
          ? undefined
          : [wrong('spec.selector')]
      }
      const base = workload.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'selector'] : ['spec', 'selector']
      const value = field(object, ...base)
      if (asMap(value) === undefined) return undefined
      const selector = readSelector(value)
      if (!noLabels(selector.pairs) && !containsLabels(workload.podLabels, selector.pairs)) {
        return [wrong(`${base.join('.')}.matchLabels`)]
      }
      return selector.valid && meets(workload.podLabels, selector.requirements)
        ? undefined
        : [wrong(`${base.join('.')}.matchExpressions`)]
    }),
  ],
})
