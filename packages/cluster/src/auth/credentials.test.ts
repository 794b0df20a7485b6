/** Proving who is asking: tokens, files that change, certificates, plugins. */
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'

import { testCertificates } from '../../testing/certificates.ts'
import { startApi, statusReply, type Asked, type FakeApi, type Reply } from '../../testing/fake-api.ts'
import { base64, targetOf } from '../../testing/targets.ts'
import type { ExecEntry, ServerEntry, UserEntry } from '../access.ts'
import type { ConnectOptions, KubeClient } from '../client.ts'
import { connect } from '../connect.ts'
import type { ClusterError } from '../errors.ts'

const { ca, server, client, otherClient, expiredClient } = testCertificates()
const fine: Reply = { body: {} }

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubescape-credentials-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Puts another file in its place, as Kubernetes does. */
function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

async function session(
  answer: (asked: Asked) => Reply,
  user: Partial<UserEntry>,
  cluster: Partial<ServerEntry> = {},
  options: ConnectOptions = {},
): Promise<{ api: FakeApi; kube: KubeClient }> {
  const isTls = cluster.caData !== undefined
  const api = await startApi(answer, isTls ? { tls: server, clientCa: ca } : {})
  const { server: _, ...more } = { server: '', ...cluster }
  const kube = connect(targetOf(api.url, user, more), { env: { PATH: process.env['PATH'] }, ...options })
  onTestFinished(() => {
    kube.close()
    return api.close()
  })
  return { api, kube }
}

async function errorOf(promise: Promise<unknown>): Promise<ClusterError> {
  try {
    await promise
  } catch (error) {
    return error as ClusterError
  }
  throw new Error('it succeeded')
}

const sent = (api: FakeApi): (string | undefined)[] => api.asked.map(({ headers }) => headers.authorization)

/** Accepts one header and refuses all others. */
const only =
  (authorization: string) =>
  ({ headers }: Asked): Reply =>
    headers.authorization === authorization ? fine : statusReply(401, 'Unauthorized', 'Unauthorized')

describe('a user', () => {
  test.each<[string, Partial<UserEntry>, string | undefined]>([
    ['a token', { token: 'abc' }, 'Bearer abc'],
    ['name and password', { username: 'jane', password: 'pä:ss' }, `Basic ${base64('jane:pä:ss')}`],
    ['a token and a name', { token: 'abc', username: 'jane' }, 'Bearer abc'],
    ['nothing', {}, undefined],
  ])('with %s', async (_, user, authorization) => {
    const { api, kube } = await session(() => fine, user)
    await kube.get('/')
    expect(sent(api)).toEqual([authorization])
  })

  test('with a token that is not accepted is told so at once', async () => {
    const { api, kube } = await session(only('Bearer other'), { token: 'abc' })
    expect(await errorOf(kube.get('/'))).toMatchObject({
      code: 'cluster/http-401',
      message: 'the server does not accept the credentials of this context (Unauthorized)',
      hint: 'Log in again with the tool that wrote this context.',
    })
    expect(api.asked).toHaveLength(1)
  })

  test('with a token that is over is told when it ended, and not what it was', async () => {
    const token = ['{}', JSON.stringify({ exp: 1_700_000_000 }), 'signature'].map((part) =>
      Buffer.from(part).toString('base64url'),
    )
    const { kube } = await session(only('Bearer other'), { token: token.join('.') })
    const { code, message } = await errorOf(kube.get('/'))
    expect({ code, message }).toEqual({
      code: 'cluster/expired-token',
      message: 'the token of the user expired at 2023-11-14 22:13 UTC',
    })
  })

  test('with a client certificate that is over is told so', async () => {
    const user = { certData: base64(expiredClient.cert), keyData: base64(expiredClient.key) }
    const { kube } = await session(only('no'), user, { caData: base64(ca) })
    expect((await errorOf(kube.get('/'))).message).toMatch(/^the client certificate of the user expired at /)
  })

  test('leaves no secret in what is printed of the target', () => {
    const target = targetOf('https://kube.test', { token: 'hidden', password: 'secret' })
    expect(inspect(target, { depth: 9, showHidden: true }) + JSON.stringify(target)).not.toMatch(/hidden|secret/)
  })
})

describe('a token in a file', () => {
  test('is read again when the file has changed', async () => {
    const tokenFile = write('token', 'one\n')
    const { api, kube } = await session(() => fine, { tokenFile })
    await kube.get('/')
    replace(tokenFile, 'two\n')
    await kube.get('/')
    expect(sent(api)).toEqual(['Bearer one', 'Bearer two'])
  })

  test('is kept while the file is gone', async () => {
    const tokenFile = write('token', 'one')
    const { api, kube } = await session(() => fine, { tokenFile })
    await kube.get('/')
    rmSync(tokenFile)
    await kube.get('/')
    expect(sent(api)).toEqual(['Bearer one', 'Bearer one'])
  })

  test('that the server refuses is tried once more if there is a new one by then', async () => {
    const tokenFile = write('token', 'one')
    const { api, kube } = await session(
      (asked) => {
        replace(tokenFile, 'two')
        return only('Bearer two')(asked)
      },
      { tokenFile },
    )
    await kube.get('/')
    expect(sent(api)).toEqual(['Bearer one', 'Bearer two'])
  })

  test('that is not there is reported with its path', async () => {
    const { kube } = await session(() => fine, { tokenFile: join(folder, 'none') })
    expect((await errorOf(kube.get('/'))).message).toBe(
      `tokenFile of the configuration does not exist: ${join(folder, 'none')}`,
    )
  })
})

describe('a client certificate in files', () => {
  test('is read again when the server refuses it', async () => {
    const certFile = write('cert', client.cert)
    const keyFile = write('key', client.key)
    const { api, kube } = await session(
      ({ clientName }) => {
        writeFileSync(certFile, otherClient.cert)
        writeFileSync(keyFile, otherClient.key)
        return clientName === 'other-client' ? fine : statusReply(401, 'Unauthorized', 'Unauthorized')
      },
      { certFile, keyFile },
      { caData: base64(ca) },
    )
    await kube.get('/')
    expect(api.asked.map(({ clientName }) => clientName)).toEqual(['client', 'other-client'])
  })
})

describe('a credential plugin', () => {
  const version = 'client.authentication.k8s.io/v1'

  function plugin(script: string, more: Partial<ExecEntry> = {}): ExecEntry {
    const command = write('plugin', `#!/bin/sh\necho run >>"$0.runs"\n${script}\n`)
    chmodSync(command, 0o755)
    const usual = { args: [], env: {}, givesClusterInfo: false, interactiveMode: 'IfAvailable' as const }
    return { apiVersion: version, command, ...usual, ...more }
  }

  function printing(status: object, apiVersion = version): string {
    return `cat <<'END'\n${JSON.stringify({ apiVersion, kind: 'ExecCredential', status })}\nEND`
  }

  const runs = (exec: ExecEntry): number => readFileSync(`${exec.command}.runs`, 'utf8').trim().split('\n').length

  test('is run once for all requests', async () => {
    const exec = plugin(printing({ token: 'abc' }))
    const { api, kube } = await session(() => fine, { exec })
    await Promise.all([kube.get('/'), kube.get('/'), kube.get('/')])
    await kube.get('/')
    expect(sent(api)).toEqual(Array(4).fill('Bearer abc'))
    expect(runs(exec)).toBe(1)
  })

  test('is run again when what it gave has expired', async () => {
    const exec = plugin(printing({ token: 'abc', expirationTimestamp: '2020-01-01T00:00:00Z' }))
    const { kube } = await session(() => fine, { exec })
    await kube.get('/')
    await kube.get('/')
    expect(runs(exec)).toBe(2)
  })

  test('is run again once when the server refuses what it gave', async () => {
    const exec = plugin(
      'if [ $(wc -l <"$0.runs") = 1 ]; then T=one; else T=two; fi\n' +
        printing({ token: '$T' }).replace("'END'", 'END'),
    )
    const { api, kube } = await session(only('Bearer two'), { exec })
    await Promise.all([kube.get('/'), kube.get('/')])
    expect(new Set(sent(api))).toEqual(new Set(['Bearer one', 'Bearer two']))
    expect(runs(exec)).toBe(2)
  })

  test('that keeps giving what the server refuses is not run for ever', async () => {
    const exec = plugin(printing({ token: 'abc' }))
    const { kube } = await session(only('Bearer other'), { exec })
    expect(await errorOf(kube.get('/'))).toMatchObject({ code: 'cluster/http-401' })
    expect(runs(exec)).toBe(2)
  })

  test('may give a client certificate', async () => {
    const status = { clientCertificateData: client.cert, clientKeyData: client.key }
    const { api, kube } = await session(() => fine, { exec: plugin(printing(status)) }, { caData: base64(ca) })
    await kube.get('/')
    expect(api.asked[0]?.clientName).toBe('client')
  })

  test('is given its arguments, its environment and the cluster', async () => {
    const record = 'echo "$1 $EXTRA $KUBERNETES_EXEC_INFO" >"$0.seen"\n'
    const exec = plugin(record + printing({ token: 'abc' }), {
      args: ['get'],
      env: { EXTRA: 'more' },
      givesClusterInfo: true,
    })
    const { kube, api } = await session(() => fine, { exec }, { caData: base64(ca), execConfig: { audience: 'x' } })
    await kube.get('/')
    const [, words, info] = /^(get more) (.*)$/.exec(readFileSync(`${exec.command}.seen`, 'utf8').trim()) ?? []
    expect(words).toBe('get more')
    expect(JSON.parse(info ?? '')).toEqual({
      apiVersion: version,
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        cluster: { server: api.url, 'certificate-authority-data': base64(ca), config: { audience: 'x' } },
      },
    })
  })

  test.each<[string, string, Partial<ExecEntry>, string, string]>([
    [
      'fails',
      'echo "token expired: run   login" >&2; exit 3',
      {},
      'cluster/exec-failed',
      'failed with exit code 3: token expired: run login',
    ],
    ['fails loudly', 'yes no | head -c 100000 >&2; exit 1', {}, 'cluster/exec-failed', 'no no no'],
    ['is killed', 'kill -9 $$', {}, 'cluster/exec-failed', 'was ended by SIGKILL'],
    ['prints something else', 'echo hello', {}, 'cluster/exec-failed', 'printed no JSON'],
    ['prints nothing of use', printing({}), {}, 'cluster/exec-failed', 'printed neither a token nor a certificate'],
    [
      'prints another version',
      printing({ token: 'a' }, 'v2'),
      {},
      'cluster/exec-failed',
      `printed no ExecCredential of ${version}`,
    ],
    [
      'speaks an old version',
      '',
      { apiVersion: 'client.authentication.k8s.io/v1alpha1' },
      'cluster/exec-version',
      'v1alpha1',
    ],
    ['needs a terminal', '', { interactiveMode: 'Always' }, 'cluster/exec-interactive', 'needs a terminal'],
    [
      'is not there',
      '',
      { command: 'no-such-plugin' },
      'cluster/exec-missing',
      'no-such-plugin is not installed, or not on the PATH',
    ],
  ])('that %s', async (_, script, more, code, message) => {
    const { kube } = await session(() => fine, { exec: plugin(script, more) })
    const error = await errorOf(kube.get('/'))
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
    expect(error.message.length).toBeLessThan(800)
  })

  test('that is not there is reported with what its context advises', async () => {
    const exec = plugin('', { command: 'no-such-plugin', installHint: 'Install it\nwith care.' })
    const { kube } = await session(() => fine, { exec })
    expect((await errorOf(kube.get('/'))).hint).toBe('Install it with care.')
  })

  test('is ended, and what it started too, when nobody waits for it any longer', async () => {
    const exec = plugin('sleep 60 & echo $! >"$0.child"; echo $$ >"$0.pid"; wait')
    const controller = new AbortController()
    const { kube } = await session(() => fine, { exec })
    const waiting = errorOf(kube.get('/', { signal: controller.signal }))
    const pids = await numbersIn([`${exec.command}.child`, `${exec.command}.pid`])
    controller.abort(new Error('enough'))
    expect((await waiting).message).toBe('enough')
    for (const pid of pids) await goneOf(pid)
  })
})

/** The numbers that a program writes to files, as soon as they are there. */
async function numbersIn(files: readonly string[]): Promise<number[]> {
  for (;;) {
    try {
      const numbers = files.map((file) => Number.parseInt(readFileSync(file, 'utf8'), 10))
      if (numbers.every((number) => number > 0)) return numbers
    } catch {
      // Not yet.
    }
    await turn()
  }
}

/** Waits for a process to end; the test's time limit is the assertion. */
async function goneOf(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
      // An ended child of nobody stays until the machine's first process takes it.
      if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return
    } catch {
      return
    }
    await turn()
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 5)
  })
}
