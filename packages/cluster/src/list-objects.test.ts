/** Lists that come in pages, through whatever happens between them. */
import { describe, expect, onTestFinished, test } from 'vitest'

import type { ValueMap } from '@kubescape/resources'

import { startApi, statusReply, type Asked, type FakeApi, type Reply } from '../testing/fake-api.ts'
import { fakeList, numbered, upTo, type Expiry } from '../testing/fake-list.ts'
import { FakeClock, targetOf } from '../testing/targets.ts'
import type { ConnectOptions, KubeClient } from './client.ts'
import { connect } from './connect.ts'
import type { ApiResource } from './discovery/api-resource.ts'
import { listObjects, type ListOptions, type ListOutcome } from './list-objects.ts'

const pods: ApiResource = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespaced: true,
  verbs: ['list'],
  isPreferred: true,
}

async function session(
  answer: (asked: Asked) => Reply,
  options: ConnectOptions = {},
): Promise<{ api: FakeApi; client: KubeClient }> {
  const api = await startApi(answer)
  const client = connect(targetOf(api.url), { env: {}, clock: new FakeClock(), ...options })
  onTestFinished(() => {
    client.close()
    return api.close()
  })
  return { api, client }
}

interface Read {
  readonly names: string[]
  readonly outcome: ListOutcome
  readonly limits: (string | null)[]
  readonly asked: readonly Asked[]
}

const nameOf = ({ metadata }: ValueMap): string => (metadata as { name: string }).name

async function read(
  answer: (asked: Asked) => Reply,
  options: ListOptions = {},
  connection: ConnectOptions = {},
): Promise<Read> {
  const { api, client } = await session(answer, connection)
  const list = listObjects(client, pods, options)
  const names: string[] = []
  for (;;) {
    const step = await list.next()
    if (step.done)
      return { names, outcome: step.value, limits: api.asked.map(({ query }) => query.get('limit')), asked: api.asked }
    names.push(nameOf(step.value))
  }
}

const ofPods = (
  count: number,
  more: { expires?: (request: number) => Expiry | undefined } = {},
): ((asked: Asked) => Reply) => fakeList({ objects: () => numbered(upTo(count)), ...more })

const namesUpTo = (count: number): string[] => upTo(count).map((number) => `pod-${number}`)

describe('a list', () => {
  test('comes in pages, in order, without a gap', async () => {
    const { names, outcome, asked } = await read(ofPods(1200))
    expect(names).toEqual(namesUpTo(1200))
    expect(outcome).toEqual({ count: 1200, pages: 3, isInconsistent: false })
    expect(asked.map(({ query }) => query.toString())).toEqual([
      'limit=500',
      'limit=500&continue=at%3A500',
      'limit=500&continue=at%3A1000',
    ])
  })

  test('has objects that say what they are', async () => {
    const { client } = await session(ofPods(1))
    const objects = await Array.fromAsync(
      listObjects(client, { ...pods, group: 'apps', kind: 'Thing', plural: 'things' }),
    )
    expect(objects).toMatchObject([{ apiVersion: 'apps/v1', kind: 'Thing', metadata: { name: 'pod-0' } }])
  })

  test.each([
    [{ body: { kind: 'PodList', items: [] } }, 1],
    [{ body: { kind: 'PodList', items: null } }, 1],
  ])('may be empty', async (reply, pages) => {
    expect(await read(() => reply)).toMatchObject({ names: [], outcome: { count: 0, pages } })
  })

  test('may be of a namespace, and of objects that are chosen', async () => {
    const options = {
      namespace: 'a/b',
      labelSelector: 'app in (x,y)',
      fieldSelector: 'metadata.namespace!=z',
      limit: 7,
    }
    const { asked } = await read(ofPods(1), options)
    expect(asked[0]?.path).toBe('/api/v1/namespaces/a%2Fb/pods')
    expect(Object.fromEntries(asked[0]?.query ?? [])).toEqual({
      labelSelector: 'app in (x,y)',
      fieldSelector: 'metadata.namespace!=z',
      limit: '7',
    })
  })

  test('may be of metadata only', async () => {
    const { asked } = await read(ofPods(1), { metadataOnly: true })
    expect(asked[0]?.headers.accept).toMatch(/^application\/json;as=PartialObjectMetadataList;g=meta\.k8s\.io;v=v1/)
  })

  test('is read no further than it is used', async () => {
    const { api, client } = await session(ofPods(100))
    for await (const object of listObjects(client, pods, { limit: 10 })) {
      if (nameOf(object) === 'pod-12') break
    }
    expect(api.asked).toHaveLength(2)
  })

  test.each<[string, Reply, string]>([
    ['has no items', { body: { kind: 'Pod' } }, 'the list of /api/v1/pods has no items'],
    ['has items that are none', { body: { items: [1] } }, 'the list of /api/v1/pods has items that are no objects'],
    [
      'leads in circles',
      { body: { metadata: { continue: 'a' }, items: [] } },
      'the list of /api/v1/pods leads back to itself',
    ],
    ['is refused', statusReply(403, 'Forbidden', 'no pods for you'), 'no pods for you'],
  ])('that %s ends in an error', async (_, reply, message) => {
    await expect(read(() => reply)).rejects.toThrow(message)
  })

  test('that fails in the middle has given what it had', async () => {
    const list = ofPods(30)
    const { client } = await session((asked) =>
      asked.query.get('continue') === 'at:20' ? { status: 500, body: '' } : list(asked),
    )
    const names: string[] = []
    const reading = async (): Promise<void> => {
      for await (const object of listObjects(client, pods, { limit: 10 })) names.push(nameOf(object))
    }
    await expect(reading()).rejects.toThrow('HTTP 500')
    expect(names).toEqual(namesUpTo(20))
  })
})

describe('a token that has expired', () => {
  test('is replaced by the one that the server gives in its place', async () => {
    const { names, outcome } = await read(
      ofPods(30, { expires: (request) => (request === 1 ? 'with-token' : undefined) }),
      { limit: 10 },
    )
    expect(names).toEqual(namesUpTo(30))
    expect(outcome).toEqual({ count: 30, pages: 3, isInconsistent: true })
  })

  test('and has no other in its place begins the list again, without what was given', async () => {
    const states = [upTo(30), [0, 1, 2, 5, 6, 7, ...upTo(20).map((number) => number + 15)]]
    const { names, outcome } = await read(
      fakeList({
        objects: (state) => numbered(states[state] ?? []),
        expires: (request) => (request === 1 ? 'without-token' : undefined),
      }),
      { limit: 10 },
    )
    expect(names).toEqual([...namesUpTo(20), ...upTo(15).map((number) => `pod-${number + 20}`)])
    expect(outcome).toEqual({ count: 35, pages: 5, isInconsistent: true })
  })

  test('again and again ends in an error', async () => {
    await expect(read(ofPods(30, { expires: () => 'without-token' }), { limit: 10 })).rejects.toThrow('is too old')
  })

  test('of objects without uids leaves out what was given by name', async () => {
    const objects = upTo(3).map((number) => ({ metadata: { name: `pod-${number}` } }))
    const expires = (request: number): Expiry | undefined => (request === 1 ? 'without-token' : undefined)
    expect((await read(fakeList({ objects: () => objects, expires }), { limit: 1 })).names).toEqual(namesUpTo(3))
  })
})

describe('pages become smaller', () => {
  /** Answers pages up to a size, and refuses larger ones. */
  const upToSize = (most: number, refusal: Reply): ((asked: Asked) => Reply) => {
    const list = ofPods(100)
    return (asked) => (Number(asked.query.get('limit')) > most ? refusal : list(asked))
  }

  test.each<[string, Reply]>([
    ['takes too long', statusReply(504, 'Timeout', 'the request did not complete in time')],
    ['times out behind the server', statusReply(500, 'InternalError', 'etcdserver: request timed out')],
    ['says nothing', { failure: 'hang' }],
    [
      'finds them too large',
      statusReply(500, 'InternalError', 'rpc error: trying to send message larger than max (3 vs. 2)'),
    ],
    ['finds the answer too large', { status: 413, body: '' }],
  ])('when the server %s', async (_, refusal) => {
    // Only silence needs a short patience; a busy machine is slow to answer as well.
    const timeoutMs = 'failure' in refusal ? 1000 : 60_000
    const { names, limits } = await read(upToSize(30, refusal), { limit: 100 }, { timeoutMs })
    expect(names).toEqual(namesUpTo(100))
    expect(limits).toEqual(['100', '50', '25', '25', '25', '25'])
  })

  test('when they are larger than is read', async () => {
    const { names, limits } = await read(ofPods(20), { limit: 20 }, { maxAnswerBytes: 600 })
    expect(names).toEqual(namesUpTo(20))
    expect(limits.slice(0, 3)).toEqual(['20', '10', '5'])
  })

  test('but not for ever', async () => {
    const refusal = statusReply(504, 'Timeout', 'the request did not complete in time')
    await expect(read(upToSize(0, refusal), { limit: 500 })).rejects.toThrow('did not complete in time')
  })
})
