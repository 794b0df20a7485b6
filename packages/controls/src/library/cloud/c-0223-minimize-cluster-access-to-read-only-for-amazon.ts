/** Minimize cluster access to read-only for Amazon ECR. */
import { asList, asMap, asText, asTexts, field, type Value } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { dataOf, describedBy } from '../../checks/cloud.ts'
import { projection } from '../../projection.ts'
import { defineControl } from '../../control.ts'

/** What a node needs to pull images, sorted. */
const PULL = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
]

/** The policies that are attached to roles of nodes. */
const attached = projection('policies-of-node-roles', [describedBy('eks', 'ListEntitiesForPolicies')], (resource) => ({
  policies: Object.entries(asMap(dataOf('eks', resource)?.['rolesPolicies']) ?? {}).flatMap(([policy, entities]) => {
    const roles = asList(field(entities, 'PolicyRoles')).map((role) => asText(field(role, 'RoleName')) ?? '')
    return roles.some((role) => role.includes('NodeInstance')) ? [policy] : []
  }),
}))

/** The policies that allow anything else than pulling. */
const documents = projection('policies-beyond-pulling', [describedBy('eks', 'PolicyVersion')], (resource) => ({
  beyond: Object.entries(asMap(dataOf('eks', resource)?.['policiesDocuments']) ?? {}).flatMap(([policy, document]) =>
    statementsOf(document).every(onlyPulls) ? [] : [policy],
  ),
}))

const nodesOnlyPull: JoinedCheck = {
  shape: 'joined',
  name: 'ensure_nodeinstancerole_has_right_permissions_for_ecr',
  match: [...attached.match, ...documents.match],
  tests: 'reported',
  needs: [attached, documents],
  *judge(tables): Generator<Outcome> {
    const versions = tables.rows(documents)
    if (versions.length === 0) return
    const beyond = new Set(versions.flatMap((version) => version.beyond))
    for (const { ref, policies } of tables.rows(attached)) {
      yield policies.some((policy) => beyond.has(policy)) ? { subject: ref, findings: [] } : { subject: ref }
    }
  },
}

/** IAM takes one statement as well as a list of them. */
function statementsOf(document: Value | undefined): readonly Value[] {
  const statement = field(document, 'Statement')
  return asMap(statement) === undefined ? asList(statement) : [statement as Value]
}

function onlyPulls(statement: Value): boolean {
  const actions = asTexts(field(statement, 'Action')).toSorted()
  return (
    field(statement, 'Effect') === 'Allow' &&
    field(statement, 'Resource') === '*' &&
    actions.length === PULL.length &&
    actions.every((action, at) => action === PULL[at])
  )
}

export default defineControl({
  id: 'C-0223',
  name: 'Minimize cluster access to read-only for Amazon ECR',
  baseScore: 6,
  scope: ['cloud'],
  why: 'A policy of the node instance role goes beyond pulling images from Amazon ECR. A container that gets at the credentials of its node could push images or use other services of the account.',
  repair:
    'Leave the instance role of the nodes a statement with `ecr:GetAuthorizationToken`, `ecr:BatchCheckLayerAvailability`, `ecr:GetDownloadUrlForLayer` and `ecr:BatchGetImage`, and nothing that writes. Move rights of applications to IAM roles for their ServiceAccounts.',
  references: ['eksSecurity', 'images'],
  needs: {
    what: "the cloud's identities and their rights (ListEntitiesForPolicies and PolicyVersion objects)",
    kinds: ['ListEntitiesForPolicies'],
  },
  checks: [nodesOnlyPull],
})
