/** Which proxy is taken, and requests through each kind. */
import { describe, expect, onTestFinished, test } from 'vitest'

import { testCertificates } from '../../testing/certificates.ts'
import { startApi, type FakeApi } from '../../testing/fake-api.ts'
import { startHttpProxy, startSocksProxy, type FakeProxy } from '../../testing/fake-proxies.ts'
import { base64, targetOf } from '../../testing/targets.ts'
import type { KubeClient } from '../client.ts'
import { connect } from '../connect.ts'
import { proxyFor } from './proxies.ts'

const { ca, server } = testCertificates()

describe('the proxy for a server', () => {
  const env = { HTTPS_PROXY: 'http://s:1', HTTP_PROXY: 'p:2' }

  test.each<[string, string | undefined, Record<string, string>, string | undefined]>([
    ['https://kube.test', undefined, {}, undefined],
    ['https://kube.test', undefined, env, 'http://s:1'],
    ['http://kube.test', undefined, env, 'http://p:2'],
    ['https://kube.test', undefined, { https_proxy: 'socks5://s:1' }, 'socks5://s:1'],
    ['https://kube.test', 'socks5://own:1', { ...env, NO_PROXY: '*' }, 'socks5://own:1'],
    ['https://localhost:6443', undefined, env, undefined],
    ['https://127.8.9.1', undefined, env, undefined],
    ['https://[::1]:6443', undefined, env, undefined],
    ['https://kube.test', undefined, { ...env, NO_PROXY: '*' }, undefined],
    ['https://kube.test', undefined, { ...env, NO_PROXY: 'other, test' }, undefined],
    ['https://kube.test', undefined, { ...env, NO_PROXY: 'Kube.Test' }, undefined],
    ['https://kube.test', undefined, { ...env, NO_PROXY: '.kube.test' }, 'http://s:1'],
    ['https://api.kube.test', undefined, { ...env, NO_PROXY: '.kube.test' }, undefined],
    ['https://api.kube.test', undefined, { ...env, NO_PROXY: '*.kube.test' }, undefined],
    ['https://mykube.test', undefined, { ...env, NO_PROXY: 'kube.test' }, 'http://s:1'],
    ['https://kube.test:6443', undefined, { ...env, NO_PROXY: 'kube.test:443' }, 'http://s:1'],
    ['https://kube.test', undefined, { ...env, NO_PROXY: 'kube.test:443' }, undefined],
    ['https://10.1.2.3', undefined, { ...env, NO_PROXY: '10.0.0.0/8' }, undefined],
    ['https://11.1.2.3', undefined, { ...env, no_proxy: '10.0.0.0/8,hm/8,10.0.0.0/99' }, 'http://s:1'],
    ['https://10.1.2.3:6443', undefined, { ...env, NO_PROXY: '10.1.2.3' }, undefined],
    ['https://[fd00::1]', undefined, { ...env, NO_PROXY: 'fd00::/8' }, undefined],
    ['https://[fd00::1]:6443', undefined, { ...env, NO_PROXY: '[fd00::1]:6443' }, undefined],
    ['https://kube.test', undefined, { ...env, NO_PROXY: ', .,' }, 'http://s:1'],
  ])('%s with %s and %o', (url, proxyUrl, environment, expected) => {
    const proxy = proxyFor(new URL(url), proxyUrl, environment)
    expect(proxy && `${proxy.protocol}//${proxy.host}`).toBe(expected)
  })

  test('is none of an unknown kind', async () => {
    const kube = connect(targetOf('https://kube.test', {}, { proxyUrl: 'ftp://user:secret@p:1' }), { env: {} })
    await expect(kube.get('/')).rejects.toThrow('the proxy for the cluster is no URL of a kind that is known')
  })
})

interface Session {
  readonly api: FakeApi
  readonly proxy: FakeProxy
  readonly kube: KubeClient
}

/** A client for `kube.test`, which only the proxy can reach. */
async function session(
  scheme: 'http' | 'https',
  start: (port: number) => Promise<FakeProxy>,
  login = '',
): Promise<Session> {
  const api = await startApi(() => ({ body: { ok: true } }), scheme === 'https' ? { tls: server } : {})
  const proxy = await start(api.port)
  const proxyUrl = proxy.url.replace('//', `//${login}`)
  const kube = connect(targetOf(`${scheme}://kube.test:7`, {}, { proxyUrl, caData: base64(ca) }), {
    env: {},
    timeoutMs: 200,
  })
  onTestFinished(async () => {
    kube.close()
    await proxy.close()
    await api.close()
  })
  return { api, proxy, kube }
}

describe('requests', () => {
  test('reach an https server through one tunnel', async () => {
    const { api, proxy, kube } = await session('https', startHttpProxy, 'jane:p%40ss@')
    expect(await kube.get('/a')).toEqual({ ok: true })
    await kube.get('/b')
    expect(proxy.asked).toEqual(['kube.test:7'])
    expect(proxy.authorizations).toEqual([`Basic ${base64('jane:p@ss')}`])
    expect(api.asked.map(({ path }) => path)).toEqual(['/a', '/b'])
    expect(api.asked[0]?.headers['proxy-authorization']).toBeUndefined()
  })

  test('reach an http server by being forwarded', async () => {
    const { api, proxy, kube } = await session('http', startHttpProxy)
    expect(await kube.get('/a', { query: { b: 1 } })).toEqual({ ok: true })
    expect(proxy.asked).toEqual(['http://kube.test:7/a?b=1'])
    expect(api.asked[0]?.headers.host).toBe('kube.test:7')
  })

  test.each(['http', 'https'] as const)('reach an %s server through a SOCKS proxy', async (scheme) => {
    const { proxy, kube } = await session(scheme, startSocksProxy)
    expect(await kube.get('/a')).toEqual({ ok: true })
    expect(proxy.asked).toEqual(['kube.test:7'])
  })

  test('reach a server through a SOCKS proxy with a name and a password', async () => {
    const { proxy, kube } = await session('http', (port) => startSocksProxy(port, 'jane:pass'), 'jane:pass@')
    expect(await kube.get('/a')).toEqual({ ok: true })
    expect(proxy.authorizations).toEqual(['jane:pass'])
  })

  test.each<[string, (port: number) => Promise<FakeProxy>, string, string]>([
    [
      'refuses',
      (port) => startHttpProxy(port, { refuse: 403 }),
      '',
      'the proxy did not connect to the cluster: 403 No',
    ],
    ['wants a password', (port) => startSocksProxy(port, 'jane:pass'), '', 'it wants a name and a password'],
    [
      'wants another password',
      (port) => startSocksProxy(port, 'jane:pass'),
      'jane:no@',
      'does not accept the name and password',
    ],
    ['says nothing', (port) => startHttpProxy(port, { hang: true }), '', 'the server was silent for 200 ms'],
  ])('fail through a proxy that %s', async (_, start, login, message) => {
    const { kube } = await session('https', start, login)
    await expect(kube.get('/')).rejects.toThrow(message)
  })

  test('fail through a proxy that is not there, which is named', async () => {
    const { proxy, kube } = await session('https', startHttpProxy, 'jane:secret@')
    await proxy.close()
    await expect(kube.get('/')).rejects.toThrow(
      `nothing answers at kube.test:7 (through the proxy ${new URL(proxy.url).host}): the connection was refused`,
    )
  })
})
