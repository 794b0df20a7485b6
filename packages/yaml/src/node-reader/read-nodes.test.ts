import { describe, expect, test } from 'vitest'
import type { MappingNode, YamlNode } from '../node.ts'
import { readNodes } from './read-nodes.ts'

function only(text: string): YamlNode {
  const { nodes, problems } = readNodes(text)
  expect(problems).toEqual([])
  expect(nodes).toHaveLength(1)
  return nodes[0] as YamlNode
}

function keysAndTexts(node: YamlNode): unknown {
  if (node.type === 'scalar') return node.text
  if (node.type === 'sequence') return node.items.map(keysAndTexts)
  return node.entries.map(({ key, value }) => [key.text, keysAndTexts(value)])
}

describe('documents as trees', () => {
  test('styles, order and offsets are kept, comments are not', () => {
    const text = '# first\nb: \'x\' # why\na: "y"\nc: |\n  z\nd: {e: [1]}\n'
    const node = only(text) as MappingNode
    expect(
      node.entries.map(({ key, value }) => [key.text, value.type === 'scalar' ? value.style : value.flow]),
    ).toEqual([
      ['b', 'single'],
      ['a', 'double'],
      ['c', 'literal'],
      ['d', true],
    ])
    expect(node.entries.map(({ value }) => text[value.at ?? 0])).toEqual(["'", '"', ' ', '{'])
  })

  test('scalars have the tags of goyaml v3', () => {
    const node = only('[a, 1, 1.5, true, yes, ~, "1", 0x1F, 2020-01-01, !!int 5, !x y]') as YamlNode & {
      items: YamlNode[]
    }
    expect(node.items.map((item) => (item.type === 'scalar' ? item.tag : ''))).toEqual(
      '!!str !!int !!float !!bool !!str !!null !!str !!int !!str !!int !x'.split(' '),
    )
  })

  test('several documents', () => {
    expect(readNodes('a: 1\n---\n# nothing\n---\nb: 2\n').nodes.map(keysAndTexts)).toEqual([[['a', '1']], [['b', '2']]])
  })

  test('aliases are written out, each as a copy of its own', () => {
    const node = only('a: &x {k: 1}\nb: *x\n') as MappingNode
    expect(keysAndTexts(node)).toEqual([
      ['a', [['k', '1']]],
      ['b', [['k', '1']]],
    ])
    expect(node.entries[0]?.value).not.toBe(node.entries[1]?.value)
  })

  test('merge keys are written out: own entries win, then the first source', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 0\n'
    expect(keysAndTexts((only(text) as MappingNode).entries[2]?.value as YamlNode)).toEqual([
      ['a', '0'],
      ['b', '1'],
      ['c', '2'],
    ])
  })

  test('of duplicate keys the last counts, with a problem', () => {
    const { nodes, problems } = readNodes('a: 1\nb: 2\na: 3\n')
    expect(nodes.map(keysAndTexts)).toEqual([
      [
        ['a', '3'],
        ['b', '2'],
      ],
    ])
    expect(problems).toMatchObject([{ code: 'yaml/duplicate-key', line: 3, column: 1 }])
  })
})

describe('what cannot be read', () => {
  test.each([
    ['a: [1', 'yaml/unclosed-bracket', 2],
    ['a: *b', 'yaml/unknown-alias', 1],
    ['a: &a [*a]', 'yaml/recursive-alias', 1],
    ['a: 1\n{b: 1}: 2', 'yaml/bad-key', 2],
    ['a:\n  <<: 1', 'yaml/bad-merge', 2],
  ])('%j is a problem with its line', (text, code, line) => {
    const { nodes, problems } = readNodes(`ok: 1\n---\n${text}\n`)
    expect(nodes).toHaveLength(1)
    expect(problems).toMatchObject([{ code, line: line + 2 }])
  })

  test('aliases may not expand to more than the limit', () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`,
    )
    const { nodes, problems } = readNodes(`a0: &a0 x\n${levels.join('\n')}\n`)
    expect(nodes).toEqual([])
    expect(problems).toMatchObject([{ code: 'yaml/too-many-aliases' }])
  })

  test('nesting has a limit, through aliases too', () => {
    expect(readNodes('['.repeat(500) + ']'.repeat(500)).problems).toMatchObject([{ code: 'yaml/too-deep' }])
    const levels = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [[*a${level}]]`)
    expect(readNodes(`a0: &a0 x\n${levels.join('\n')}\n`, { depth: 50 }).problems).toMatchObject([
      { code: 'yaml/too-deep' },
    ])
  })
})
