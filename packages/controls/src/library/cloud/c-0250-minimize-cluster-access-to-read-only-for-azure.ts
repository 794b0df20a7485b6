/** Minimize cluster access to read-only for Azure Container Registry (ACR). */
import { asList, asText, asTexts, field, type Value } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { dataOf, describedBy } from '../../checks/cloud.ts'
import { projection } from '../../projection.ts'
import { defineControl } from '../../control.ts'

/** The role definitions that are assigned to service principals. */
const assigned = projection('roles-of-principals', [describedBy('aks', 'ListEntitiesForPolicies')], (resource) => ({
  definitions: asList(dataOf('aks', resource)?.['roleAssignments']).flatMap((entry) =>
    field(entry, 'properties', 'principalType') === 'ServicePrincipal'
      ? [asText(field(entry, 'properties', 'roleDefinitionId')) ?? '']
      : [],
  ),
}))

/** The role definitions that allow more on registries than reading. */
const definitions = projection('roles-beyond-reading', [describedBy('aks', 'PolicyVersion')], (resource) => ({
  beyond: asList(dataOf('aks', resource)?.['roleDefinitions']).flatMap((entry) =>
    asList(field(entry, 'properties', 'permissions')).some(
      (permission) =>
        changesRegistries(permission, 'actions', 'notActions') ||
        changesRegistries(permission, 'dataActions', 'notDataActions'),
    )
      ? [asText(field(entry, 'id')) ?? '']
      : [],
  ),
}))

/** The resource provider of registries; Azure does not tell upper from lower case. */
const REGISTRIES = 'microsoft.containerregistry/'

/** True when one of the actions does more than read in registries, and is not taken back as a whole. */
function changesRegistries(permission: Value, list: string, exceptions: string): boolean {
  const [granted, taken] = [list, exceptions].map((key) =>
    asTexts(field(permission, key)).map((action) => action.toLowerCase()),
  ) as [string[], string[]]
  return granted.some(
    (action) =>
      !action.endsWith('/read') &&
      isAboutRegistries(action) &&
      !taken.some((each) => [action, '*', `${REGISTRIES}*`, `${REGISTRIES}registries/*`].includes(each)),
  )
}

function isAboutRegistries(action: string): boolean {
  const [fixed = '', ...rest] = action.split('*')
  return fixed.startsWith(REGISTRIES) || (rest.length > 0 && REGISTRIES.startsWith(fixed))
}

const principalsOnlyRead: JoinedCheck = {
  shape: 'joined',
  name: 'ensure-service-principle-has-read-only-permissions',
  match: [...assigned.match, ...definitions.match],
  tests: 'reported',
  needs: [assigned, definitions],
  *judge(tables): Generator<Outcome> {
    const versions = tables.rows(definitions)
    if (versions.length === 0) return
    const beyond = new Set(versions.flatMap((version) => version.beyond))
    for (const { ref, definitions: ids } of tables.rows(assigned)) {
      yield ids.some((id) => beyond.has(id)) ? { subject: ref, findings: [] } : { subject: ref }
    }
  },
}

export default defineControl({
  id: 'C-0250',
  name: 'Minimize cluster access to read-only for Azure Container Registry (ACR)',
  baseScore: 6,
  scope: ['AKS'],
  why: 'A service principal of this AKS cluster has a role that may do more with container registries than read. Whoever gets its secret, for instance from a node, can push images or change settings of the registry.',
  repair:
    'Give the identity of the kubelet the role AcrPull on the registry, by `az aks update --attach-acr`, and remove other assignments of the service principal with `az role assignment delete`. Let the build system push with an identity of its own.',
  references: ['aksSecurity', 'images'],
  needs: {
    what: "the cloud's identities and their rights (ListEntitiesForPolicies and PolicyVersion objects)",
    kinds: ['ListEntitiesForPolicies'],
  },
  checks: [principalsOnlyRead],
})
