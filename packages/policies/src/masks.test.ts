/** Values of objects are found in whatever texts policies make of them. */
import { describe, expect, test } from 'vitest'

import { Masks } from './masks.ts'

const env = (...values: readonly string[]): Masks => {
  const masks = new Masks()
  const variables = values.map((value, at) => ({ name: `V${at}`, value }))
  masks.add({ kind: 'Pod', spec: { containers: [{ env: variables }] } })
  return masks
}

describe('masked values', () => {
  test.each([
    ['as they are', 'correct horse', 'it is correct horse!', 'it is XXXXXX!'],
    ['more than once', 'correct horse', 'correct horse, correct horse', 'XXXXXX, XXXXXX'],
    ['in JSON', 'say "friend"\n', '{"value":"say \\"friend\\"\\n"}', '{"value":"XXXXXX\\n"}'],
    ['in JSON that is safe in HTML', 'horse<&>battery', '"horse\\u003c\\u0026\\u003ebattery"', '"XXXXXX"'],
    ['between quotes of Go', 'bell\u0007and horse', '"bell\\aand horse"', '"XXXXXX"'],
    ['line by line', 'first line here\nsecond line here', 'has second line here', 'has XXXXXX'],
    ['not when they are short', 'abc', 'abc', 'abc'],
  ])('%s', (_how, value, text, masked) => {
    expect(env(value).mask(text, false)).toBe(masked)
  })

  test('the longest of several that begin alike', () => {
    expect(env('password', 'password-of-root').mask('password-of-root', false)).toBe('XXXXXX')
  })

  test('in the copy of the object that kubectl leaves', () => {
    const masks = new Masks()
    const copy = '{"kind":"Secret","data":{"a":"eA=="}}'
    masks.add({ kind: 'Pod', metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': copy } } })
    expect(masks.mask(`applied ${copy}`, false)).toBe('applied XXXXXX')
  })

  test('the beginning of one, where the text is cut', () => {
    const value = 'x-'.repeat(5000)
    expect(env(value).mask(`it is ${value.slice(0, 100)}`, true)).toBe('it is XXXXXX')
    expect(env(value).mask(`it is ${value.slice(0, 100)}`, false)).toContain('x-x-')
  })

  test('up to the end, where very many begin alike', () => {
    const values = Array.from({ length: 50 }, (_, at) => `password-${at}`)
    expect(env(...values).mask('a password-3 and more', false)).toBe('a XXXXXX')
  })

  test('up to the end, where looking for them takes too much', () => {
    const values = Array.from({ length: 10 }, (_, at) => `${'a'.repeat(3000 + at)}b`)
    expect(env(...values).mask(`first ${'a'.repeat(4000)} c`, false)).toMatch(/^first a{1,20}XXXXXX$/)
  })

  test('everything, where there are more than can be looked for', () => {
    const values = Array.from({ length: 200_002 }, (_, at) => `${String(at).padStart(8, '0')}-value`)
    expect(env(...values).mask('anything', false)).toBe('XXXXXX')
  })
})
