/** What policies say is told as far as it may be. */
import { missing, wrong, type Finding } from '@kubescape/controls'
import { asText, field, type ValueMap } from '@kubescape/resources'
import { describe, expect, test } from 'vitest'

import { Discretion, redacted } from './discretion.ts'

const pod: ValueMap = {
  kind: 'Pod',
  metadata: { name: 'production' },
  spec: { containers: [{ name: 'c', env: [{ name: 'TOKEN', value: 'production' }] }] },
}
const secret: ValueMap = { kind: 'Secret', metadata: { name: 'web' }, data: { password: 'aHVudGVyMg==' } }

/** What a policy that says it with `say` may tell of an object. */
function told(object: ValueMap, ...say: readonly ((object: ValueMap) => string)[]): readonly string[] {
  const all = (about: ValueMap): readonly string[] => say.map((each) => each(about))
  return Discretion.about([object], () => all(redacted(object))).messages(all(object))
}

const textAt = (object: ValueMap, ...path: readonly string[]): string => asText(field(object, ...path)) ?? ''
const nameOf = (object: ValueMap): string => textAt(object, 'metadata', 'name')
const whole = (object: ValueMap): string => JSON.stringify(object)
const decoded = (object: ValueMap): string => atob(textAt(object, 'data', 'password').slice(0, 4))

describe('a message', () => {
  test('stands on one line, without control characters', () => {
    expect(told(pod, () => ' a\n\tb \u001B[31mc\u009B2J\u0000 ')).toEqual(['a b [31mc 2J'])
  })

  test('is told once, and is not empty', () => {
    const texts = ['a  b', '', ' \n', 'c', 'a b'].map((text) => () => text)
    expect(told(pod, ...texts)).toEqual(['a b', 'c'])
  })

  test('is one of ten at most', () => {
    const texts = Array.from({ length: 100 }, (_, at) => () => `number ${at}`)
    expect(told(pod, ...texts)).toHaveLength(10)
  })

  test('is clipped, and not within a character', () => {
    const [long = ''] = told(pod, () => 'x'.repeat(1_000_000))
    expect(long).toHaveLength(500)
    expect(long.endsWith('x…')).toBe(true)
    const [emoji = ''] = told(pod, () => `${'x'.repeat(498)}😀😀`)
    expect(emoji.isWellFormed()).toBe(true)
  })

  test('quotes no value that reports mask', () => {
    expect(told(pod, whole)).toEqual([
      '{"kind":"Pod","metadata":{"name":"XXXXXX"},"spec":{"containers":[{"name":"c","env":[{"name":"TOKEN","value":"XXXXXX"}]}]}}',
    ])
  })

  test('may have words that are such a value by accident', () => {
    expect(told(pod, nameOf)).toEqual(['production'])
  })
})

describe('a message about a Secret', () => {
  test('is told when it is the same without what is in it', () => {
    expect(told(secret, nameOf, () => 'a text')).toEqual(['web', 'a text'])
  })

  test('is left out when it tells of what is in it, in whatever way', () => {
    expect(told(secret, whole, decoded, (object) => `${whole(object).length}`)).toEqual([])
  })

  test('is left out when a policy has no answer to a Secret without values', () => {
    const mute = Discretion.about([pod, secret], () => [])
    expect(mute.messages(['anything'])).toEqual([])
  })
})

test('a value to set that tells of a secret is for a person to choose', () => {
  const set = (value: string): Finding => missing('spec.a', value)
  const about = (object: ValueMap, ...again: readonly string[]): Discretion => Discretion.about([object], () => again)
  const plain = [wrong('spec.b'), set('true')]
  expect(about(pod).findings([...plain, set('production')])).toEqual([...plain, set('YOUR_VALUE')])
  expect(about(secret, 'true').findings([...plain, set('hunter2')])).toEqual([...plain, set('YOUR_VALUE')])
})

describe('a command', () => {
  const commands = (...texts: readonly string[]): readonly string[] => Discretion.about([pod], () => []).commands(texts)

  test('is told as it is', () => {
    expect(commands(' chmod  600 /etc/x\n', 'chmod  600 /etc/x')).toEqual(['chmod  600 /etc/x'])
  })

  test.each([
    ['several lines', 'a\nb'],
    ['escapes', 'a \u001B[31m'],
    ['no end', `echo ${'x'.repeat(500)}`],
    ['a value that reports mask', 'echo production'],
  ])('is left out with %s', (_what, text) => {
    expect(commands(text)).toEqual([])
  })
})
