import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { commandLineText, flagValue, splitCommandLine } from './command-line.ts'
import { isSecretName, MASK } from './secrets.ts'

describe('a command line', () => {
  test('ends at the last argument that says something', () => {
    expect(splitCommandLine('kubelet\0--a=\0--b\0\0')).toEqual(['kubelet', '--a=', '--b'])
    expect(splitCommandLine('k3s server\0\0\0\0')).toEqual(['k3s server'])
    expect(splitCommandLine('')).toEqual([])
  })

  test.each<[string, string | undefined]>([
    ['--config=/a', '/a'],
    ['--config /a', '/a'],
    ['-config=/a', '/a'],
    ['--config=/a --config=/b', '/b'],
    ['--config=/a --config /b', '/b'],
    ['--config=/a=b', '/a=b'],
    ['--config', ''],
    ['--config --other', ''],
    ['--config=', ''],
    ['--config-dir=/a', undefined],
    ['--configs=/a', undefined],
    ['config=/a', undefined],
    ['--other=--config=/a', undefined],
    ['', undefined],
  ])('%s names %j', (text, value) => {
    expect(flagValue(['kubelet', ...text.split(' ')], '--config')).toBe(value)
  })

  test('the last use of a flag is found among any others', () => {
    const argument = fc.oneof(fc.string(), fc.constantFrom('--config', '--config=x', '-config', '--', '-', '='))
    fc.assert(
      fc.property(
        fc.array(argument),
        fc.string(),
        fc.array(fc.constantFrom('--other', '-v=2', 'word')),
        (a, value, b) => {
          expect(flagValue([...a, `--config=${value}`, ...b], '--config')).toBe(value)
        },
      ),
    )
  })
})

describe('the text of a command line', () => {
  test.each([
    ['--token=abc', `--token=${MASK}`],
    ['--token abc', `--token ${MASK}`],
    ['--token -abc', `--token ${MASK}`],
    ['-password=abc=', `-password=${MASK}`],
    ['--agent-token=abc', `--agent-token=${MASK}`],
    ['--etcd-s3-secret-key=abc', `--etcd-s3-secret-key=${MASK}`],
    ['--secret_access_key abc', `--secret_access_key ${MASK}`],
    ['PASSWORD=abc', `PASSWORD=${MASK}`],
    ['--etcd-servers=https://me:abc@host:1', `--etcd-servers=https://me:${MASK}@host:1`],
    ['--x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl,b', `--x=${MASK},b`],
  ])('%s is told as %s', (text, masked) => {
    expect(commandLineText(text.split(' '))).toBe(masked)
  })

  test('a private key leaves nothing of its argument', () => {
    expect(commandLineText(['kubelet', '--x=-----BEGIN EC PRIVATE KEY-----\nabc'])).toBe(`kubelet ${MASK}`)
  })

  test.each([
    '--tls-private-key-file=/etc/key',
    '--token-auth-file=/etc/tokens',
    '--authentication-token-webhook=true',
    '--authentication-token-webhook',
    '--use-service-account-credentials=true',
    '--use-service-account-credentials --profiling=false',
    '--service-account-signing-key-file=/a --service-account-issuer=https://kubernetes.default.svc',
    '--node-labels=a=b,c=d --hostname-override=x@y',
    '--token= --token --other',
  ])('%s stays as it is', (text) => {
    expect(commandLineText(text.split(' '))).toBe(text)
  })

  test('no secret survives in any form of a flag, and flags without one are unchanged', () => {
    const name = fc.constantFrom('token', 'client-secret', 'password', 'bootstrapToken', 'aws-secret-access-key')
    const secret = fc.stringMatching(/^[a-z\d]{12,20}$/)
    const plain = fc
      .stringMatching(/^--[a-z]{3,8}(?:-file|-dir)?=[a-z\d/]{0,9}$/)
      .filter((arg) => !isSecretName(arg.slice(2).split('=')[0] ?? ''))
    fc.assert(
      fc.property(name, secret, fc.boolean(), fc.array(plain), (flag, value, joined, others) => {
        const given = joined ? [`--${flag}=${value}`] : [`--${flag}`, value]
        const text = commandLineText([...others, ...given, ...others])
        expect(text).not.toContain(` ${value}`)
        expect(text).not.toContain(`=${value} `)
        expect(commandLineText(others)).toBe(others.join(' '))
      }),
    )
  })

  test('long hostile lines are told quickly', () => {
    const start = process.cpuUsage()
    for (const piece of ['//a:', 'eyJ', 'eyJaaaaaaaa.', '=a', ':', '@', '--token ']) {
      commandLineText(['kubelet', piece.repeat(20_000), ...piece.repeat(5000).split(' ')])
    }
    const { user } = process.cpuUsage(start)
    expect(user / 1000).toBeLessThan(2000)
  })
})
