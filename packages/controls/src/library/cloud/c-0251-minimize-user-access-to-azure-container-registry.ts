/** Minimize user access to Azure Container Registry (ACR). */
import { cloudInventory } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0251',
  name: 'Minimize user access to Azure Container Registry (ACR)',
  baseScore: 6,
  scope: ['cluster'],
  why: 'These are the role assignments around the Azure Container Registry, for a person to review. Everyone who may push there can replace an image that the cluster will run.',
  repair:
    'Go through `roleAssignments` and keep AcrPush, Contributor and Owner on the registry for the build system and a few people; readers get AcrPull. Delete assignments of people who have left with `az role assignment delete`, and add an exception when reviewed.',
  references: ['aksSecurity', 'images'],
  needs: {
    what: "the cloud's identities and their rights (ListEntitiesForPolicies objects)",
    kinds: ['ListEntitiesForPolicies'],
  },
  checks: [cloudInventory('list-role-definitions-in-acr', 'aks', 'ListEntitiesForPolicies')],
})
