/** Kubernetes CronJob. */
import { matching } from '@kubescape/resources'
import { inventory } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0026',
  name: 'Kubernetes CronJob',
  baseScore: 1,
  category: 'Workload',
  scope: ['cluster'],
  why: '',
  repair: '',
  checks: [inventory('rule-deny-cronjobs', [matching('*', 'CronJob')])],
})
