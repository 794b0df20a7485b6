/** Dangerous rights that several controls look for, by subject and by workload. */
import { WORKLOADS, type PolicyRule, type SubjectVector } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import { removal } from '../finding.ts'
import { bindings, roles } from '../projections/rbac.ts'
import { accountsByName, serviceAccounts } from '../projections/service-accounts.ts'
import { judgedWorkloads, workloads } from '../projections/workloads.ts'
import { grantsRights, subjectVectors } from './rbac.ts'

/** Subjects that may read Secrets. */
export const listSecrets = grantsRights('rule-can-list-get-secrets-v1', {
  verbs: ['get', 'list', 'watch', '*'],
  apiGroups: ['', '*'],
  resources: ['secrets', '*'],
})

/** Subjects that may do everything with every resource. */
export const administrators = grantsRights('rule-list-all-cluster-admins-v1', {
  verbs: ['*'],
  apiGroups: ['*', ''],
  resources: ['*'],
})

/** Subjects that may act as somebody else. */
export const impersonators = grantsRights('rule-can-impersonate-users-groups-v1', {
  verbs: ['impersonate', '*'],
  apiGroups: ['', '*'],
  resources: ['users', 'serviceaccounts', 'groups', 'uids', '*'],
})

/** True when the rule grants one of the verbs on one of the resources of the core group. */
export function grants(rule: PolicyRule, resources: readonly string[], verbs: readonly string[]): boolean {
  return (
    rule.apiGroups.some((group) => group === '' || group === '*') &&
    rule.resources.some((resource) => resources.includes(resource)) &&
    rule.verbs.some((verb) => verbs.includes(verb))
  )
}

/** Fails workloads whose mounted service account is bound to a role with a rule that `isDangerous`. */
export function boundToRole(name: string, isDangerous: (rule: PolicyRule) => boolean): JoinedCheck {
  return {
    shape: 'joined',
    name,
    match: WORKLOADS,
    tests: 'matched',
    needs: [workloads, serviceAccounts, roles, bindings],
    across: [roles, bindings],
    *judge(tables): Generator<Outcome> {
      const dangerous = Map.groupBy(
        tables
          .once(subjectVectors)
          .filter(({ subject, role }) => subject.kind === 'ServiceAccount' && role.rules.some(isDangerous)),
        ({ subject }) => `${subject.namespace || 'default'}/${subject.name}`,
      )
      for (const workload of judgedWorkloads(tables)) {
        const account = `${workload.namespace}/${workload.serviceAccount}`
        const vectors = dangerous.get(account) ?? []
        if (vectors.length === 0) continue
        const accounts = tables.find(accountsByName, account)
        const mounted = accounts.filter(({ automount }) => workload.automount ?? automount !== false)
        // An account that is not in the input mounts its token: that is what Kubernetes does by default.
        const isMounted = accounts.length === 0 ? workload.automount !== false : mounted.length > 0
        if (!isMounted) continue
        yield {
          subject: workload.ref,
          findings: [],
          related: [...mounted.map(({ ref }) => ({ ref, findings: [] })), ...vectors.flatMap(relatedTo)],
        }
      }
    },
  }
}

function relatedTo({ binding, role, subject }: SubjectVector): NonNullable<Outcome['related']> {
  return [
    { ref: binding.ref, findings: [removal(`subjects[${subject.index}]`)] },
    { ref: role.ref, findings: [] },
  ]
}
