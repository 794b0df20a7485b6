/**
 * Cancels requests wherever they can be, in a process of its own: it ends by itself only if no timer, socket or child is left.
 * Prints a line for each place.
 */
import type { ConnectOptions, KubeClient } from '../src/client.ts'
import { connect } from '../src/connect.ts'
import { listObjects } from '../src/list-objects.ts'
import { startApi, statusReply, type Asked, type FakeApi, type Reply } from './fake-api.ts'
import { startHttpProxy, startSilentProxy } from './fake-proxies.ts'
import { fakeList, numbered, upTo } from './fake-list.ts'
import { targetOf } from './targets.ts'

const reason = new Error('enough')
const pods = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: [], isPreferred: true }

type Use = (client: KubeClient, signal: AbortSignal) => Promise<unknown>

interface Place {
  readonly name: string
  readonly answer: (asked: Asked) => Reply
  /** Ready to be cancelled. */
  readonly isThere: (api: FakeApi) => boolean
  readonly use?: Use
  readonly target?: Partial<Parameters<typeof targetOf>[2]>
  readonly exec?: string
  readonly options?: ConnectOptions
}

const get: Use = (client, signal) => client.get('/', { signal })

const hang = (): Reply => ({ failure: 'hang' })

const hangingProxy = await startHttpProxy(1, { hang: true })
const silentProxy = await startSilentProxy()

const places: readonly Place[] = [
  { name: 'headers', answer: hang, isThere: ({ asked }) => asked.length === 1 },
  {
    name: 'body',
    answer: () => ({ body: 'x'.repeat(1000), failure: 'stall' }),
    isThere: ({ asked }) => asked.length === 1,
  },
  {
    name: 'back-off',
    answer: () => ({ ...statusReply(429, 'TooManyRequests', 'slow'), headers: { 'Retry-After': '60' } }),
    isThere: ({ asked }) => asked.length === 1,
  },
  {
    name: 'queue',
    answer: hang,
    isThere: ({ asked }) => asked.length === 1,
    use: (client, signal) => Promise.all([get(client, signal), get(client, signal)]),
    options: { maxConcurrent: 1 },
  },
  {
    name: 'tunnel',
    answer: hang,
    isThere: () => hangingProxy.sockets.size > 0,
    target: { proxyUrl: hangingProxy.url },
  },
  { name: 'socks', answer: hang, isThere: () => silentProxy.sockets.size > 0, target: { proxyUrl: silentProxy.url } },
  { name: 'plugin', answer: hang, isThere: () => true, exec: 'sleep' },
  {
    name: 'list',
    answer: (asked) => (asked.query.has('continue') ? hang() : fakeList({ objects: () => numbered(upTo(20)) })(asked)),
    isThere: ({ asked }) => asked.length === 2,
    use: async (client, signal) => {
      for await (const object of listObjects(client, pods, { limit: 10, signal })) void object
    },
  },
]

for (const place of places) {
  for (const by of ['request', 'connection', 'close'] as const) {
    process.stdout.write(`${place.name} ${by} ${await cancel(place, by)}\n`)
  }
}
await hangingProxy.close()
await silentProxy.close()

/** What became of the promise, and whether the server still has a connection afterwards. */
async function cancel(place: Place, by: 'request' | 'connection' | 'close'): Promise<string> {
  const api = await startApi(place.answer)
  const controller = new AbortController()
  const whole = by === 'connection' ? { signal: controller.signal } : {}
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', args: ['60'], env: {}, givesClusterInfo: false }
  const user =
    place.exec === undefined ? {} : { exec: { ...exec, command: place.exec, interactiveMode: 'Never' as const } }
  const server = place.target === undefined ? api.url : 'https://kube.test'
  const client = connect(targetOf(server, user, place.target), {
    env: { PATH: process.env['PATH'] },
    ...place.options,
    ...whole,
  })
  const signal = by === 'request' ? controller.signal : new AbortController().signal
  const use = (place.use ?? get)(client, signal).then(
    () => 'it succeeded',
    (error: unknown) => (error === reason ? 'cancelled' : String(error)),
  )
  while (!place.isThere(api)) await turn()
  for (let i = 0; i < 3; i++) await turn()
  if (by === 'close') client.close()
  else controller.abort(reason)
  const result = await use
  // A connection that waits for its next request is no loss; one that is in the middle of an answer is.
  if (place.name === 'back-off') client.close()
  while (api.sockets.size + hangingProxy.sockets.size + silentProxy.sockets.size > 0) await turn()
  client.close()
  await api.close()
  return result
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 2)
  })
}
