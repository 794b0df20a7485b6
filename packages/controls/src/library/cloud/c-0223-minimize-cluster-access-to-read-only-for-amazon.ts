/** Minimize cluster access to read-only for Amazon ECR. */
import { asList, asMap, asText, asTexts, field, type Value } from '@kubescape/resources'
import type { JoinedCheck, Outcome } from '../../check.ts'
import { dataOf, describedBy } from '../../checks/cloud.ts'
import { projection } from '../../projection.ts'
import { defineControl } from '../../control.ts'

/** What a node needs to pull images; IAM does not tell upper from lower case. */
const PULL = [
  'ecr:batchchecklayeravailability',
  'ecr:batchgetimage',
  'ecr:getauthorizationtoken',
  'ecr:getdownloadurlforlayer',
]

/** What EKS wants every node to have, whatever its role is called. */
const NODE_POLICY = /^arn:aws[\w-]*:iam::aws:policy\/AmazonEKSWorkerNode(?:Minimal)?Policy$/

/** The policies that are attached to roles of nodes; nothing where no role is one of nodes. */
const attached = projection('policies-of-node-roles', [describedBy('eks', 'ListEntitiesForPolicies')], (resource) => {
  const holders = Object.entries(asMap(dataOf('eks', resource)?.['rolesPolicies']) ?? {}).map(
    ([policy, entities]) =>
      [policy, asList(field(entities, 'PolicyRoles')).map((role) => asText(field(role, 'RoleName')) ?? '')] as const,
  )
  const nodeRoles = new Set(
    holders.flatMap(([policy, roles]) =>
      NODE_POLICY.test(policy) ? roles : roles.filter((role) => role.includes('NodeInstance')),
    ),
  )
  const policies = holders.flatMap(([policy, roles]) => (roles.some((role) => nodeRoles.has(role)) ? [policy] : []))
  return nodeRoles.size === 0 ? undefined : { policies }
})

/** The policies that allow anything else on registries than pulling. */
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

/** True for statements that give no more rights on registries than pulling; what they give elsewhere is not the matter here. */
function onlyPulls(statement: Value): boolean {
  if (field(statement, 'Effect') === 'Deny') return true
  const actions = textsOf(field(statement, 'Action'))
  // All actions but these: registries are left out only by name.
  if (actions.length === 0) return textsOf(field(statement, 'NotAction')).includes('ecr:*')
  return actions.every((action) => PULL.includes(action) || !/^(?:\*|ecr:)/.test(action))
}

/** One text or a list of them, in lower case. */
function textsOf(value: Value | undefined): string[] {
  return (Array.isArray(value) ? asTexts(value) : asTexts([value ?? null])).map((text) => text.toLowerCase())
}

export default defineControl({
  id: 'C-0223',
  name: 'Minimize cluster access to read-only for Amazon ECR',
  baseScore: 6,
  scope: ['cloud'],
  why: 'A policy of the node instance role allows more on Amazon ECR than pulling images. A container that gets at the credentials of its node could push images, which other nodes then run, or look through the registry.',
  repair:
    'Leave the instance role of the nodes a statement with `ecr:GetAuthorizationToken`, `ecr:BatchCheckLayerAvailability`, `ecr:GetDownloadUrlForLayer` and `ecr:BatchGetImage`, and nothing that writes. Move rights of applications to IAM roles for their ServiceAccounts.',
  references: ['eksSecurity', 'images'],
  needs: {
    what: "the cloud's identities and their rights (ListEntitiesForPolicies and PolicyVersion objects)",
    kinds: ['ListEntitiesForPolicies'],
  },
  checks: [nodesOnlyPull],
})
