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
  why: 'A CronJob starts pods again and again without anyone asking. An attacker who has created or changed one keeps a foothold in the cluster even when the first way in is closed.',
  repair:
    'Review each CronJob: who owns it, which image and `command` it runs, how often (`spec.schedule`), as which ServiceAccount and with which Secrets. Delete those that nobody claims, set `spec.suspend: true` where you are unsure, and limit who may create or change `cronjobs`.',
  references: ['cronJobs'],
  checks: [inventory('rule-deny-cronjobs', [matching('*', 'CronJob')])],
})
