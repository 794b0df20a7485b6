/** EKS: what to ask the AWS CLI, and what its answers make. */
import { asList, asMap, asText, asTexts, field, type Value, type ValueMap } from '@kubescape/resources'

import { hostOf, namesOf, nodeLabel } from './cluster-facts.ts'
import { cloudObject, malformed, nothing, type Built, type CloudService, type Description } from './cloud-service.ts'
import { PlaceParts, whole } from './place-parts.ts'
import { pascalCase, renameKeys, renameMap, type Renaming } from './renamed-keys.ts'

/** Where a cluster is in AWS. */
export interface EksPlace {
  readonly name: string
  readonly region: string
}

const REGION = String.raw`[a-z]{2}(?:-[a-z]+)+-\d{1,2}`
const NAME = String.raw`[0-9A-Za-z][\w-]{0,99}`
/** As `aws eks update-kubeconfig` names clusters and contexts. */
const ARN = new RegExp(String.raw`^arn:aws[\w-]*:eks:(?<region>${REGION}):\d{12}:cluster/(?<name>${NAME})$`)
/** As eksctl names them; contexts begin with the user. */
const EKSCTL = new RegExp(String.raw`^(?:.*@)?(?<name>${NAME})\.(?<region>${REGION})\.eksctl\.io$`)
const SERVER = new RegExp(String.raw`\.(?<region>${REGION})\.eks\.amazonaws\.com(?:\.cn)?$`)
const isName = whole(new RegExp(`^${NAME}$`))
const isRegion = whole(new RegExp(`^${REGION}$`))

/** The fields that checks read are those of the SDK for Go, which begin with capitals. */
const SDK: Renaming = {
  key: pascalCase,
  keep: new Set(['tags']),
  // The activation code of a connected cluster lets others register in its place.
  drop: new Set(['certificateAuthority', 'connectorConfig', 'clientRequestToken']),
}

/** Roles with what is attached to them, and policies with the version that counts; one request in place of two for each policy. */
const WHO_MAY_WHAT = [
  '{Roles: RoleDetailList[].{RoleName: RoleName, RoleId: RoleId, Arn: Arn, Attached: AttachedManagedPolicies[].PolicyArn, Inline: RolePolicyList[].{Name: PolicyName, Document: PolicyDocument}}',
  'Policies: Policies[?AttachmentCount > `0`].{Arn: Arn, Document: PolicyVersionList[?IsDefaultVersion] | [0].Document}}',
].join(', ')

/** Amazon's Kubernetes. */
export const EKS: CloudService<EksPlace> = {
  cloud: 'eks',
  service: 'EKS',
  program: 'aws',
  programName: 'the AWS CLI',
  signIn: 'aws configure sso',

  locate(facts) {
    const { env, server } = facts
    const names = namesOf(facts)
    const texts = [env['KS_KUBE_CLUSTER'] ?? '', ...names]
    const parts = new PlaceParts(env)
    const place = {
      name: parts.pick({
        what: 'name',
        read: (text) => partOf(text, 'name') ?? isName(text),
        variables: ['KS_KUBE_CLUSTER'],
        guesses: [
          ...names.map((name) => partOf(name, 'name')),
          nodeLabel(facts, 'alpha.eksctl.io/cluster-name'),
          ...names,
        ],
      }),
      region: parts.pick({
        what: 'region',
        read: isRegion,
        variables: ['KS_CLOUD_REGION'],
        guesses: [
          ...texts.map((text) => partOf(text, 'region')),
          SERVER.exec(hostOf(server))?.groups?.['region'],
          nodeLabel(facts, 'topology.kubernetes.io/region'),
        ],
        otherwise: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
      }),
    }
    return parts.problem('EKS') ?? place
  },

  describe: ({ name, region }) => ['eks', 'describe-cluster', '--name', name, '--region', region, '--output', 'json'],

  read(answer): Description | undefined {
    const cluster = asMap(field(answer, 'cluster'))
    const name = asText(cluster?.['name'])
    if (cluster === undefined || name === undefined) return undefined
    return { name, data: { Cluster: renameMap(cluster, SDK) }, hosts: [hostOf(asText(cluster['endpoint']) ?? '')] }
  },

  questions: ({ region }, { name }) => [
    {
      asks: [['ecr', 'describe-repositories', '--region', region, '--output', 'json']],
      build: ([answer]) => (answer === undefined ? NOTHING : repositories(answer, name)),
    },
    {
      asks: [
        [
          'iam',
          'get-account-authorization-details',
          '--filter',
          'Role',
          'LocalManagedPolicy',
          'AWSManagedPolicy',
          '--query',
          WHO_MAY_WHAT,
          '--region',
          region,
          '--output',
          'json',
        ],
      ],
      build: ([answer]) => (answer === undefined ? NOTHING : policies(answer, name)),
    },
  ],
}

const NOTHING: Built = { resources: [], problems: [] }

function partOf(text: string, part: 'name' | 'region'): string | undefined {
  return (ARN.exec(text) ?? EKSCTL.exec(text))?.groups?.[part]
}

function repositories(answer: Value, name: string): Built {
  const list = field(answer, 'repositories')
  if (!Array.isArray(list)) return malformed('aws ecr', 'the repositories of ECR')
  if (list.length === 0) {
    return nothing(
      'cloud/no-repositories',
      'ECR has no repository in this account and region: whether images are scanned was not judged',
      'If the images come from another account, name a DescribeRepositories object of it by --facts.',
    )
  }
  return {
    resources: [cloudObject('eks', 'DescribeRepositories', name, { Repositories: renameKeys(list, SDK) })],
    problems: [],
  }
}

/** Policies by who has them, and their documents. A role whose policy has no document would look harmless. */
function policies(answer: Value, name: string): Built {
  const [roles, list] = [field(answer, 'Roles'), field(answer, 'Policies')]
  if (!Array.isArray(roles) || !Array.isArray(list)) return malformed('aws iam', 'the roles and policies of IAM')
  const documents = new Map<string, Value>()
  const holders = new Map<string, ValueMap[]>()
  for (const policy of list) remember(documents, asText(field(policy, 'Arn')), field(policy, 'Document'))
  for (const role of roles) {
    const holder: ValueMap = { RoleName: field(role, 'RoleName') ?? '', RoleId: field(role, 'RoleId') ?? '' }
    const inline = asList(field(role, 'Inline')).map((policy) => {
      const key = `${asText(field(role, 'Arn')) ?? ''}/policy/${asText(field(policy, 'Name')) ?? ''}`
      remember(documents, key, field(policy, 'Document'))
      return key
    })
    for (const key of [...asTexts(field(role, 'Attached')), ...inline]) {
      holders.set(key, [...(holders.get(key) ?? []), holder])
    }
  }
  const unread = [...holders.keys()].find((key) => !documents.has(key))
  const versions = cloudObject('eks', 'PolicyVersion', name, { policiesDocuments: Object.fromEntries(documents) })
  if (unread !== undefined) {
    const { problems } = nothing(
      'cloud/unread-policy',
      `aws iam says nothing of what the policy ${unread} allows: who may do what was not judged`,
      'The controls that need it are not evaluated.',
    )
    return { resources: [versions], problems }
  }
  const rolesPolicies = Object.fromEntries(
    [...holders].map(([key, some]): [string, Value] => [key, { PolicyRoles: some }]),
  )
  return { resources: [cloudObject('eks', 'ListEntitiesForPolicies', name, { rolesPolicies }), versions], problems: [] }
}

function remember(documents: Map<string, Value>, key: string | undefined, document: Value | undefined): void {
  if (key !== undefined && asMap(document) !== undefined) documents.set(key, document ?? null)
}
