/** ServiceAccounts, as far as joins to workloads and bindings need them. */
import { landingNamespace, matching } from '@kubescape/resources'

import { index, projection } from '../projection.ts'

/** What is kept of a ServiceAccount. */
export interface AccountFacts {
  readonly name: string
  readonly namespace: string
  readonly writtenNamespace: string
  readonly automount: boolean | undefined
}

/** Every ServiceAccount. */
export const serviceAccounts = projection(
  'service-accounts',
  [matching('v1', 'ServiceAccount')],
  (resource): AccountFacts => {
    const automount = resource.object['automountServiceAccountToken']
    return {
      name: resource.identity.name,
      namespace: landingNamespace(resource.identity),
      writtenNamespace: resource.identity.namespace,
      automount: typeof automount === 'boolean' ? automount : undefined,
    }
  },
)

/** ServiceAccounts by `namespace/name`. */
export const accountsByName = index(serviceAccounts, (row) => [`${row.namespace}/${row.name}`])
