import { describe, expect, test } from 'vitest'

import { dataOf, parseDocument, sortFiles } from './documents.ts'
import { compactJson } from './value-json.ts'

const parse = (text: string): string => compactJson(parseDocument(text, 'doc', '--input'))

describe('a document', () => {
  test.each([
    ['{"a": [1, 2.50, 1e3, 12345678901234567890]}', '{"a":[1,2.50,1e3,12345678901234567890]}'],
    ['{"__proto__": {"x": 1}, "constructor": 2}', '{"__proto__":{"x":1},"constructor":2}'],
    ['a: [1, yes]\nb: {c: null}\n', '{"a":[1,true],"b":{"c":null}}'],
    ['kind: Pod\n---\nkind: Service\n---\n', '[{"kind":"Pod"},{"kind":"Service"}]'],
    ['"text"', '"text"'],
    ['[]', '[]'],
    ['', 'null'],
  ])('%j is %s', (text, expected) => {
    expect(parse(text)).toBe(expected)
  })

  test('that is broken is told of with its place', () => {
    expect(() => parse('{"a": [1,\n}')).toThrow(/--input doc:2:1: /)
    expect(() => parse('a: [1\nb: 2')).toThrow(/--input doc:\d+:\d+: /)
  })

  test('that is nested without end is refused', () => {
    expect(() => parse('['.repeat(100_000))).toThrow(/--input doc:/)
    expect(() => parse('{"a":'.repeat(2000) + '1.0' + '}'.repeat(2000))).toThrow(/--input doc:/)
  })
})

describe('what lies below data', () => {
  const file = (below: string, text: string, isNamed = false): Parameters<typeof dataOf>[0][number] => ({
    path: `p/${below}`,
    below,
    isNamed,
    text,
  })

  test('is laid together from files: named ones at the top, those of folders below the names of the folders', () => {
    const files = [
      file('named.json', '{"a": {"x": 1}}', true),
      file('a/data.yaml', 'w: 2'),
      file('a/b/other.json', '{"z": [3]}'),
    ]
    expect(compactJson(dataOf(files, '--data'))).toBe('{"a":{"b":{"z":[3]},"w":2,"x":1}}')
  })

  test('must not be said twice', () => {
    const files = [file('a.json', '{"a": {"b": 1}}'), file('b.json', '{"a": {"b": 1}}')]
    expect(() => dataOf(files, '--data')).toThrow('p/b.json and p/a.json both set data.a.b')
  })

  test('has names', () => {
    expect(() => dataOf([file('list.json', '[1]')], '--data')).toThrow('--data p/list.json holds no object')
    expect(compactJson(dataOf([file('a/list.json', '[1]')], '--data'))).toBe('{"a":[1]}')
  })
})

test('policies are told from documents by their names', () => {
  const files = ['a.rego', 'b.REGO', 'c.json'].map((path) => ({ path, below: path, isNamed: true, text: '' }))
  const { policies, documents } = sortFiles(files, 'v0')
  expect(policies).toEqual([
    { file: 'a.rego', text: '', version: 'v0' },
    { file: 'b.REGO', text: '', version: 'v0' },
  ])
  expect(documents.map(({ path }) => path)).toEqual(['c.json'])
})
