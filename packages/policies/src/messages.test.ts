import { describe, expect, test } from 'vitest'

import { messagesAbout } from './messages.ts'

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password: 'tr0ub4dor&3' } }
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'c', env: [{ name: 'TOKEN', value: 'correct horse battery' }] }] },
}

describe('messages', () => {
  test('stand on one line, each once, and none is empty', () => {
    expect(messagesAbout([pod], ['a\n  b', ' ', 'c', 'a b', ''])).toEqual(['a b', 'c'])
  })

  test('are as many as a person can read', () => {
    expect(
      messagesAbout(
        [pod],
        Array.from({ length: 100 }, (_, at) => `number ${at}`),
      ),
    ).toHaveLength(10)
  })

  test('are clipped', () => {
    const [message = ''] = messagesAbout([pod], ['x'.repeat(1_000_000)])
    expect(message).toHaveLength(500)
    expect(message.endsWith('x…')).toBe(true)
  })

  test('do not end in half a character', () => {
    const [message = ''] = messagesAbout([pod], ['x'.repeat(498) + '😀😀'])
    expect(message.isWellFormed()).toBe(true)
  })

  test('quote no value of an environment variable', () => {
    expect(messagesAbout([pod], ['the token is correct horse battery'])).toEqual(['the token is XXXXXX'])
  })

  test('quote no part of a value that is cut off', () => {
    const value = 'v'.repeat(4000)
    const object = { ...pod, spec: { containers: [{ env: [{ name: 'A', value }] }] } }
    for (const before of [0, 100, 300]) {
      const text = `${'_'.repeat(before)}${`${value} `.repeat(10)}`
      expect(messagesAbout([object], [text]).join('')).not.toContain('vv')
    }
  })

  test('are not there where a Secret has part in it', () => {
    expect(messagesAbout([secret], ['any'])).toEqual([])
    expect(messagesAbout([pod, secret], ['the Secret holds dHIwdWI0ZG9yJjM='])).toEqual([])
  })
})
