/** Naked pods. */
import { field, matching } from '@kubescape/resources'
import { eachObject } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0073',
  name: 'Naked pods',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachObject({ name: 'naked-pods', match: [matching('v1', 'Pod')] }, (resource) =>
      field(resource.object, 'metadata', 'ownerReferences') === undefined ? [] : undefined,
    ),],
})
