import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { selfSigned } from './certificate.ts'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { startKubescape, type Run, type Running } from './kubescape.ts'
import { closedPort, startProxy, startReceiver, startRefuser, type Reply } from './receiver.ts'

const folder = temporaryFolder()
writeFiles(folder, { 'pod.yaml': podYaml('plain') })

const CREATED: Reply = { status: 201, headers: { location: '/v1/reports/7' } }
const OVERALL = /^Overall compliance score: \d+%$/m

/** A scan of one Pod that is submitted, with what a test adds. */
function submit(url: string, flags: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return startKubescape(['scan', 'pod.yaml', '--submit', '--server', url, ...flags], { cwd: folder, env }).ended
}

/** True when it is time for Ctrl-C. */
type Sign = (running: Running) => boolean

async function eventually(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}

describe('what is sent', () => {
  test('is what --format json --format-version v2 writes, by POST, to the path and query that were given', async () => {
    const server = await startReceiver(() => CREATED)
    const flags = ['--format', 'json', '--format-version', 'v2', '--output', join(folder, 'own.json')]
    const { code, stderr } = await submit(`${server.url}/v1/a%20b?team=x`, flags)
    const [{ method, url, headers, body } = { method: '', url: '', headers: {}, body: '' }, ...more] = server.received
    expect({ code, method, url, more }).toEqual({ code: 0, method: 'POST', url: '/v1/a%20b?team=x', more: [] })
    expect(body === readFileSync(join(folder, 'own.json'), 'utf8')).toBe(true)
    const report = JSON.parse(body) as { reportGUID: string }
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^kubescape\/v\d/) as string,
      'x-kubescape-report': report.reportGUID,
    })
    expect(headers).not.toHaveProperty('authorization')
    expect(stderr).toContain(`Report submitted to ${server.url}/v1/a%20b: 201 Created: /v1/reports/7\n`)
  })

  test('is layout v2, whatever else is printed, and from standard input as well', async () => {
    const server = await startReceiver(() => ({ status: 200, body: '{"id":"r-12"}' }))
    const args = ['scan', 'control', 'C-0057', '-', '--submit', '--server', server.url, '--format', 'json']
    const { code, stdout, stderr } = await startKubescape(args, { stdin: podYaml('piped') }).ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ metadata: { scanMetadata: { formatVersion: 'v3' } } })
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({
      metadata: { scanMetadata: { formatVersion: 'v2' } },
      resources: [{ object: { metadata: { name: 'piped' } } }],
    })
    expect(stderr).toContain(`Report submitted to ${server.url}/: 200 OK: r-12\n`)
  })

  test('carries the token of the environment', async () => {
    const server = await startReceiver(() => CREATED)
    const { code } = await submit(server.url, [], { KUBESCAPE_SERVER_TOKEN: 'abc.DEF-123_~+/==\n' })
    expect(code).toBe(0)
    expect(server.received[0]?.headers.authorization).toBe('Bearer abc.DEF-123_~+/==')
  })

  test('is not told apart by gates, which still decide', async () => {
    const server = await startReceiver(() => CREATED)
    const { code, stderr } = await submit(server.url, ['--severity-threshold', 'low'])
    expect({ code, sent: server.received.length }).toEqual({ code: 1, sent: 1 })
    expect(stderr).toMatch(/Report submitted to .*\ngate failed: .*\n$/)
  })
})

describe('a token never travels in the clear, and is never repeated', () => {
  const env = { KUBESCAPE_SERVER_TOKEN: 'canary-token-81c2' }

  test.each([
    ['over http to another machine', 'http://reports.example/v1', env, /is not encrypted.*\nUse https/],
    [
      'with characters of a header',
      'http://127.0.0.1:9/',
      { KUBESCAPE_SERVER_TOKEN: 'canary-token-81c2\r\nX: 1' },
      /holds char/,
    ],
    [
      'with the word before it',
      'http://127.0.0.1:9/',
      { KUBESCAPE_SERVER_TOKEN: 'Bearer canary-token-81c2' },
      /holds char/,
    ],
  ])('%s', async (_, url, environment, message) => {
    const { code, stdout, stderr } = await submit(url, [], environment)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain('canary-token')
  })

  test('by a server that echoes it', async () => {
    const server = await startReceiver(({ headers }) => ({ status: 400, body: JSON.stringify({ error: headers }) }))
    const echo = await startReceiver(({ headers }) => ({
      status: 401,
      body: JSON.stringify({ error: `bad header: ${headers.authorization}` }),
    }))
    const [first, second] = [await submit(server.url, [], env), await submit(echo.url, ['-l', 'debug'], env)]
    expect(first.stderr + second.stderr).not.toContain('canary-token')
    expect(second.stderr).toContain('401 Unauthorized: bad header: Bearer XXXXXX\nCheck KUBESCAPE_SERVER_TOKEN')
  })
})

describe('a server that does not take it', () => {
  test.each([
    [400, { body: '{"message":"no such team"}' }, /: 400 Bad Request: no such team\n\S/],
    [
      403,
      { body: '{"title":"Forbidden","detail":"read only"}' },
      /: 403 Forbidden: read only\nCheck KUBESCAPE_SERVER_TOKEN/,
    ],
    [
      404,
      { body: 'not here\nat all', headers: { 'content-type': 'text/plain' } },
      /: 404 Not Found: not here\nCheck the path/,
    ],
    [422, { body: '<html>' }, /: 422 Unprocessable Entity\n\S/],
  ])('with %d is asked once; what was asked for is written all the same', async (status, rest, message) => {
    const server = await startReceiver(() => ({ status, ...rest }))
    const { code, stdout, stderr } = await submit(server.url)
    expect({ code, tries: server.received.length }).toEqual({ code: 1, tries: 1 })
    expect(stdout).toMatch(OVERALL)
    expect(stderr).toMatch(new RegExp(`^error: the report was not submitted to ${server.url}/${message.source}`))
    expect(stderr.split('\n')).toHaveLength(3)
  })

  test('with a redirect is not followed', async () => {
    const other = await startReceiver(() => CREATED)
    const server = await startReceiver(() => ({ status: 307, headers: { location: `${other.url}/b` } }))
    const { code, stderr } = await submit(server.url)
    expect({ code, tries: server.received.length, followed: other.received }).toEqual({
      code: 1,
      tries: 1,
      followed: [],
    })
    expect(stderr).toContain(`307 sends it elsewhere, to ${other.url}/b, and a report goes only where it was told to`)
  })

  test('before it has read the body never gets it', async () => {
    const server = await startRefuser('HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n')
    const { code, stderr } = await submit(server.url)
    expect({ code, tries: server.received.length }).toEqual({ code: 1, tries: 1 })
    expect(server.received[0]?.body).toMatch(/^POST \/ HTTP\/1\.1\r\n(?:[^\r\n]+\r\n)+\r\n$/)
    expect(stderr).toMatch(/413 Payload Too Large\nThe report is longer/)
  })

  test('cannot write to the terminal', async () => {
    const server = await startReceiver((_, at) =>
      at === 0
        ? { status: 400, body: JSON.stringify({ error: `\u001B[2J\r\nfine ${'x'.repeat(5000)}` }) }
        : { status: 200, body: JSON.stringify({ id: '\u001B]0;title\u0007\u202Eid' }) },
    )
    const [refused, accepted] = [await submit(server.url), await submit(server.url)]
    // oxlint-disable-next-line no-control-regex -- these must not be there
    expect(refused.stderr + accepted.stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/)
    expect(refused.stderr.length).toBeLessThan(600)
    expect(accepted.stderr).toContain('200 OK: \uFFFD]0;title\uFFFD\uFFFDid\n')
  })
})

describe('a server that may take it later', { timeout: 20_000 }, () => {
  test('is asked again after the time that it names, with the same report', async () => {
    const replies: readonly Reply[] = [{ status: 503 }, { status: 429, headers: { 'retry-after': '1' } }, CREATED]
    const times: number[] = []
    const server = await startReceiver((_, at) => {
      times.push(performance.now())
      return replies[at]
    })
    const { code, stdout, stderr } = await submit(server.url)
    expect({ code, tries: server.received.length }).toEqual({ code: 0, tries: 3 })
    expect(new Set(server.received.map(({ headers }) => headers['x-kubescape-report'])).size).toBe(1)
    expect(new Set(server.received.map(({ body }) => body)).size).toBe(1)
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(950)
    expect(stdout).toMatch(OVERALL)
    expect(stderr).toMatch(
      /^Not submitted yet: 503 Service Unavailable; trying again in 0\.\d s\nNot submitted yet: 429 /,
    )
  })

  test('but wants to be left alone for longer than anybody waits is not asked again', async () => {
    const server = await startReceiver(() => ({ status: 503, headers: { 'retry-after': '3600' } }))
    const { code, stderr } = await submit(server.url)
    expect({ code, tries: server.received.length }).toEqual({ code: 1, tries: 1 })
    expect(stderr).toMatch(/503 Service Unavailable\nSubmit again later/)
  })

  test('and breaks off the first time is asked again', async () => {
    let tries = 0
    const server = createServer((request, response) => {
      tries += 1
      if (tries === 1) request.socket.destroy()
      else request.resume().once('end', () => response.writeHead(204).end())
    })
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    onTestFinished(() => void server.close())
    const { code, stderr } = await submit(`http://127.0.0.1:${port}`)
    expect({ code, tries }).toEqual({ code: 0, tries: 2 })
    expect(stderr).toContain(`127.0.0.1:${port} closed the connection before it had answered`)
    expect(stderr).toMatch(/: 204 No Content\n$/)
  })
})

describe('the question whether the server wants the body', () => {
  test('is left when the server says nothing to it', async () => {
    const server = await startReceiver(() => CREATED, undefined, 'ignores-expect')
    const { code } = await submit(server.url)
    expect({ code, bodies: server.received.map(({ body }) => body.length > 1000) }).toEqual({ code: 0, bodies: [true] })
  })

  test('is not asked again where the server does not know it', async () => {
    const server = await startReceiver(({ headers }) => (headers.expect === undefined ? CREATED : { status: 417 }))
    const { code } = await submit(server.url)
    expect({ code, asked: server.received.map(({ headers }) => headers.expect) }).toEqual({
      code: 0,
      asked: ['100-continue', undefined],
    })
  })
})

describe('Ctrl-C', { timeout: 20_000 }, () => {
  const begun: readonly (readonly [
    string,
    () => Promise<{ url: string; env?: Record<string, string>; sign: Sign }>,
  ])[] = [
    [
      'while the server is silent',
      async () => {
        const { url, received } = await startReceiver(() => undefined)
        return { url, sign: () => received.length > 0 }
      },
    ],
    [
      'while the proxy is silent',
      async () => {
        const proxy = await startProxy(9, 'silence')
        const url = 'https://reports.example/'
        return { url, env: { HTTPS_PROXY: proxy.url }, sign: () => proxy.received.length > 0 }
      },
    ],
    [
      'between two tries',
      async () => ({
        url: `http://127.0.0.1:${await closedPort()}`,
        sign: ({ printed }) => printed().includes('trying again'),
      }),
    ],
  ]

  test.each(begun)('%s ends soon, after the report', async (_, begin) => {
    const { url, env = {}, sign } = await begin()
    const running = startKubescape(['scan', 'pod.yaml', '--submit', '--server', url], { cwd: folder, env })
    const began = performance.now()
    await eventually(() => sign(running))
    running.interrupt()
    const { code, stdout, stderr } = await running.ended
    expect(code).toBe(1)
    expect(stdout).toMatch(OVERALL)
    expect(stderr).toMatch(/(?:^|\n)error: interrupted\nWhat was asked for is written; whether .* is not known\.\n$/)
    expect(performance.now() - began).toBeLessThan(8000)
  })
})

describe('https', { timeout: 20_000 }, () => {
  test('is spoken with servers whose authority is trusted, and with no others', async () => {
    const identity = selfSigned()
    const server = await startReceiver(() => CREATED, identity)
    const file = join(folder, 'authority.pem')
    writeFiles(folder, { 'authority.pem': identity.cert, 'other.pem': selfSigned().cert })
    const refused = await submit(server.url, [], { NODE_TLS_REJECT_UNAUTHORIZED: '0' })
    expect({ code: refused.code, sent: server.received.length }).toEqual({ code: 1, sent: 0 })
    expect(refused.stderr).toMatch(/is signed by an authority that is not trusted\nGive the certificate .* --server-ca/)
    const other = await submit(server.url, ['--server-ca', join(folder, 'other.pem')], { NODE_EXTRA_CA_CERTS: file })
    expect({ code: other.code, sent: server.received.length }).toEqual({ code: 1, sent: 0 })
    const named = await submit(server.url, ['--server-ca', file], { KUBESCAPE_SERVER_TOKEN: 'abc' })
    const extra = await submit(server.url, [], { NODE_EXTRA_CA_CERTS: file })
    expect([named.code, extra.code, server.received.length]).toEqual([0, 0, 2])
    expect(server.received[0]?.headers.authorization).toBe('Bearer abc')
  })

  test('is not spoken with a server that is somebody else', async () => {
    const identity = selfSigned('reports.example')
    const server = await startReceiver(() => CREATED, identity)
    writeFiles(folder, { 'else.pem': identity.cert })
    const { code, stderr } = await submit(server.url, ['--server-ca', join(folder, 'else.pem')])
    expect({ code, sent: server.received.length }).toEqual({ code: 1, sent: 0 })
    expect(stderr).toContain('is for another host')
  })

  test('where the server speaks http says so', async () => {
    const server = await startReceiver(() => CREATED)
    const { code, stderr } = await submit(server.url.replace('http', 'https'))
    expect(code).toBe(1)
    expect(stderr).toMatch(/does not speak TLS as expected\nIs it http/)
  })
})

describe('proxies', () => {
  const identity = selfSigned('reports.example')
  writeFiles(folder, { 'reports.pem': identity.cert })
  const flags = ['--server-ca', join(folder, 'reports.pem')]
  const url = 'https://reports.example/v1/reports'

  test('are asked to connect, know their user, and see neither report nor token', async () => {
    const server = await startReceiver(() => CREATED, identity)
    const proxy = await startProxy(server.port)
    const env = { HTTPS_PROXY: proxy.url.replace('://', '://me:s%20cret@'), KUBESCAPE_SERVER_TOKEN: 'abc' }
    const { code, stderr } = await submit(url, flags, env)
    expect(stderr).toContain(`Report submitted to ${url}: 201 Created`)
    expect({ code, sent: server.received.map((one) => one.url) }).toEqual({ code: 0, sent: ['/v1/reports'] })
    expect(proxy.received).toMatchObject([{ method: 'CONNECT', url: 'reports.example:443', body: '' }])
    const basic = `Basic ${Buffer.from('me:s cret').toString('base64')}`
    expect(proxy.received[0]?.headers).toEqual({
      host: 'reports.example:443',
      'proxy-authorization': basic,
      connection: 'close',
    })
  })

  test('that refuse are named', async () => {
    const proxy = await startProxy(9, 407)
    const { code, stderr } = await submit(url, flags, { https_proxy: proxy.url })
    expect({ code, tries: proxy.received.length }).toEqual({ code: 1, tries: 1 })
    expect(stderr).toMatch(/the proxy did not connect to the server: 407 Not Today\nGive name and password/)
  })

  test('forward what is not encrypted', async () => {
    const proxy = await startProxy(9)
    const { code, stderr } = await submit('http://reports.example/v1?a=b', [], { HTTP_PROXY: proxy.url })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^--server http:\/\/reports\.example\/v1 is not encrypted: .*\nReport submitted to /)
    expect(proxy.received).toMatchObject([{ method: 'POST', url: 'http://reports.example/v1?a=b' }])
    expect(proxy.received[0]?.headers.host).toBe('reports.example')
  })

  test('are not used for this machine, and one that is no URL is said before the scan', async () => {
    const server = await startReceiver(() => CREATED)
    const near = await submit(server.url, [], { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' })
    expect({ code: near.code, sent: server.received.length }).toEqual({ code: 0, sent: 1 })
    const { code, stdout, stderr } = await submit(url, flags, { HTTPS_PROXY: 'socks5://me:secret@127.0.0.1:9' })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^error: HTTPS_PROXY is no http or https URL\n/)
    expect(stderr).not.toContain('secret')
  })
})
