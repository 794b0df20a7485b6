/** Automatic mapping of service account. */
import { matching, WORKLOADS } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { missing, replacement } from '../../finding.ts'
import { accountsByName, serviceAccounts } from '../../projections/service-accounts.ts'
import { judgedWorkloads, workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const automount: JoinedCheck = {
  shape: 'joined',
  name: 'automount-service-account',
  match: [...WORKLOADS, matching('v1', 'ServiceAccount')],
  tests: 'matched',
  needs: [workloads, serviceAccounts],
  *judge(tables): Generator<Outcome> {
    for (const workload of judgedWorkloads(tables)) {
      const path = `${workload.podPath}.automountServiceAccountToken`
      if (workload.automount === true) yield { subject: workload.ref, findings: [replacement(path, 'false')] }
      if (workload.automount !== undefined) continue
      const accounts = tables.find(accountsByName, `${workload.namespace}/${workload.serviceAccount}`)
      // An account that is not in the input mounts its token: that is what Kubernetes does by default.
      if (accounts.length === 0 || accounts.some((account) => account.automount !== false)) {
        yield {
          subject: workload.ref,
          findings: [missing(path, 'false')],
          related: accounts.map(({ ref }) => ({ ref, findings: [] })),
        }
      }
    }
  },
}

export default defineControl({
  id: 'C-0034',
  name: 'Automatic mapping of service account',
  baseScore: 6,
  category: 'Secrets',
  scope: ['cluster', 'file'],
  why: 'The pods mount a token of their ServiceAccount, by choice or because nothing switches it off. Most applications never call the API, but an intruder can use the token to explore the cluster and to gain further rights.',
  repair:
    'Set `automountServiceAccountToken: false` in the pod spec, or on the ServiceAccount if the pod spec leaves the field out. Workloads that call the Kubernetes API, such as operators, stop working without the token: add an exception for those.',
  checks: [automount],
})
