/** Prefer using secrets as files over secrets as environment variables. */
import { asList, asMap, field } from '@kubescape/resources'
import { eachContainer, REGULAR_AND_INIT } from '../../checks/workloads.ts'
import type { Finding } from '../../finding.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0207',
  name: 'Prefer using secrets as files over secrets as environment variables',
  baseScore: 4,
  category: 'Workload',
  subCategory: 'Secrets',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'rule-secrets-in-env-var', lists: REGULAR_AND_INIT }, (container) => {
      const findings: Finding[] = []
      asList(container.get('env')).forEach((entry, at) => {
        if (field(entry, 'valueFrom', 'secretKeyRef')) findings.push(removal(container.at(`env[${at}].name`)))
      })
      asList(container.get('envFrom')).forEach((entry, at) => {
        if (asMap(entry)?.['secretRef']) findings.push(removal(container.at(`envFrom[${at}].secretRef`)))
      })
      return findings
    }),],
})
