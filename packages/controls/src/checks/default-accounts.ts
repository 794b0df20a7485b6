/** The ServiceAccounts named `default`, which pods get that name none. */
import { asList, asMap, asText, field, matching } from '@kubescape/resources'

import type { JoinedCheck, Judgement, Outcome } from '../check.ts'
import { failsIfAny } from '../check.ts'
import { missing, removal } from '../finding.ts'
import { projection } from '../projection.ts'
import { serviceAccounts } from '../projections/service-accounts.ts'
import { eachObject } from './objects.ts'

/** Default accounts whose token is mounted into pods that do not ask for it. */
export const defaultAccountMounts = eachObject(
  { name: 'automount-default-service-account', match: [matching('v1', 'ServiceAccount')] },
  (resource): Judgement => {
    if (resource.identity.name !== 'default') return 'not-tested'
    const automount = resource.object['automountServiceAccountToken']
    if (automount === false) return undefined
    const path = 'automountServiceAccountToken'
    return [automount === true ? removal(path) : missing(path, 'false')]
  },
)

/** Bindings that give a default account rights; those that Kubernetes makes itself are left out. */
export const defaultAccountBound = eachObject(
  {
    name: 'ensure-default-service-accounts-has-only-default-roles',
    match: [matching('rbac.authorization.k8s.io/v1', 'RoleBinding', 'ClusterRoleBinding')],
  },
  (resource) => {
    const isBuiltIn = field(resource.object, 'metadata', 'labels', 'kubernetes.io/bootstrapping') === 'rbac-defaults'
    const accounts = asList(resource.object['subjects']).flatMap((entry, at) => {
      const subject = asMap(entry)
      const isDefault = subject?.['kind'] === 'ServiceAccount' && asText(subject['name']) === 'default'
      return isDefault ? [removal(`subjects[${at}]`)] : []
    })
    return isBuiltIn ? undefined : failsIfAny(accounts)
  },
)

const namespaces = projection('namespaces-of-accounts', [matching('*', 'Namespace')], (resource) => ({
  name: resource.identity.name,
}))

/** Namespaces that have no account but the default one. */
export const namespaceWithoutAccount: JoinedCheck = {
  shape: 'joined',
  name: 'namespace-without-service-account',
  match: namespaces.match,
  tests: 'matched',
  needs: [namespaces, serviceAccounts],
  across: [],
  *judge(tables): Generator<Outcome> {
    const served = new Set(
      tables.rows(serviceAccounts).flatMap(({ name, namespace }) => (name === 'default' ? [] : [namespace])),
    )
    for (const { ref, name } of tables.rows(namespaces)) if (!served.has(name)) yield { subject: ref, findings: [] }
  },
}
