/** Reading a cluster: what is asked for, and what becomes of what cannot be read. */
import { afterEach, describe, expect, test } from 'vitest'

import { discover } from '@kubescape/cluster'
import { matching, parseSelector, type Match } from '@kubescape/resources'

import { refusal, startFakeCluster, type FakeCluster, type Reply } from '../../testing/fake-cluster.ts'
import { ClusterSource, type ClusterSourceOptions } from './cluster-source.ts'

const VERSION = { gitVersion: 'v1.37.2', major: '1', minor: '37', platform: '' }

const opened: FakeCluster[] = []
afterEach(async () => {
  for (const cluster of opened.splice(0)) await cluster.close()
})

const serve: typeof startFakeCluster = async (answer) => {
  const cluster = await startFakeCluster(answer)
  opened.push(cluster)
  return cluster
}

interface Read {
  readonly names: string[]
  readonly source: ClusterSource
  /** Paths of lists, with what was asked of them. */
  readonly lists: string[]
}

async function read(
  { client, asked }: FakeCluster,
  wanted: { readonly judged: readonly Match[]; readonly joined?: readonly Match[] },
  options: Partial<ClusterSourceOptions> = {},
): Promise<Read> {
  const found = await discover(client)
  asked.length = 0
  const source = new ClusterSource({ client, discovery: found, version: VERSION, ...options })
  const all = { joined: [], across: [], kind: () => false, metadataOnly: () => false, ...wanted }
  const resources = await Array.fromAsync(source.resources(all))
  const lists = asked.map(({ path, query }) => `${path} ${query.get('labelSelector') ?? ''}`.trim())
  return { names: resources.map(({ identity }) => `${identity.kind}/${identity.name}`), source, lists }
}

const items = (...names: readonly string[]): Reply => ({
  body: { items: names.map((name) => ({ metadata: { name, namespace: 'shop', uid: name } })) },
})
const PODS = matching('v1', 'Pod')
const DEPLOYMENTS = matching('apps/*', 'Deployment')

describe('a type that cannot be read costs only itself:', () => {
  test.each<[string, Reply, string]>([
    ['it is forbidden', refusal(403, 'Forbidden', 'pods is forbidden'), 'pods is forbidden'],
    ['it is gone', refusal(404, 'NotFound', 'the server could not find it'), 'could not find it'],
    ['its server is down', { status: 503, body: 'service unavailable' }, '503'],
    ['its server says nothing', { failure: 'silence' }, 'silent for 200 ms'],
    ['its server ends connections', { failure: 'reset' }, 'closed the connection'],
    ['it is no list', { body: { kind: 'Status' } }, 'no items'],
  ])('%s', async (_, reply, error) => {
    const cluster = await serve(({ path }) => {
      if (path === '/api/v1/pods') return reply
      return path === '/apis/apps/v1/deployments' ? items('web') : undefined
    })
    const { names, source } = await read(cluster, { judged: [PODS, DEPLOYMENTS] })
    expect(names).toEqual(['Deployment/web'])
    expect(source.typesRead).toBe(1)
    const { unreadTypes } = source.coverage()
    expect(unreadTypes).toEqual([
      { group: '', version: 'v1', kind: 'Pod', resource: 'pods', error: expect.stringContaining(error) as string },
    ])
  })
})

test('what was read before a list broke off stays read, and the type counts as unread', async () => {
  const cluster = await serve(({ path, query }) => {
    if (path !== '/api/v1/pods') return undefined
    if (query.get('continue') !== null) return refusal(403, 'Forbidden', 'no longer')
    const first = { metadata: { name: 'a', namespace: 'shop', uid: 'a' } }
    return { body: { metadata: { continue: 'next' }, items: [first] } }
  })
  const { names, source } = await read(cluster, { judged: [PODS] })
  expect([names, source.typesRead]).toEqual([['Pod/a'], 0])
  expect(source.coverage().unreadTypes).toMatchObject([
    { kind: 'Pod', error: expect.stringContaining('no longer') as string },
  ])
})

test('objects that are served in several versions are read once', async () => {
  const cluster = await serve(({ path }) => (path.endsWith('/cronjobs') ? items('nightly') : undefined))
  const { names, lists } = await read(cluster, { judged: [matching('batch/*', 'CronJob')] })
  expect(names).toEqual(['CronJob/nightly'])
  expect(lists).toEqual(['/apis/batch/v1/cronjobs'])
})

test('in namespaces of which some may not be read, the others are, and coverage says which', async () => {
  const cluster = await serve(({ path }) => {
    if (path === '/api/v1/namespaces/bank/pods') return refusal(403, 'Forbidden', 'not in bank')
    return path === '/api/v1/namespaces/shop/pods' ? items('web') : undefined
  })
  const { names, source } = await read(cluster, { judged: [PODS] }, { includeNamespaces: ['bank', 'shop'] })
  expect(names).toEqual(['Pod/web'])
  expect(source.coverage().unreadTypes).toMatchObject([{ kind: 'Pod', partOf: 'metadata.namespace=shop' }])
})

describe('labels are', () => {
  const labels = parseSelector('app=web,!old')

  test('asked for of types that nothing joins, and of no others', async () => {
    const { lists } = await read(
      await serve(() => undefined),
      { judged: [PODS, DEPLOYMENTS], joined: [PODS] },
      { labels },
    )
    expect(lists).toEqual(['/api/v1/pods', '/apis/apps/v1/deployments app=web,!old'])
  })

  test('asked for in namespaces too', async () => {
    const options = { labels, includeNamespaces: ['shop'] }
    const { lists } = await read(await serve(() => undefined), { judged: [PODS] }, options)
    expect(lists).toEqual(['/api/v1/namespaces/shop/pods app=web,!old'])
  })

  test('not asked for where a server would refuse them', async () => {
    const { lists } = await read(await serve(() => undefined), { judged: [PODS] }, { labels: parseSelector('app=-x') })
    expect(lists).toEqual(['/api/v1/pods'])
  })
})
