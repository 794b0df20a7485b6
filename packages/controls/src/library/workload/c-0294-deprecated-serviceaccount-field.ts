/** Deprecated serviceAccount field. */
import { asText, WORKLOADS_AND_CONTROLLERS } from '@kubescape/resources'
import { eachWorkload } from '../../checks/workloads.ts'
import { missing, removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0294',
  name: 'Deprecated serviceAccount field',
  baseScore: 3,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The pod spec sets the old field `serviceAccount`, and `serviceAccountName` is empty or different. Kubernetes prefers the new field, so the pod may run with other rights than a reader of the manifest expects.',
  repair:
    'Remove `serviceAccount` and set `serviceAccountName` to the ServiceAccount that you mean. If both are set, `serviceAccountName` has been in force so far; keep it unless the other has the rights that the pods need.',
  references: ['serviceAccounts'],
  checks: [
    eachWorkload({ name: 'deprecated-service-account-field', match: WORKLOADS_AND_CONTROLLERS }, (workload) => {
      const old = asText(workload.get('serviceAccount'))
      const current = asText(workload.get('serviceAccountName')) ?? ''
      if (!old || old === current) return undefined
      const findings = [removal(workload.at('serviceAccount'))]
      return current === '' ? [...findings, missing(workload.at('serviceAccountName'), old)] : findings
    }),
  ],
})
