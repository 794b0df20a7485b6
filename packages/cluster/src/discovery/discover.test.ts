/** What servers serve, told in one document or in many. */
import { expect, onTestFinished, test } from 'vitest'

import { startApi, statusReply, type Asked, type FakeApi, type Reply } from '../../testing/fake-api.ts'
import { answerAggregated, answerAs121 } from '../../testing/kubernetes-1.21.ts'
import { FakeClock, targetOf } from '../../testing/targets.ts'
import { connect } from '../connect.ts'
import type { Discovery } from './api-resource.ts'
import { discover } from './discover.ts'

async function discovered(answer: (asked: Asked) => Reply): Promise<Discovery & { asked: FakeApi['asked'] }> {
  const api = await startApi(answer)
  const client = connect(targetOf(api.url), { env: {}, clock: new FakeClock() })
  onTestFinished(() => {
    client.close()
    return api.close()
  })
  return { ...(await discover(client)), asked: api.asked }
}

const names = ({ resources }: Discovery): string[] =>
  resources.map(({ group, version, plural, isPreferred }) => `${group}/${version}/${plural}${isPreferred ? ' *' : ''}`)

test('a server of 2021 is asked group by group', async () => {
  const discovery = await discovered((asked) => answerAs121(asked))
  expect(discovery.failures).toEqual([])
  expect(discovery.resources).toHaveLength(88)
  expect(names(discovery)).toEqual(
    expect.arrayContaining([
      '/v1/pods *',
      'extensions/v1beta1/ingresses *',
      'networking.k8s.io/v1/ingresses *',
      'networking.k8s.io/v1beta1/ingresses',
      'batch/v1/cronjobs *',
      'batch/v1beta1/cronjobs',
      'policy/v1/poddisruptionbudgets *',
      // Not in the preferred version of its group.
      'policy/v1beta1/podsecuritypolicies *',
      'autoscaling/v1/horizontalpodautoscalers *',
    ]),
  )
  expect(names(discovery).filter((name) => name.split('/').length > 3)).toEqual([])
  expect(discovery.resources.find(({ plural }) => plural === 'namespaces')).toEqual({
    group: '',
    version: 'v1',
    kind: 'Namespace',
    plural: 'namespaces',
    namespaced: false,
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
    isPreferred: true,
  })
})

test('which version is preferred is said apart: the order of the list is not to be relied on', async () => {
  const reversed = (asked: Asked): Reply => {
    const reply = answerAs121(asked)
    if (asked.path !== '/apis') return reply
    const { groups } = reply.body as { groups: { versions: [] }[] }
    return { body: { groups: groups.map((group) => ({ ...group, versions: group.versions.toReversed() })) } }
  }
  const preferred = (discovery: Discovery): string[] => names(discovery).filter((name) => name.endsWith('*'))
  expect(preferred(await discovered(reversed))).toEqual(preferred(await discovered((asked) => answerAs121(asked))))
})

test('a later server is asked twice, and says the same', async () => {
  const discovery = await discovered((asked) => answerAggregated(asked))
  const { asked, ...old } = await discovered((one) => answerAs121(one))
  expect(discovery.asked).toHaveLength(2)
  expect(discovery.asked[0]?.headers.accept).toContain('v=v2;as=APIGroupDiscoveryList')
  expect(asked.length).toBeGreaterThan(30)
  expect({ resources: discovery.resources, failures: discovery.failures }).toEqual(old)
})

test('a group without a server costs only itself', async () => {
  const old = await discovered((asked) => answerAs121(asked, ['metrics.k8s.io']))
  expect(old.failures).toEqual([
    { groupVersion: 'metrics.k8s.io/v1beta1', error: 'HTTP 503 Service Unavailable: service unavailable' },
  ])
  const later = await discovered((asked) => answerAggregated(asked, ['metrics.k8s.io']))
  expect(later.failures).toEqual([
    { groupVersion: 'metrics.k8s.io/v1beta1', error: 'the server behind this group does not answer' },
  ])
  expect(later.resources).toEqual(old.resources)
  expect(later.resources).toHaveLength(86)
  expect(old.asked.filter(({ path }) => path.includes('metrics'))).toHaveLength(2)
})

test('a group that is not as it should be costs only itself', async () => {
  const { failures, resources } = await discovered((asked) =>
    asked.path === '/apis/apps/v1' ? { body: '<html>' } : answerAs121(asked),
  )
  expect(failures).toMatchObject([{ groupVersion: 'apps/v1' }])
  expect(resources.length).toBeGreaterThan(80)
})

test.each<[string, (asked: Asked) => Reply, string]>([
  ['refuses', () => statusReply(401, 'Unauthorized', 'Unauthorized'), 'Unauthorized'],
  [
    'does not have the core group',
    (asked) => (asked.path === '/api/v1' ? { status: 500, body: '' } : answerAs121(asked)),
    '500',
  ],
  [
    'refuses in the middle',
    (asked) => (asked.path === '/apis/apps/v1' ? statusReply(401, '', 'no more') : answerAs121(asked)),
    'no more',
  ],
  ['is no Kubernetes', () => ({ body: { hello: 'world' } }), 'the answer to /api is no list of versions'],
])('a server that %s is not discovered', async (_, answer, message) => {
  await expect(discovered(answer)).rejects.toThrow(message)
})

test('documents with parts that are missing or of another type are read as far as they go', async () => {
  const { resources, failures } = await discovered(({ path }) => {
    const items = [
      null,
      { metadata: 5, versions: {} },
      { metadata: { name: 'a' }, versions: [{ version: 'v1', resources: [{}, 7] }] },
    ]
    if (path === '/apis') return { body: { kind: 'APIGroupDiscoveryList', items } }
    return { body: { kind: 'APIGroupDiscoveryList', items: null } }
  })
  expect({ resources, failures }).toEqual({ resources: [], failures: [] })
})
