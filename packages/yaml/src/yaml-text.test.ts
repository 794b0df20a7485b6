import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { readDocument } from './read-document.ts'
import { yamlFromJson, yamlText } from './yaml-text.ts'

function readBack(text: string): unknown {
  const { value, problems } = readDocument(text, { start: 0, end: text.length, line: 1 })
  expect(problems).toEqual([])
  return value
}

describe('plain data', () => {
  test('is laid out as people do', () => {
    const object = {
      kind: 'List',
      metadata: { name: 'node-1.example', labels: {} },
      items: [{ path: '/etc/x', mode: 384 }, [1, ['a']], 'two words', null, []],
      gone: undefined,
    }
    expect(yamlText(object)).toBe(`kind: List
metadata:
  name: node-1.example
  labels: {}
items:
  - path: /etc/x
    mode: 384
  -
    - 1
    -
      - a
  - "two words"
  - null
  - []
`)
  })

  test.each([
    'yes',
    'NO',
    'null',
    'true',
    '~',
    '1',
    '0x1',
    '1e3',
    '',
    ' a',
    'a:',
    '- a',
    '#',
    '\u0085\u2028\uFEFF',
    'a\nb',
    '"',
  ])('%j stays text', (text) => {
    expect(readBack(yamlText({ text }))).toEqual({ text })
    expect(parse(yamlText([text]))).toEqual([text])
  })

  test('of any shape means the same after reading, to our reader and to another', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('yes', 'n', '0', '---', 'key: value', '\uFFFE'),
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('tree'), { maxLength: 4 }),
      map: fc.dictionary(
        text.filter((key) => key !== '__proto__' && key !== '<<'),
        tie('tree'),
        { maxKeys: 4 },
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tree, { maxKeys: 4 }), (value) => {
        expect(readBack(yamlText(value))).toEqual(value)
        expect(parse(yamlText(value))).toEqual(value)
      }),
    )
  })
})

describe('JSON text', () => {
  test('is the same document however it is cut', () => {
    const value = { 'a "key"': ['\\', '\\\\"', 1.5, -2e-9, 1e21, true, null, {}, [], [[]], [{ b: { c: 'd e' } }]] }
    const json = JSON.stringify(value)
    const whole = [...yamlFromJson([json])].join('')
    expect(readBack(whole)).toEqual(value)
    expect(parse(whole, { version: '1.1' })).toEqual(value)
    for (let at = 1; at < json.length; at++) {
      expect([...yamlFromJson([json.slice(0, at), json.slice(at)])].join('')).toBe(whole)
    }
    expect([...yamlFromJson(json)].join('')).toBe(whole)
  })

  test('may have keys of any length', () => {
    const value = { ['long '.repeat(5000)]: { ['x'.repeat(2000)]: [1] }, list: [{ ['y'.repeat(1500)]: 'z' }] }
    const text = yamlText(value)
    expect(readBack(text)).toEqual(value)
    expect(parse(text)).toEqual(value)
    expect(parse(text, { version: '1.1' })).toEqual(value)
  })

  test.each([
    ['"text"', 'text\n'],
    ['[]', '[]\n'],
    ['{}', '{}\n'],
    ['12', '12\n'],
    ['[ 1 , 2 ]', '- 1\n- 2\n'],
  ])('%s alone is %j', (json, yaml) => {
    expect([...yamlFromJson([json])].join('')).toBe(yaml)
  })

  test('is refused where it is something else', () => {
    expect(() => [...yamlFromJson(["{'a': 1}"])]).toThrow(/not JSON/)
  })
})
