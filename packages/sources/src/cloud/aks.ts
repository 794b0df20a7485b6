/** AKS: what to ask the Azure CLI, and what its answers make. */
import { asList, asMap, asText, field, type Value, type ValueMap } from '@kubescape/resources'

import { hostOf, namesOf, providerIds } from './cluster-facts.ts'
import { cloudObject, malformed, nothing, type Built, type CloudService, type Description } from './cloud-service.ts'
import { PlaceParts, whole } from './place-parts.ts'
import { renameMap, type Renaming } from './renamed-keys.ts'

/** Where a cluster is in Azure. Without name and group it is looked for among all clusters of the subscription. */
export interface AksPlace {
  readonly name: string
  readonly resourceGroup: string
  /** Empty for the one that the program is set to. */
  readonly subscription: string
}

const isName = whole(/^[A-Za-z0-9](?:[\w-]{0,61}[A-Za-z0-9])?$/)
const isGroup = whole(/^[\w(][\w.()-]{0,88}[\w()-]$|^\w$/)
const isSubscription = whole(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
const SUBSCRIPTION = /\/subscriptions\/(?<id>[0-9a-f-]{36})\//i
/** As `az aks get-credentials` names users. */
const USER = /^cluster(?:User|Admin)_(?<rest>.+)$/
const LAST = ['--output', 'json', '--only-show-errors']

/** Fields beside `properties` in a resource of Azure; the program mixes the two. */
const TOP = new Set([
  'extendedLocation',
  'id',
  'identity',
  'kind',
  'location',
  'name',
  'sku',
  'systemData',
  'tags',
  'type',
])

/** Fields that the program spells otherwise than Azure. */
const SPELLINGS: Readonly<Record<string, string>> = {
  authorizedIpRanges: 'authorizedIPRanges',
  azurePortalFqdn: 'azurePortalFQDN',
  enableAzureRbac: 'enableAzureRBAC',
  enablePrivateClusterPublicFqdn: 'enablePrivateClusterPublicFQDN',
  enableRbac: 'enableRBAC',
  privateFqdn: 'privateFQDN',
}

const ARM: Renaming = {
  key: (key) => SPELLINGS[key] ?? key,
  keep: new Set(['tags', 'nodeLabels', 'userAssignedIdentities', 'config']),
  drop: new Set(['secret', 'adminPassword', 'serverAppSecret', 'ssh', 'caCertificates', 'customCaTrustCertificates']),
}

/** Microsoft's Kubernetes. */
export const AKS: CloudService<AksPlace> = {
  cloud: 'aks',
  service: 'AKS',
  program: 'az',
  programName: 'the Azure CLI',
  signIn: 'az login',

  locate(facts) {
    const parts = new PlaceParts(facts.env)
    const names = namesOf(facts).map((each) => each.replace(/-admin$/, ''))
    const name = parts.pick({
      what: 'name',
      read: isName,
      variables: ['KS_KUBE_CLUSTER'],
      guesses: names,
      isOptional: true,
    })
    const place = {
      name,
      resourceGroup: parts.pick({
        what: 'resource group',
        read: isGroup,
        variables: ['AZURE_RESOURCE_GROUP'],
        guesses: [groupOf(facts.user, name)],
        isOptional: true,
      }),
      subscription: parts.pick({
        what: 'subscription id',
        read: isSubscription,
        variables: ['AZURE_SUBSCRIPTION_ID'],
        guesses: providerIds(facts).map((id) => SUBSCRIPTION.exec(id)?.groups?.['id']),
        isOptional: true,
      }),
    }
    return parts.problem('AKS') ?? place
  },

  describe({ name, resourceGroup, subscription }) {
    const where = subscription === '' ? [] : ['--subscription', subscription]
    return name === '' || resourceGroup === ''
      ? ['aks', 'list', ...where, ...LAST]
      : ['aks', 'show', '--name', name, '--resource-group', resourceGroup, ...where, ...LAST]
  },

  read(answer, facts): Description | undefined {
    const found = Array.isArray(answer) ? answer.find((each) => hostsOf(each).includes(hostOf(facts.server))) : answer
    const cluster = asMap(found)
    const name = asText(cluster?.['name'])
    if (cluster === undefined || name === undefined) return undefined
    return { name, data: resourceOf(cluster), hosts: hostsOf(cluster) }
  },

  questions({ subscription }, { name, data }) {
    const id = subscription || (SUBSCRIPTION.exec(asText(data['id']) ?? '')?.groups?.['id'] ?? '')
    const where = id === '' ? [] : ['--subscription', id]
    return [
      {
        asks: [
          ['role', 'assignment', 'list', '--all', ...where, ...LAST],
          ['role', 'definition', 'list', ...where, ...LAST],
        ],
        build: ([assignments, definitions]) => roles(name, data, assignments, definitions),
      },
    ]
  },
}

const NOTHING: Built = { resources: [], problems: [] }

function groupOf(user: string, name: string): string | undefined {
  const rest = USER.exec(user)?.groups?.['rest']
  return rest !== undefined && name !== '' && rest.endsWith(`_${name}`) ? rest.slice(0, -name.length - 1) : undefined
}

function hostsOf(cluster: Value): string[] {
  const places = [cluster, field(cluster, 'properties')]
  const keys = ['fqdn', 'privateFqdn', 'privateFQDN', 'azurePortalFqdn', 'azurePortalFQDN']
  return places.flatMap((place) => keys.map((key) => (asText(field(place, key)) ?? '').toLowerCase())).filter(Boolean)
}

/** The cluster as Azure's own API shows it. */
function resourceOf(cluster: ValueMap): ValueMap {
  const renamed = renameMap(cluster, ARM)
  if (asMap(renamed['properties']) !== undefined) return renamed
  const entries = Object.entries(renamed)
  return {
    ...Object.fromEntries(entries.filter(([key]) => TOP.has(key))),
    properties: Object.fromEntries(entries.filter(([key]) => !TOP.has(key))),
  }
}

/**
 * Who may do what, as far as it concerns this cluster: the assignments of people and groups, and of the identities that pull its
 * images. Other programs of the subscription are none of its business. What a role allows is known, or nothing is judged by it.
 */
function roles(name: string, cluster: ValueMap, assignments: Value | undefined, definitions: Value | undefined): Built {
  if (assignments === undefined) return NOTHING
  if (!Array.isArray(assignments)) return malformed('az role assignment', 'a list of role assignments')
  const own = identitiesOf(cluster)
  if (own.size === 0) {
    return nothing(
      'cloud/malformed-answer',
      'az aks does not tell with which identity the nodes pull images: role assignments were not judged',
      'The controls that need it are not evaluated.',
    )
  }
  const known = asList(definitions).map(definitionOf)
  const byName = new Map(known.map((each) => [lastPart(each['id']), each]))
  const relevant = assignments.filter(
    (each) =>
      asText(field(each, 'principalType')) !== 'ServicePrincipal' ||
      ['principalId', 'principalName'].some((key) => own.has((asText(field(each, key)) ?? '').toLowerCase())),
  )
  const roleAssignments = relevant.map((each) => assignmentOf(each, byName))
  const entities = cloudObject('aks', 'ListEntitiesForPolicies', name, { roleAssignments })
  if (definitions === undefined) return { resources: [entities], problems: [] }
  const unread = roleAssignments
    .filter((each) => field(each, 'properties', 'principalType') === 'ServicePrincipal')
    .map(roleOf)
    .find((id) => !byName.has(id))
  if (unread !== undefined) {
    const { problems } = nothing(
      'cloud/unread-role',
      `az role definition says nothing of what the role ${unread} allows: who may do what was not judged`,
      'The controls that need it are not evaluated.',
    )
    return { resources: [entities], problems }
  }
  const used = new Set(roleAssignments.map(roleOf))
  const roleDefinitions = known.filter((each) => used.has(lastPart(each['id'])))
  return { resources: [entities, cloudObject('aks', 'PolicyVersion', name, { roleDefinitions })], problems: [] }
}

/** Object and application ids of what pulls images for the nodes. */
function identitiesOf(cluster: ValueMap): Set<string> {
  const properties = cluster['properties']
  const kubelet = field(properties, 'identityProfile', 'kubeletidentity')
  return new Set(
    [field(kubelet, 'objectId'), field(kubelet, 'clientId'), field(properties, 'servicePrincipalProfile', 'clientId')]
      .map((id) => (asText(id) ?? '').toLowerCase())
      .filter((id) => id !== '' && id !== 'msi'),
  )
}

function assignmentOf(assignment: Value, definitions: ReadonlyMap<string, ValueMap>): Value {
  const { principalId = null, principalType = null, roleDefinitionId = null, scope = null } = asMap(assignment) ?? {}
  // Assignments of management groups name the same definition without the subscription.
  const definition = definitions.get(lastPart(roleDefinitionId))?.['id'] ?? roleDefinitionId
  return {
    id: field(assignment, 'id') ?? null,
    name: field(assignment, 'name') ?? null,
    properties: { principalId, principalType, roleDefinitionId: definition, scope },
  }
}

function definitionOf(definition: Value): ValueMap {
  const { id = null, name = null, roleName = null, permissions = null } = asMap(definition) ?? {}
  return { id, name, properties: { roleName, permissions } }
}

function roleOf(assignment: Value): string {
  return lastPart(field(assignment, 'properties', 'roleDefinitionId'))
}

function lastPart(id: Value | undefined): string {
  return (asText(id) ?? '').toLowerCase().split('/').at(-1) ?? ''
}
