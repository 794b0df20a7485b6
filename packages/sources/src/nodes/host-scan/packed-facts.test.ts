import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

import type { NodeFact } from '../node-facts.ts'
import { packFacts, unpackFacts } from './packed-facts.ts'

const fact = (kind: string, data: unknown, name = 'node-1'): NodeFact => ({
  apiVersion: 'hostdata.kubescape.cloud/v1beta0',
  kind,
  metadata: { name },
  data,
})

const packed = (value: unknown): string =>
  gzipSync(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64')

describe('facts in a Secret', () => {
  test('arrive as they were sent', () => {
    const objects = [fact('KubeletInfo', { cmdLine: 'kubelet' }), fact('KernelVersion', 'Linux')]
    const unread = [{ path: '/a', why: 'permission denied' }]
    expect(unpackFacts(packFacts({ objects, unread }) ?? '', 'node-1')).toEqual({ objects, unread })
  })

  test('are those of the node that they were asked of, one of each kind', () => {
    const objects = [fact('KubeletInfo', { a: 1 }, 'node-2'), fact('KubeletInfo', { a: 2 }), fact('Pod', {})]
    expect(unpackFacts(packed({ objects }), 'node-1')).toEqual({
      objects: [fact('KubeletInfo', { a: 1 }, 'node-1')],
      unread: [],
    })
  })

  test('that do not fit are not cut', () => {
    const noise = Array.from({ length: 300_000 }, (_, at) => Math.sin(at)).join(' ')
    expect(packFacts({ objects: [fact('OsReleaseFile', noise)], unread: [] })).toBeUndefined()
  })

  test.each<readonly [string, string]>([
    ['what it wrote cannot be read', ''],
    ['what it wrote cannot be read', 'bm90IGd6aXA='],
    ['what it wrote cannot be read', packed('{')],
    ['what it wrote cannot be read', gzipSync(Buffer.alloc(2 ** 25)).toString('base64')],
    ['what it wrote is nested too deeply', packed(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['what it wrote holds no facts', packed('null')],
    ['what it wrote holds no facts', packed({ objects: [null, 1, { kind: 'KubeletInfo' }] })],
  ])('%s', (error, text) => {
    expect(unpackFacts(text, 'node-1')).toEqual({ error })
  })

  test('say on one line what could not be read, however long', () => {
    const unread = Array.from({ length: 500 }, () => ({ path: `/a\n\u001B[31m${'x'.repeat(5000)}`, why: 1 }))
    const facts = unpackFacts(packed({ objects: [fact('CNIInfo', {})], unread }), 'node-1')
    expect('unread' in facts && facts.unread.length).toBe(200)
    expect('unread' in facts && facts.unread[0]).toEqual({
      path: expect.stringMatching(/^\/a \[31mx{292}…$/),
      why: '1',
    })
  })
})
