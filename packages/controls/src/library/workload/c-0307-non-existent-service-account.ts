/** Non-existent service account. */
import { matching, WORKLOADS_AND_CONTROLLERS } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { wrong } from '../../finding.ts'
import { accountsByName, serviceAccounts } from '../../projections/service-accounts.ts'
import { workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const lost: JoinedCheck = {
  shape: 'joined',
  name: 'non-existent-service-account',
  match: [...WORKLOADS_AND_CONTROLLERS, matching('v1', 'ServiceAccount')],
  tests: 'matched',
  needs: [workloads, serviceAccounts],
  across: [],
  *judge(tables): Generator<Outcome> {
    for (const { ref, namespace, writtenServiceAccount: name, podPath } of tables.rows(workloads)) {
      if (name === '' || name === 'default' || tables.find(accountsByName, `${namespace}/${name}`).length > 0) continue
      yield { subject: ref, findings: [wrong(`${podPath}.serviceAccountName`)] }
    }
  },
}

export default defineControl({
  id: 'C-0307',
  name: 'Non-existent service account',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  why: 'The ServiceAccount that the pod spec names does not exist in the namespace. Admission rejects the pods, so the workload does not start, and whoever may create an account of that name decides its rights.',
  repair:
    'Create the ServiceAccount in the namespace of the workload, or correct `serviceAccountName`; remove the field to use `default`. If another chart or an operator creates the account, scan its manifests together with this workload.',
  references: ['serviceAccounts'],
  checks: [lost],
})
