/** Workloads whose pods mount a token of their ServiceAccount. */
import { matching, WORKLOADS } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { missing, replacement } from '../finding.ts'
import { accountsByName, serviceAccounts } from '../projections/service-accounts.ts'
import { judgedWorkloads, workloads } from '../projections/workloads.ts'

/** Fails workloads that mount a token by choice, or because neither they nor their account switch it off. */
export const automount: JoinedCheck = {
  shape: 'joined',
  name: 'automount-service-account',
  match: [...WORKLOADS, matching('v1', 'ServiceAccount')],
  tests: 'matched',
  needs: [workloads, serviceAccounts],
  across: [],
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
