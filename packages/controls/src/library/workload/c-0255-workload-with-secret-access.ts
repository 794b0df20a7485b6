/** Workload with secret access. */
import { matching } from '@kubescape/resources'
import { mountsObject } from '../../checks/mounts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0255',
  name: 'Workload with secret access',
  baseScore: 8,
  scope: ['cluster', 'file'],
  why: 'The workload mounts a Secret. Anyone who breaks into the container or may run commands in it can read the contents, so these credentials are as safe as this application.',
  repair:
    'Remove the `volumeMounts` entry and the volume if the container does not need the Secret. Otherwise choose single keys with `secret.items`, mount it only in the container that reads it, and allow few people `pods/exec`. Where the access is meant, add an exception.',
  references: ['secretsGoodPractices', 'secrets'],
  attackSteps: { 'workload-external-track': 'Secret Access' },
  checks: [mountsObject('workload-mounted-secrets', matching('v1', 'Secret'), ['secret', 'secretName'])],
})
