/** Naked pods. */
import { asList, field, matching } from '@kubescape/resources'
import { eachObject } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0073',
  name: 'Naked pods',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'No controller owns this pod. When its node fails, is drained or removed, the pod is gone and nothing starts it again; nor can it be rolled out or rolled back.',
  repair:
    'Put the pod spec into the `spec.template` of a Deployment, StatefulSet, DaemonSet or Job, and delete the pod. Give the template labels that match `spec.selector`. For static pods and short debugging pods add an exception.',
  references: ['deployments', 'jobs'],
  checks: [
    eachObject({ name: 'naked-pods', match: [matching('v1', 'Pod')] }, (resource) =>
      asList(field(resource.object, 'metadata', 'ownerReferences')).length === 0 ? [] : undefined,
    ),
  ],
})
