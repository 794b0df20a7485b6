import { describe, expect, test } from 'vitest'
import { isLoopback, type Environment } from '@kubescape/cluster/http'

import { proxyFor } from './proxies.ts'

const PROXY = 'http://proxy.example:3128'

function chosen(server: string, env: Environment): string | undefined {
  return proxyFor(new URL(server), env)?.href
}

describe('a proxy', () => {
  test.each<[string, Environment, string | undefined]>([
    ['https://a.example', { HTTPS_PROXY: PROXY }, `${PROXY}/`],
    ['https://a.example', { https_proxy: 'proxy.example:3128' }, `${PROXY}/`],
    ['https://a.example', { HTTPS_PROXY: '', https_proxy: PROXY }, `${PROXY}/`],
    ['https://a.example', { HTTP_PROXY: PROXY }, undefined],
    ['http://a.example', { HTTP_PROXY: PROXY, HTTPS_PROXY: 'http://other.example' }, `${PROXY}/`],
    ['https://localhost', { HTTPS_PROXY: PROXY }, undefined],
    ['https://127.4.5.6', { HTTPS_PROXY: PROXY }, undefined],
    ['https://[::1]:8443', { HTTPS_PROXY: PROXY }, undefined],
    ['https://10.0.0.1', { HTTPS_PROXY: PROXY }, `${PROXY}/`],
  ])('for %s by %j is %s', (server, env, expected) => {
    expect(chosen(server, env)).toBe(expected)
  })

  test.each([
    ['*', true],
    ['a.example', true],
    ['A.EXAMPLE', true],
    [' b.example , a.example ', true],
    ['example', true],
    ['.example', true],
    ['*.example', true],
    ['.a.example', false],
    ['ample', false],
    ['a.example:443', true],
    ['a.example:8443', false],
    ['', false],
    [',', false],
    ['.', false],
  ])('is left out for https://a.example by NO_PROXY=%s: %s', (list, isLeftOut) => {
    expect(chosen('https://a.example', { HTTPS_PROXY: PROXY, NO_PROXY: list }) === undefined).toBe(isLeftOut)
  })

  test.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '11.0.0.0/8', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.3:443', true],
    ['10.1.2.3', '10.1.2.3/33', false],
    ['10.1.2.3', '10.1.2.3/8/8', false],
    ['10.1.2.3', 'fe80::/10', false],
    ['[fe80::1]', 'fe80::/10', true],
    ['[fe80::1]', '[fe80::1]:443', true],
    ['[fe80::1]', '[fe80::1]:444', false],
    ['[fe80::1]', 'fe80::1', true],
  ])('is left out for the address %s by NO_PROXY=%s: %s', (host, list, isLeftOut) => {
    expect(chosen(`https://${host}`, { HTTPS_PROXY: PROXY, NO_PROXY: list }) === undefined).toBe(isLeftOut)
  })

  test.each(['socks5://me:secret@proxy.example', 'http://me:secret@', 'file:///etc/passwd'])(
    'that is no http or https URL is refused without repeating it: %s',
    (proxy) => {
      expect(() => chosen('https://a.example', { HTTPS_PROXY: proxy })).toThrow(/^the proxy is no http or https URL$/)
    },
  )
})

test.each([
  ['http://localhost', true],
  ['http://LOCALHOST:80', true],
  ['http://127.0.0.1', true],
  ['http://127.1', true],
  ['http://[::1]', true],
  ['http://localhost.example', false],
  ['http://127.0.0.1.example', false],
  ['http://10.0.0.1', false],
  ['http://[::2]', false],
  ['http://0.0.0.0', false],
])('%s is this machine: %s', (url, expected) => {
  expect(isLoopback(new URL(url))).toBe(expected)
})
