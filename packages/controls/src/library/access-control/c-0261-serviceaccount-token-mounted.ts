/** ServiceAccount token mounted. */
import { WORKLOADS } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { missing, review } from '../../finding.ts'
import { bindings } from '../../projections/rbac.ts'
import { accountsByName, serviceAccounts } from '../../projections/service-accounts.ts'
import { judgedWorkloads, workloads } from '../../projections/workloads.ts'
import { defineControl } from '../../control.ts'

const EVERY_ACCOUNT = ['system:authenticated', 'system:serviceaccounts']

const tokenMount: JoinedCheck = {
  shape: 'joined',
  name: 'serviceaccount-token-mount',
  match: WORKLOADS,
  tests: 'matched',
  needs: [workloads, serviceAccounts, bindings],
  across: [bindings],
  *judge(tables): Generator<Outcome> {
    const bound = new Set<string>()
    for (const { subjects } of tables.rows(bindings)) {
      for (const subject of subjects) {
        if (subject.kind === 'ServiceAccount') bound.add(`${subject.namespace || 'default'}/${subject.name}`)
        else if (EVERY_ACCOUNT.includes(subject.name)) bound.add('*')
        else if (subject.name.startsWith('system:serviceaccounts:')) bound.add(`${subject.name.slice(23)}/*`)
      }
    }
    for (const workload of judgedWorkloads(tables)) {
      const { namespace, serviceAccount, automount, podPath } = workload
      const accounts = tables.find(accountsByName, `${namespace}/${serviceAccount}`)
      // An account that is not in the input mounts its token, as Kubernetes does by default; it has to be bound by its name.
      const groups = accounts.length === 0 ? [] : ['*', `${namespace}/*`]
      const isBound = [...groups, `${namespace}/${serviceAccount}`].some((key) => bound.has(key))
      if (!isBound || automount === false) continue
      const isOff = accounts.length > 0 && accounts.every((account) => account.automount === false)
      if (automount === undefined && isOff) continue
      const path = `${podPath}.automountServiceAccountToken`
      yield {
        subject: workload.ref,
        findings: [automount === true ? review(path) : missing(path, 'false')],
        related: accounts.map(({ ref }) => ({ ref, findings: [] })),
      }
    }
  },
}

export default defineControl({
  id: 'C-0261',
  name: 'ServiceAccount token mounted',
  baseScore: 7,
  scope: ['cluster', 'file'],
  why: 'The pods of this workload mount the token of a ServiceAccount that is bound to a role. Code that gets into the container can read the token from disk and use those rights on the Kubernetes API.',
  repair:
    'Set `automountServiceAccountToken: false` in the pod spec, or on the ServiceAccount while the pod spec leaves the field out. If the workload does call the API, give it a ServiceAccount of its own with a small Role, and remove bindings that it does not need.',
  references: ['serviceAccounts', 'rbacGoodPractices'],
  attackSteps: { 'workload-external-track': 'Credential access' },
  checks: [tokenMount],
})
