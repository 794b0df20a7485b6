import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { kubeletConfig } from './kubelet-config.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { Machine, type FileRecord } from './machine.ts'
import { MockMachine, type MockFiles } from './mock-machine.ts'

const HEAD = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n'

let mock: MockMachine

beforeEach(() => {
  mock = new MockMachine()
})

afterEach(() => mock.remove())

function write(files: MockFiles): void {
  mock.write(files)
}

interface Read {
  /** The settings in the content of the record. */
  readonly settings: unknown
  readonly record: FileRecord | undefined
  readonly unread: readonly string[]
}

function read(file: string | undefined, directory?: string, contentBytes = 10_000): Read {
  const machine = new Machine(mock.root, { ...DEFAULT_LIMITS, contentBytes, files: 10 })
  const record = kubeletConfig(machine, file, directory)?.record
  const { content } = record ?? {}
  const settings: unknown = content && JSON.parse(Buffer.from(content, 'base64').toString())
  return { settings, record, unread: machine.unread.map(({ path, why }) => `${path} ${why}`) }
}

describe('drop-ins', () => {
  test('are merged over the file in the order of their paths, as the kubelet does', () => {
    write({
      'c.yaml': `${HEAD}readOnlyPort: 1\nauthentication: {anonymous: {enabled: false}, webhook: {enabled: true}}\ntlsCipherSuites: [A, B]\nmaxPods: 9`,
      'd/20-b.conf': `${HEAD}readOnlyPort: 3\nmaxPods: null`,
      'd/10-a.conf': `${HEAD}readOnlyPort: 2\nauthentication: {anonymous: {enabled: true}}\ntlsCipherSuites: [C]`,
      'd/15-x/z.conf': `${HEAD}eventRecordQPS: 7\nreadOnlyPort: 5`,
      'd/README.md': 'not read',
      'd/30.yaml': 'not read',
    })
    expect(read('/c.yaml', '/d').settings).toEqual({
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      readOnlyPort: 3,
      authentication: { anonymous: { enabled: true }, webhook: { enabled: true } },
      tlsCipherSuites: ['C'],
      eventRecordQPS: 7,
    })
  })

  test('may be all there is, and the record is then that of their directory', () => {
    write({ 'd/a.conf': `${HEAD}readOnlyPort: 2`, 'e/none': '' })
    expect(read(undefined, '/d')).toMatchObject({ record: { path: '/d' }, settings: { readOnlyPort: 2 } })
    expect(read(undefined, '/e')).toMatchObject({ record: { path: '/e' }, settings: {}, unread: [] })
  })

  test.each([
    ['of another kind', 'kind: Config', 'is no KubeletConfiguration'],
    ['broken', 'a: [', 'is no YAML or JSON mapping'],
    ['empty', '', 'is empty'],
    ['binary', new Uint8Array([0x80, 0xff, 0xfe, 7]), 'is no text'],
    ['huge', `${HEAD}#${'x'.repeat(20_000)}`, 'larger than 10000 bytes'],
  ])('one that is %s leaves no content at all', (_what, text, why) => {
    write({ 'c.yaml': `${HEAD}readOnlyPort: 0`, 'd/a.conf': text })
    const { settings, record, unread } = read('/c.yaml', '/d')
    expect(settings).toBeUndefined()
    expect(record).toMatchObject({ path: '/c.yaml', err: 'the configuration could not be read' })
    expect(unread).toEqual([`/d/a.conf ${why}`])
  })

  test.each<[string, MockFiles]>([
    ['is missing', {}],
    ['is a file', { d: '' }],
    ['is too large', Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`d/${at}.conf`, HEAD]))],
    ['is too deep', { [`d/${'e/'.repeat(20)}a.conf`]: HEAD }],
  ])('a directory that %s leaves no content', (_what, files) => {
    write({ 'c.yaml': `${HEAD}readOnlyPort: 0`, ...files })
    const { settings, unread } = read('/c.yaml', '/d')
    expect(settings).toBeUndefined()
    expect(unread).toHaveLength(1)
  })
})

describe('what leaves the machine', () => {
  test('comments stay behind, headers and what looks like a secret is masked, settings stay', () => {
    write({
      'c.yaml': `# token: canary-1
${HEAD}staticPodURLHeader: {Authorization: [canary-2], X: [canary-3]}
tlsPrivateKeyFile: /var/key # canary-4
someToken: canary-5
authorization: {mode: Webhook}
podPidsLimit: 9223372036854775807
providerID: https://me:canary-6@host/`,
    })
    const { settings } = read('/c.yaml')
    expect(JSON.stringify(settings)).not.toContain('canary')
    expect(settings).toMatchObject({
      staticPodURLHeader: { Authorization: ['XXXXXX'], X: ['XXXXXX'] },
      tlsPrivateKeyFile: '/var/key',
      someToken: 'XXXXXX',
      authorization: { mode: 'Webhook' },
      podPidsLimit: '9223372036854775807',
      providerID: 'https://me:XXXXXX@host/',
    })
  })

  test('a file of another kind is not told, whoever names it a configuration', () => {
    write({ shadow: 'root:$6$canary:1::::::\n', kubeconfig: 'kind: Config\nusers: [{token: canary}]\n' })
    for (const path of ['/shadow', '/kubeconfig']) {
      expect(JSON.stringify(read(path))).not.toContain('canary')
      expect(read(path).record).not.toHaveProperty('content')
    }
  })

  test('aliases that grow a small file into a large one leave no content', () => {
    const list = Array.from({ length: 40 }, () => '*a').join(', ')
    write({ 'c.yaml': `${HEAD}a: &a ${'x'.repeat(500)}\nb: [${list}]\n` })
    expect(read('/c.yaml')).toMatchObject({
      record: { err: 'larger than 10000 bytes' },
      unread: ['/c.yaml larger than 10000 bytes'],
    })
  })
})

test('without a file and a directory there is no record', () => {
  expect(read(undefined).record).toBeUndefined()
})
