/** Workload with credential access. */
import { credentialsInEnvironment } from '../../checks/credentials.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0259',
  name: 'Workload with credential access',
  baseScore: 8,
  scope: ['cluster', 'file'],
  why: 'A container of this workload gets credentials by its environment: a value that looks like a secret in `env`, or all keys of a Secret by `envFrom`. Every process in it can read them, and they tend to end up in crash reports and logs.',
  repair:
    'Replace `env[].value` and `envFrom[].secretRef` by a mounted Secret volume, or at least by `env[].valueFrom.secretKeyRef` for the one key that is needed. Then rotate the credential, since older manifests and release records still contain it.',
  references: ['secretsGoodPractices', 'secrets'],
  attackSteps: { 'workload-external-track': 'Credential access' },
  checks: [credentialsInEnvironment],
})
