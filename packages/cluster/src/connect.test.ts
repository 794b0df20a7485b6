/** Requests against servers that behave and servers that do not. */
import { describe, expect, onTestFinished, test } from 'vitest'

import { testCertificates } from '../testing/certificates.ts'
import {
  startApi,
  statusReply,
  type Asked,
  type FakeApi,
  type FakeApiOptions,
  type Reply,
} from '../testing/fake-api.ts'
import { base64, FakeClock, targetOf } from '../testing/targets.ts'
import type { ServerEntry, UserEntry } from './access.ts'
import type { ConnectOptions, KubeClient } from './client.ts'
import { connect } from './connect.ts'
import type { ApiError, ClusterError } from './errors.ts'

interface Setup extends FakeApiOptions {
  readonly user?: Partial<UserEntry>
  readonly cluster?: Partial<ServerEntry>
  readonly options?: ConnectOptions
}

interface Session {
  readonly api: FakeApi
  readonly client: KubeClient
  readonly clock: FakeClock
}

/** A server that gives the replies in their order, the last one again and again, and a client for it. */
async function session(replies: readonly Reply[] | ((asked: Asked) => Reply), setup: Setup = {}): Promise<Session> {
  const left = typeof replies === 'function' ? [] : [...replies]
  const answer = typeof replies === 'function' ? replies : (): Reply => (left.length > 1 ? left.shift()! : left[0]!)
  const api = await startApi(answer, setup)
  const clock = new FakeClock()
  const { server: _, ...more } = { server: '', ...setup.cluster }
  const client = connect(targetOf(api.url, setup.user, more), { clock, env: {}, ...setup.options })
  onTestFinished(async () => {
    client.close()
    await api.close()
  })
  return { api, client, clock }
}

async function errorOf(promise: Promise<unknown>): Promise<ClusterError & Partial<ApiError>> {
  try {
    await promise
  } catch (error) {
    return error as ClusterError & Partial<ApiError>
  }
  throw new Error('it succeeded')
}

const fine: Reply = { body: { kind: 'Fine' } }

describe('an answer', () => {
  test('is parsed', async () => {
    const { api, client } = await session([fine])
    expect(await client.get('/api/v1/pods', { query: { limit: 5, continue: undefined, watch: false } })).toEqual(
      fine.body,
    )
    const [asked] = api.asked
    expect(asked).toMatchObject({ method: 'GET', path: '/api/v1/pods' })
    expect(asked?.query.toString()).toBe('limit=5&watch=false')
    expect(asked?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'kubescape',
      connection: 'keep-alive',
    })
  })

  test('may be compressed', async () => {
    const { api, client } = await session([{ ...fine, gzip: true }])
    expect(await client.get('/')).toEqual(fine.body)
    expect(api.asked[0]?.headers['accept-encoding']).toBe('gzip')
  })

  test('is not compressed where the cluster is not to compress', async () => {
    const { api, client } = await session([fine], { cluster: { refusesCompression: true } })
    await client.get('/')
    expect(api.asked[0]?.headers['accept-encoding']).toBeUndefined()
  })

  test('may be empty', async () => {
    const { client } = await session([{ body: '' }])
    expect(await client.request('DELETE', '/api/v1/namespaces/a')).toBeNull()
  })

  test.each([false, true])('is read no further than is allowed (compressed: %s)', async (gzip) => {
    const { client } = await session([{ body: `"${'a'.repeat(5000)}"`, gzip }], { options: { maxAnswerBytes: 2000 } })
    expect(await errorOf(client.get('/'))).toMatchObject({ code: 'cluster/too-large' })
  })

  test('of a log-in page is reported with its beginning, on one line', async () => {
    const { client } = await session([{ body: '<html>\n<title>Log in\u001B[31m</title>' }])
    const { code, message } = await errorOf(client.get('/version'))
    expect(code).toBe('cluster/malformed-answer')
    expect(message).toBe('the answer to /version is no JSON: <html> <title>Log in [31m</title>')
  })

  test('that claims to be compressed and is not is reported', async () => {
    const { client } = await session([{ body: '{}', headers: { 'Content-Encoding': 'gzip' } }])
    expect((await errorOf(client.get('/'))).message).toBe('the answer cannot be decompressed')
  })

  test('comes over one connection for all requests', async () => {
    const { api, client } = await session([fine])
    for (let i = 0; i < 5; i++) await client.get('/')
    expect(api.connections()).toBe(1)
  })

  test('of /version is read forgivingly', async () => {
    const { client } = await session([{ body: { gitVersion: 'v1.31.0', minor: 31 } }])
    expect(await client.version()).toEqual({ gitVersion: 'v1.31.0', major: '', minor: '31', platform: '' })
  })
})

describe('a request', () => {
  test('goes below the path of the server', async () => {
    const api = await startApi(() => fine)
    const client = connect(targetOf(`${api.url}/k8s/clusters/c-1`), { env: {} })
    onTestFinished(() => {
      client.close()
      return api.close()
    })
    await client.get('/api/v1/pods')
    expect(api.asked[0]?.path).toBe('/k8s/clusters/c-1/api/v1/pods')
  })

  test('may have a body, with its type', async () => {
    const { api, client } = await session([fine])
    const body = { kind: 'ConfigMap', data: { a: 'ä' } }
    const contentType = 'application/apply-patch+yaml'
    await client.request('PATCH', '/api/v1/x', body, { contentType, query: { fieldManager: 'kubescape', force: true } })
    expect(api.asked[0]).toMatchObject({ method: 'PATCH', body: JSON.stringify(body) })
    expect(api.asked[0]?.headers['content-type']).toBe(contentType)
    expect(api.asked[0]?.query.get('fieldManager')).toBe('kubescape')
  })

  test('says who to act as', async () => {
    const impersonation = [
      ['Impersonate-User', 'jane'],
      ['Impersonate-Group', 'dev'],
      ['Impersonate-Group', 'ops'],
    ] as const
    const { api, client } = await session([fine], { user: { impersonation } })
    await client.get('/')
    expect(api.asked[0]?.headers).toMatchObject({ 'impersonate-user': 'jane', 'impersonate-group': 'dev, ops' })
  })

  test('has no more company than is allowed', async () => {
    let inside = 0
    let most = 0
    const full = Promise.withResolvers<void>()
    const api = await startApi(async () => {
      most = Math.max(most, ++inside)
      if (inside === 3) full.resolve()
      await full.promise
      inside--
      return fine
    })
    const client = connect(targetOf(api.url), { env: {}, maxConcurrent: 3 })
    onTestFinished(() => {
      client.close()
      return api.close()
    })
    await Promise.all(Array.from({ length: 20 }, () => client.get('/')))
    expect(most).toBe(3)
    expect(api.connections()).toBe(3)
  })
})

describe('a refusal', () => {
  test('is told in the words of the server', async () => {
    const message = 'secrets is forbidden: User "jane" cannot list resource "secrets"'
    const { client } = await session([statusReply(403, 'Forbidden', message)])
    expect(await errorOf(client.get('/api/v1/secrets'))).toMatchObject({
      name: 'ApiError',
      code: 'cluster/http-403',
      status: 403,
      reason: 'Forbidden',
      message,
      path: '/api/v1/secrets',
      retryable: false,
    })
  })

  test('that is no Status is told with its status', async () => {
    const { client } = await session([{ status: 418, body: 'short and\nstout' }])
    expect((await errorOf(client.get('/'))).message).toBe("HTTP 418 I'm a Teapot: short and stout")
  })

  test('that leads elsewhere is not followed', async () => {
    const { api, client } = await session([{ status: 302, headers: { Location: 'http://127.0.0.1:1/' } }])
    expect(await errorOf(client.get('/'))).toMatchObject({ status: 302, retryable: false })
    expect(api.asked).toHaveLength(1)
  })
})

describe('another try', () => {
  test('is made when the server has too much to do, after as long as it asks for', async () => {
    const busy = { ...statusReply(429, 'TooManyRequests', 'slow down'), headers: { 'Retry-After': '7' } }
    const { api, client, clock } = await session([busy, busy, fine])
    expect(await client.get('/')).toEqual(fine.body)
    expect(api.asked).toHaveLength(3)
    expect(clock.waits.map((wait) => Math.floor(wait / 1000))).toEqual([7, 7])
  })

  test('is made for changes too when they were turned away', async () => {
    const { api, client } = await session([statusReply(429, 'TooManyRequests', 'slow down'), fine])
    await client.request('POST', '/', {})
    expect(api.asked).toHaveLength(2)
  })

  test.each<[string, Reply, number]>([
    ['503', statusReply(503, 'ServiceUnavailable', 'not ready'), 6],
    ['502', { status: 502, body: 'bad gateway' }, 6],
    ['500', statusReply(500, 'InternalError', 'broken'), 1],
    ['500 with a time', { ...statusReply(500, 'InternalError', 'broken'), headers: { 'Retry-After': '1' } }, 6],
    ['500 with a time inside', statusReply(500, 'ServerTimeout', 'busy', { details: { retryAfterSeconds: 2 } }), 6],
    ['504', statusReply(504, 'Timeout', 'too slow'), 1],
    ['404', statusReply(404, 'NotFound', 'no'), 1],
    ['a lost connection', { failure: 'reset' }, 6],
    ['half an answer', { body: { kind: 'Fine' }, failure: 'cut' }, 6],
    ['an answer that is no JSON', { body: 'hm' }, 1],
  ])('after %s', async (_, reply, tries) => {
    const { api, client } = await session([reply])
    await errorOf(client.get('/'))
    expect(api.asked).toHaveLength(tries)
  })

  test.each<[string, string, number]>([
    ['POST', 'application/json', 1],
    ['PATCH', 'application/merge-patch+json', 1],
    ['PATCH', 'application/apply-patch+yaml', 6],
    ['PUT', 'application/json', 6],
    ['DELETE', 'application/json', 1],
  ])('of a %s of %s is made only if it does no harm', async (method, contentType, tries) => {
    const { api, client } = await session([{ failure: 'reset' }])
    await errorOf(client.request(method, '/', {}, { contentType }))
    expect(api.asked).toHaveLength(tries)
  })

  test('waits longer and longer', async () => {
    const { client, clock } = await session([statusReply(503, 'ServiceUnavailable', 'not ready')])
    await errorOf(client.get('/'))
    for (const [at, wait] of clock.waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(125 * 2 ** at)
      expect(wait).toBeLessThanOrEqual(250 * 2 ** at)
    }
  })

  test('is not made after the deadline', async () => {
    const busy = { ...statusReply(429, 'TooManyRequests', 'slow down'), headers: { 'Retry-After': '40' } }
    const { api, client } = await session([busy])
    expect(await errorOf(client.get('/'))).toMatchObject({ status: 429, retryable: true })
    expect(api.asked).toHaveLength(3)
  })

  test('is not made more often than the request allows', async () => {
    const { api, client } = await session([statusReply(503, 'ServiceUnavailable', 'not ready')])
    await errorOf(client.get('/', { maxTries: 2 }))
    expect(api.asked).toHaveLength(2)
  })

  test('is made when a server that had answered is gone for a moment', async () => {
    const first = await session([fine])
    await first.client.get('/')
    await first.api.close()
    const clock = first.clock
    const wait = clock.wait.bind(clock)
    clock.wait = async (milliseconds, signal) => {
      await wait(milliseconds, signal)
      if (clock.waits.length !== 3) return
      const again = await startApi(() => fine, { port: first.api.port })
      onTestFinished(() => again.close())
    }
    expect(await first.client.get('/')).toEqual(fine.body)
    expect(clock.waits).toHaveLength(3)
  })
})

describe('a connection that fails', () => {
  const { ca, server, expired, elsewhere, client, otherClient } = testCertificates()
  const trusted = { caData: base64(ca) }

  test('since nothing answers', async () => {
    const { api, client: kube } = await session([fine])
    await api.close()
    const error = await errorOf(kube.get('/'))
    expect(error).toMatchObject({ code: 'cluster/refused', retryable: true })
    expect(error.message).toBe(`nothing answers at 127.0.0.1:${api.port}: the connection was refused`)
  })

  test('since the server says nothing', async () => {
    const { api, client: kube } = await session([{ failure: 'hang' }], { options: { timeoutMs: 20 } })
    expect(await errorOf(kube.get('/'))).toMatchObject({ code: 'cluster/timeout', retryable: true })
    expect(api.asked).toHaveLength(1)
  })

  test('since the server stops in the middle', async () => {
    const { client: kube } = await session([{ body: 'x'.repeat(100), failure: 'stall' }], {
      options: { timeoutMs: 20 },
    })
    expect((await errorOf(kube.get('/'))).message).toBe('the server was silent for 20 ms')
  })

  test('since what answers is no HTTP server', async () => {
    const api = await startApi(() => fine, { tls: server })
    const kube = connect(targetOf(api.url.replace('https', 'http')), { env: {}, clock: new FakeClock() })
    onTestFinished(() => {
      kube.close()
      return api.close()
    })
    expect(['cluster/reset', 'cluster/no-http']).toContain((await errorOf(kube.get('/'))).code)
  })

  test('since what answers does not speak TLS', async () => {
    const api = await startApi(() => fine)
    const kube = connect(targetOf(api.url.replace('http', 'https')), { env: {} })
    onTestFinished(() => {
      kube.close()
      return api.close()
    })
    expect(await errorOf(kube.get('/'))).toMatchObject({ code: 'cluster/no-tls' })
  })

  test.each<[string, Setup, string]>([
    ['unknown authority', { tls: server }, 'cluster/unknown-authority'],
    ['expired', { tls: expired, cluster: trusted }, 'cluster/expired-certificate'],
    ['another host', { tls: elsewhere, cluster: trusted }, 'cluster/wrong-host'],
    [
      'no client certificate',
      { tls: server, clientCa: ca, needsClient: true, cluster: trusted },
      'cluster/client-certificate',
    ],
  ])('since certificates do not do: %s', async (_, setup, code) => {
    const { client: kube } = await session([fine], setup)
    expect(await errorOf(kube.get('/'))).toMatchObject({ code })
  })

  test('names the hosts that the certificate is for', async () => {
    const { client: kube } = await session([fine], { tls: elsewhere, cluster: trusted })
    expect((await errorOf(kube.get('/'))).message).toContain('it names elsewhere.test')
  })

  test('does not fail on the name that the cluster expects', async () => {
    const cluster = { ...trusted, tlsServerName: 'elsewhere.test' }
    const { client: kube } = await session([fine], { tls: elsewhere, cluster })
    expect(await kube.get('/')).toEqual(fine.body)
  })

  test('does not fail where certificates are not looked at', async () => {
    const { client: kube } = await session([fine], { tls: expired, cluster: { isInsecure: true } })
    expect(await kube.get('/')).toEqual(fine.body)
  })

  test('does not fail with the right certificates on both sides', async () => {
    const user = { certData: base64(client.cert), keyData: base64(client.key) }
    const setup = { tls: server, clientCa: ca, needsClient: true, cluster: trusted, user }
    const { api, client: kube } = await session([fine], setup)
    expect(await kube.get('/')).toEqual(fine.body)
    expect(api.asked[0]?.clientName).toBe('client')
  })

  test.each<[string, Partial<ServerEntry>, Partial<UserEntry>, string]>([
    ['an authority that is no PEM', { caData: base64('hm') }, {}, 'certificate-authority-data holds nothing in PEM'],
    [
      'an authority that is not there',
      { caFile: '/none/ca.crt' },
      {},
      'certificate-authority of the configuration does not exist',
    ],
    [
      'a certificate and the key of another',
      {},
      { certData: base64(client.cert), keyData: base64(otherClient.key) },
      'the certificates of the context cannot be used: key values mismatch',
    ],
    ['a certificate without a key', {}, { certData: base64(client.cert) }, 'a client certificate but no client key'],
  ])('since the configuration has %s', async (_, cluster, user, message) => {
    const { client: kube } = await session([fine], { cluster, user, tls: server })
    expect((await errorOf(kube.get('/'))).message).toContain(message)
  })

  test('since the URL of the server is none', async () => {
    const kube = connect(targetOf('kube.test:6443'), { env: {} })
    expect((await errorOf(kube.get('/'))).message).toBe('the server of the cluster is no URL: kube.test:6443')
  })
})
