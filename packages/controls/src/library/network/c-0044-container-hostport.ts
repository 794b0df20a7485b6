/** Container hostPort. */
import { asList, asMap } from '@kubescape/resources'
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import type { Finding } from '../../finding.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0044',
  name: 'Container hostPort',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachContainer({ name: 'container-hostPort', lists: REGULAR }, (container) => {
      const findings: Finding[] = []
      asList(container.get('ports')).forEach((entry, at) => {
        if (asMap(entry)?.['hostPort'] !== undefined) findings.push(removal(container.at(`ports[${at}].hostPort`)))
      })
      return findings
    }),],
})
