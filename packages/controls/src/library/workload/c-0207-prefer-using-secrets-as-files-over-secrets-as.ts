/** Prefer using secrets as files over secrets as environment variables. */
import { asList, asMap, field } from '@kubescape/resources'
import { eachContainer, EVERY_LIST, excess } from '../../checks/workloads.ts'
import type { Finding } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0207',
  name: 'Prefer using secrets as files over secrets as environment variables',
  baseScore: 4,
  category: 'Workload',
  subCategory: 'Secrets',
  scope: ['cluster', 'file'],
  why: 'A Secret reaches the container as environment variables. They are passed on to every child process, are easily written to logs and crash dumps, and keep the old value after the Secret has changed.',
  repair:
    'Mount the Secret as a volume (`volumes[].secret`) with `readOnly: true`, let the application read the file, and remove `env[].valueFrom.secretKeyRef` or `envFrom[].secretRef`. Files are updated when the Secret changes, except with `subPath`. If a program reads variables only, add an exception.',
  references: ['secretsGoodPractices', 'secrets'],
  checks: [
    eachContainer({ name: 'rule-secrets-in-env-var', lists: EVERY_LIST }, (container) => {
      const findings: Finding[] = []
      asList(container.get('env')).forEach((entry, at) => {
        if (field(entry, 'valueFrom', 'secretKeyRef')) findings.push(excess(container, `env[${at}].name`))
      })
      asList(container.get('envFrom')).forEach((entry, at) => {
        if (asMap(entry)?.['secretRef']) findings.push(excess(container, `envFrom[${at}].secretRef`))
      })
      return findings
    }),
  ],
})
