/** Asking clouds: what is run, what its answers become, and what happens when there are none. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { answers, eksCluster, gkeCluster } from '../../testing/cloud-answers.ts'
import { KUBECONFIGS } from '../../testing/clusters.ts'
import { fakePrograms, type FakePrograms, type Reply } from '../../testing/fake-programs.ts'
import type { Cloud } from './cloud-service.ts'
import type { ClusterFacts } from './cluster-facts.ts'
import { describeCluster, type Described, type DescribeOptions } from './describe-cluster.ts'

let programs: FakePrograms

beforeEach(() => {
  programs = fakePrograms()
})
afterEach(() => programs.remove())

const PROGRAMS: Readonly<Record<Cloud, 'aws' | 'az' | 'gcloud'>> = { eks: 'aws', gke: 'gcloud', aks: 'az' }
const CLOUDS = ['eks', 'gke', 'aks'] as const

/** Programs that answer; `replies` in place of the usual ones. */
function install(cloud: Cloud, replies: Readonly<Record<string, Reply>> = {}): void {
  const program = PROGRAMS[cloud]
  programs.add(program, { ...answers(true)[program], ...replies })
}

function ask(cloud: Cloud, facts: Partial<ClusterFacts> = {}, rest: Partial<DescribeOptions> = {}): Promise<Described> {
  const { env = {}, ...others } = facts
  return describeCluster({
    facts: { ...KUBECONFIGS[cloud], ...others, env: { ...programs.env, ...env } },
    provider: cloud,
    isManaged: true,
    ...rest,
  })
}

const kinds = ({ resources }: Described): string[] => resources.map(({ identity }) => identity.kind)
const codes = ({ problems }: Described): string[] => problems.map(({ code }) => code)

describe('a cloud that answers', () => {
  test.each<[Cloud, string[]]>([
    ['eks', ['ClusterDescribe', 'DescribeRepositories', 'ListEntitiesForPolicies', 'PolicyVersion']],
    ['gke', ['ClusterDescribe', 'DescribeRepositories', 'ListEntitiesForPolicies']],
    ['aks', ['ClusterDescribe', 'ListEntitiesForPolicies', 'PolicyVersion']],
  ])('gives the objects of %s', async (cloud, expected) => {
    install(cloud)
    const described = await ask(cloud)
    expect(described.problems).toEqual([])
    expect(kinds(described)).toEqual(expected)
    for (const { identity, object } of described.resources) {
      expect(identity).toMatchObject({ version: 'v1', namespace: '', name: 'shop' })
      expect(object).toMatchObject({ kind: identity.kind, metadata: { name: 'shop', provider: cloud } })
    }
  })

  test.each(CLOUDS)('is told no secret of %s further', async (cloud) => {
    install(cloud)
    expect(JSON.stringify((await ask(cloud)).resources)).not.toContain('canary')
  })

  test('has every command told before it is run, as a person would type it', async () => {
    install('eks')
    const told: string[] = []
    await ask('eks', {}, { onCommand: (command) => told.push(command) })
    expect(told).toHaveLength(3)
    expect(told[0]).toBe('aws eks describe-cluster --name shop --region eu-west-1 --output json')
    expect(told[2]).toMatch(
      /^aws iam get-account-authorization-details .* --query '\{Roles: .*> `0`\].*\}' --region eu-west-1/,
    )
  })

  test('gets arguments that a shell never sees', async () => {
    install('aks')
    await ask('aks')
    expect(programs.runs().map((args) => args.slice(0, 6))).toEqual([
      ['aks', 'show', '--name', 'shop', '--resource-group', 'retail'],
      ['role', 'assignment', 'list', '--all', '--subscription', '0b1f6471-1bf0-4dda-aec3-cb9272f09590'],
      ['role', 'definition', 'list', '--subscription', '0b1f6471-1bf0-4dda-aec3-cb9272f09590', '--output'],
    ])
  })

  test('is asked for all clusters where the group is not known, and the one with this address counts', async () => {
    install('aks')
    const described = await ask('aks', { user: 'me' })
    expect(programs.runs()[0]?.slice(0, 2)).toEqual(['aks', 'list'])
    expect(described.resources[0]?.object).toMatchObject({ data: { name: 'shop', properties: { enableRBAC: true } } })
  })
})

describe('another cluster of the same name', () => {
  test.each(CLOUDS)('in %s is not taken for this one', async (cloud) => {
    install(cloud)
    const described = await ask(cloud, { server: 'https://198.51.100.7:6443' })
    expect(described.resources).toEqual([])
    expect(described.problems).toMatchObject([
      { code: 'cloud/other-cluster', message: expect.stringContaining('this one is at 198.51.100.7') as string },
    ])
    expect(programs.runs()).toHaveLength(1)
  })

  test.each(CLOUDS)('in %s is, when the user says that it is', async (cloud) => {
    install(cloud)
    const described = await ask(cloud, { server: 'https://127.0.0.1:8443', env: { KS_KUBE_CLUSTER: 'shop' } })
    expect(described.problems).toEqual([])
    expect(described.resources).not.toEqual([])
  })
})

describe('nothing is asked', () => {
  test.each<[string, string, boolean, RegExp]>([
    ['of a cloud that is not known', '', false, /^nothing shows that this cluster is one of AKS, EKS or GKE/],
    ['of other services', 'digitalocean', true, /^this cluster is of digitalocean/],
    ['where only the machines are of the cloud', 'eks', false, /nothing shows that EKS runs the control plane/],
  ])('%s', async (_, provider, isManaged, message) => {
    install('eks')
    const described = await ask('eks', {}, { provider, isManaged })
    expect(described.resources).toEqual([])
    expect(described.problems).toMatchObject([
      {
        code: 'cloud/no-service',
        message: expect.stringMatching(message) as string,
        hint: expect.stringContaining('KS_CLOUD_PROVIDER') as string,
      },
    ])
    expect(programs.runs()).toEqual([])
  })

  test.each(['eks', 'AWS'])('unless the user says which cloud it is (%s)', async (name) => {
    install('eks')
    const env = { KS_CLOUD_PROVIDER: name }
    expect(kinds(await ask('eks', { env }, { provider: '', isManaged: false }))).toContain('ClusterDescribe')
  })

  test.each([
    '; touch x',
    '$(touch x)',
    '--profile=x',
    '-x',
    'file:///etc/passwd',
    '@/etc/passwd',
    'a b',
    'a\nb',
    '../..',
  ])('with the name %j, and nothing else happens', async (name) => {
    for (const cloud of CLOUDS) install(cloud)
    for (const cloud of ['eks', 'gke'] as const) {
      const inKubeconfig = await ask(cloud, { context: name, cluster: name })
      expect(codes(inKubeconfig)).toEqual(['cloud/unknown-place'])
      const inEnvironment = await ask(cloud, { env: { KS_KUBE_CLUSTER: name, KS_CLOUD_REGION: name } })
      expect(codes(inEnvironment)).toEqual(['cloud/bad-place'])
      expect(inEnvironment.problems[0]?.message).toContain(JSON.stringify(name))
    }
    for (const variable of ['KS_KUBE_CLUSTER', 'AZURE_RESOURCE_GROUP', 'AZURE_SUBSCRIPTION_ID']) {
      if (variable === 'AZURE_RESOURCE_GROUP' && name === '../..') continue
      expect(codes(await ask('aks', { env: { [variable]: name } }))).toEqual(['cloud/bad-place'])
    }
    expect(programs.runs()).toEqual([])
    expect(readdirSync(programs.folder)).not.toContain('x')
  })

  test('with a name of the user that is no group', async () => {
    install('aks')
    await ask('aks', { user: 'clusterUser_--query=x_shop' })
    expect(programs.runs()[0]?.slice(0, 2)).toEqual(['aks', 'list'])
  })
})

describe('a program that gives no answer', () => {
  const says = (text: string, code = 254): Reply => ({ shell: `echo "${text}" >&2; exit ${code}` })

  test.each(CLOUDS)('since it is not there is one problem that says what to install (%s)', async (cloud) => {
    const { problems, resources } = await ask(cloud)
    expect(resources).toEqual([])
    expect(problems).toMatchObject([
      { code: 'cloud/no-program', message: expect.stringMatching(`^${PROGRAMS[cloud]} is not on the PATH`) as string },
    ])
  })

  test.each<[Cloud, string, string, string, RegExp]>([
    [
      'eks',
      'eks describe-cluster',
      'Unable to locate credentials. You can configure credentials by running aws configure.',
      'cloud/no-credentials',
      /aws configure/,
    ],
    [
      'eks',
      'eks describe-cluster',
      'Error when retrieving token from sso: Token has expired and refresh failed',
      'cloud/no-credentials',
      /Sign in/,
    ],
    [
      'eks',
      'eks describe-cluster',
      'An error occurred (AccessDeniedException) when calling the DescribeCluster operation: User x is not authorized to perform: eks:DescribeCluster',
      'cloud/denied',
      /this right/,
    ],
    [
      'eks',
      'eks describe-cluster',
      'An error occurred (ResourceNotFoundException) when calling the DescribeCluster operation: No cluster found for name: shop.',
      'cloud/not-found',
      /KS_CLOUD_REGION/,
    ],
    [
      'eks',
      'eks describe-cluster',
      'Could not connect to the endpoint URL: https://eks.eu-west-1.amazonaws.com/',
      'cloud/unreachable',
      /network/,
    ],
    [
      'gke',
      'container clusters describe',
      'ERROR: (gcloud.container.clusters.describe) You do not currently have an active account selected.',
      'cloud/no-credentials',
      /gcloud auth login/,
    ],
    [
      'gke',
      'container clusters describe',
      'ERROR: (gcloud.container.clusters.describe) ResponseError: code=403, message=Required permission',
      'cloud/denied',
      /this right/,
    ],
    ['aks', 'aks show', "ERROR: Please run 'az login' to setup account.", 'cloud/no-credentials', /az login/],
    [
      'aks',
      'aks show',
      "ERROR: (AuthorizationFailed) The client 'me' does not have authorization to perform action",
      'cloud/denied',
      /this right/,
    ],
    [
      'aks',
      'aks show',
      'ERROR: (ResourceGroupNotFound) Resource group retail could not be found.',
      'cloud/not-found',
      /AZURE_RESOURCE_GROUP/,
    ],
    ['aks', 'aks show', 'boom', 'cloud/failed', /by hand/],
  ])('%s %s: %s', async (cloud, words, text, code, hint) => {
    install(cloud, { [words]: says(text) })
    const { problems, resources } = await ask(cloud)
    expect(resources).toEqual([])
    expect(problems).toMatchObject([{ code, hint: expect.stringMatching(hint) as string }])
    expect(problems[0]?.message).toContain(text)
    expect(problems[0]?.message).toContain(`${PROGRAMS[cloud]} ${words}`)
    expect(programs.runs()).toHaveLength(1)
  })

  test('to one question still answers the others', async () => {
    install('eks', { 'iam get-account-authorization-details': says('AccessDenied: not authorized') })
    const described = await ask('eks')
    expect(kinds(described)).toEqual(['ClusterDescribe', 'DescribeRepositories'])
    expect(codes(described)).toEqual(['cloud/denied'])
    expect(described.problems[0]?.message).toMatch(
      /^aws iam get-account.* --query \.\.\. --region eu-west-1 --output json: Acc/,
    )
  })

  test('but hangs is ended in time, with what it started', async () => {
    const file = join(programs.folder, 'pid')
    install('eks', { 'eks describe-cluster': { shell: `/bin/sleep 600 & echo $! > '${file}'; wait` } })
    const described = await ask('eks', {}, { limits: { timeoutMs: 400 } })
    expect(codes(described)).toEqual(['cloud/timeout'])
    const status = `/proc/${readFileSync(file, 'utf8').trim()}/status`
    const isGone = (): boolean => !existsSync(status) || /^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'))
    await expect.poll(isGone).toBe(true)
  })

  test('but endless output is ended', async () => {
    install('gke', { 'container clusters describe': { shell: 'while :; do printf %01000d 0; done' } })
    const described = await ask('gke', {}, { limits: { maxBytes: 100_000 } })
    expect(codes(described)).toEqual(['cloud/too-long'])
  })

  test('but endless messages shows their end', async () => {
    const shell =
      'i=0; while [ $i -lt 20000 ]; do echo "line $i" >&2; i=$((i+1)); done; echo "ERROR: the end" >&2; exit 1'
    install('gke', { 'container clusters describe': { shell } })
    expect((await ask('gke')).problems[0]?.message).toMatch(/: ERROR: the end$/)
  })

  test('does not show what may be a secret', async () => {
    install('eks', {
      'eks describe-cluster': says('error: bad request, token=canary12345 Bearer canary67890 SecretKey: canary555'),
    })
    const text = JSON.stringify((await ask('eks')).problems)
    expect(text).not.toContain('canary')
    expect(text).toContain('XXXXXX')
  })

  test('reads nothing: its input is closed', async () => {
    install('eks', {
      'eks describe-cluster': { shell: 'read line && echo "got $line" >&2 || echo "no input" >&2; exit 3' },
    })
    expect((await ask('eks')).problems[0]?.message).toMatch(/: no input$/)
  })

  test('is ended when the scan is', async () => {
    install('eks', { 'eks describe-cluster': { shell: '/bin/sleep 600' } })
    const cancel = new AbortController()
    const asking = ask(
      'eks',
      {},
      { signal: cancel.signal, onCommand: () => setImmediate(() => cancel.abort(new Error('enough'))) },
    )
    await expect(asking).rejects.toThrow('enough')
  })
})

describe('an answer that is none', () => {
  test.each<[string, Reply]>([
    ['no JSON', { shell: 'echo "you are logged in"' }],
    ['nothing at all', { shell: ':' }],
    ['a list', { json: [] }],
    ['a text', { json: 'shop' }],
    ['a cluster without a name', { json: { cluster: {} } }],
  ])('%s', async (_, reply) => {
    for (const [cloud, words] of [
      ['eks', 'eks describe-cluster'],
      ['gke', 'container clusters describe'],
      ['aks', 'aks show'],
    ] as const) {
      install(cloud, { [words]: reply })
      const described = await ask(cloud)
      expect(described.resources).toEqual([])
      expect(codes(described)[0]).toMatch(/^cloud\/(?:malformed-answer|other-cluster)$/)
    }
  })

  test('to a later question is left out', async () => {
    install('eks', {
      'ecr describe-repositories': { json: null },
      'iam get-account-authorization-details': { json: {} },
    })
    const described = await ask('eks')
    expect(kinds(described)).toEqual(['ClusterDescribe'])
    expect(codes(described)).toEqual(['cloud/malformed-answer', 'cloud/malformed-answer'])
  })

  test('without repositories does not make images look scanned', async () => {
    install('eks', { 'ecr describe-repositories': { json: { repositories: [] } } })
    install('gke', { 'artifacts repositories list': { json: [{ format: 'MAVEN' }] } })
    for (const cloud of ['eks', 'gke'] as const) {
      const described = await ask(cloud)
      expect(kinds(described)).not.toContain('DescribeRepositories')
      expect(codes(described)).toEqual(['cloud/no-repositories'])
    }
  })

  test('of which a part is missing is none', async () => {
    const shell = 'echo "WARNING: Failed to list repositories for project acme" >&2; echo "[]"'
    install('gke', { 'artifacts repositories list': { shell } })
    const described = await ask('gke')
    expect(kinds(described)).not.toContain('DescribeRepositories')
    expect(codes(described)).toEqual(['cloud/failed'])
  })

  test('as deep as it likes breaks nothing', async () => {
    const file = join(programs.folder, 'deep.json')
    const answerDeeply = (cloud: Cloud, words: string, cluster: object): void => {
      writeFileSync(file, JSON.stringify(cluster).replace('"ACTIVE"', nested).replace('"RUNNING"', nested))
      install(cloud, { [words]: { shell: `/bin/cat '${file}'` } })
    }
    const nested = '['.repeat(50_000) + ']'.repeat(50_000)
    answerDeeply('eks', 'eks describe-cluster', eksCluster(true))
    expect(kinds(await ask('eks'))).toContain('ClusterDescribe')
    answerDeeply('gke', 'container clusters describe', gkeCluster(true))
    expect(kinds(await ask('gke'))).toContain('ClusterDescribe')
  })
})
