/** Minimize cluster access to read-only for Azure Container Registry (ACR). */
import { asList, asText, asTexts, field } from '@kubescape/resources'
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

/** The role definitions that allow more than reading. */
const definitions = projection('roles-beyond-reading', [describedBy('aks', 'PolicyVersion')], (resource) => ({
  beyond: asList(dataOf('aks', resource)?.['roleDefinitions']).flatMap((entry) => {
    const permissions = asList(field(entry, 'properties', 'permissions'))
    const actions = permissions.flatMap((permission) => asTexts(field(permission, 'actions')))
    return actions.every((action) => action.endsWith('read')) ? [] : [asText(field(entry, 'id')) ?? '']
  }),
}))

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
  why: 'A service principal of this AKS cluster has a role with actions that do more than read. Whoever gets its secret, for instance from a node, can push images to the container registry or change other resources.',
  repair:
    'Give the identity of the kubelet the role AcrPull on the registry, by `az aks update --attach-acr`, and remove other assignments of the service principal with `az role assignment delete`. Let the build system push with an identity of its own.',
  references: ['aksSecurity', 'images'],
  needs: {
    what: "the cloud's identities and their rights (ListEntitiesForPolicies and PolicyVersion objects)",
    kinds: ['ListEntitiesForPolicies'],
  },
  checks: [principalsOnlyRead],
})
