import { describe, expect, test } from 'vitest'
import type { ScalarStyle, WriteOptions, YamlNode } from '../node.ts'
import { readNodes } from '../node-reader/read-nodes.ts'
import { writeAsJson } from './write-as-json.ts'
import { writeNode } from './write-node.ts'

const compact: WriteOptions = { compactLists: true, width: 80, blockTabs: false }
const wide: WriteOptions = { compactLists: false, width: Infinity, blockTabs: true }

function text(value: string, style: ScalarStyle = 'plain'): YamlNode {
  return { type: 'scalar', text: value, style, tag: '!!str' }
}

function rewritten(source: string, options: WriteOptions): string {
  const { nodes, problems } = readNodes(source)
  expect(problems).toEqual([])
  return nodes.map((node) => writeNode(node, options)).join('---\n')
}

const nested = `a:
  - b:
      - c
      - d: 1
        e: 2
  - - x
    - y
`

describe('collections', () => {
  test('lists begin in the column of their key', () => {
    expect(rewritten(nested, compact)).toBe('a:\n- b:\n  - c\n  - d: 1\n    e: 2\n- - x\n  - "y"\n')
  })

  test('lists are indented under their key', () => {
    expect(rewritten(nested, wide)).toBe('a:\n  - b:\n      - c\n      - d: 1\n        e: 2\n  - - x\n    - "y"\n')
  })

  test('empty ones are written in brackets, and brackets are kept', () => {
    expect(rewritten('a: []\nb: {}\nc: {x: [1, {y: ""}]}\n', compact)).toBe('a: []\nb: {}\nc: {x: [1, {"y": ""}]}\n')
  })

  test('long brackets are broken after the width', () => {
    const long = `a: [${Array.from({ length: 30 }, (_, index) => `item${index}`).join(', ')}]\n`
    const lines = rewritten(long, compact).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[1]).toMatch(/^ {2}item\d/)
    expect(rewritten(long, wide)).toBe(long)
  })

  test('a key of many lines or characters has a question mark', () => {
    const key = 'k'.repeat(129)
    expect(rewritten(`? |\n  a\n  b\n: - 1\n${key}: {x: 1}\n`, compact)).toBe(
      `? |\n  a\n  b\n: - 1\n? ${key}\n: {x: 1}\n`,
    )
  })
})

describe('scalars', () => {
  test.each([
    ['text', 'text'],
    ['yes', '"yes"'],
    ['1', '"1"'],
    ['', '""'],
    ['12:30', '"12:30"'],
    ['2020-01-02', '"2020-01-02"'],
    ['a: b', "'a: b'"],
    ['a #b', "'a #b'"],
    ["'it'", "'''it'''"],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['---', "'---'"],
    [' a', "' a'"],
    ['a\tb', '"a\\tb"'],
    ['a\u0000\u0001\u007f\u0085\u00a0\u2028', '"a\\0\\x01\\x7F\\N\u00a0\\L"'],
    ['\u{1f600}', '"\\U0001F600"'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\n\n', '|+\n  a\n'],
    [' a\nb\n', '|2\n   a\n  b'],
    ['\na', '|2-\n\n  a'],
    ['a \nb', '"a \\nb"'],
    ['a\r\nb', '"a\\r\\nb"'],
  ])('%j is written as %s', (value, written) => {
    expect(writeNode(text(value), compact)).toBe(`${written}\n`)
  })

  test('a style is kept where the text allows it', () => {
    expect(writeNode(text('a', 'single'), compact)).toBe("'a'\n")
    expect(writeNode(text('a', 'double'), compact)).toBe('"a"\n')
    expect(writeNode(text('a', 'literal'), compact)).toBe('|-\n  a\n')
    expect(writeNode(text('a\tb', 'single'), compact)).toBe('"a\\tb"\n')
    expect(writeNode(text('a \n', 'literal'), compact)).toBe('"a \\n"\n')
  })

  test('tabs stand in literal texts of goyaml v3', () => {
    expect(writeNode(text('a\n\tb'), compact)).toBe('"a\\n\\tb"\n')
    expect(writeNode(text('a\n\tb'), wide)).toBe('|-\n  a\n  \tb\n')
  })

  test('folded texts are read as they were', () => {
    const value = `one two\n  three\n\n\nfour ${'word '.repeat(30)}end\n`
    const written = writeNode(text(value, 'folded'), compact)
    expect(written).toMatch(/^>\n/)
    expect(readNodes(written).nodes[0]).toMatchObject({ text: value })
  })

  test('tags of their own are kept', () => {
    expect(rewritten('a: !!binary aGk=\nb: !own x\n', compact)).toBe('a: !!binary aGk=\nb: !own x\n')
  })

  test.each(['plain', 'single', 'double'] as const)('long %s texts are broken at single spaces', (style) => {
    const value = `${'word '.repeat(20)} two spaces${' word'.repeat(20)}`
    const written = writeNode(text(value, style), compact)
    expect(written.split('\n').length).toBeGreaterThan(2)
    expect(Math.max(...written.split('\n').map((line) => line.length))).toBeLessThan(100)
    expect(readNodes(written).nodes[0]).toMatchObject({ text: value })
    expect(writeNode(text(value, style), wide).trimEnd()).not.toContain('\n')
  })
})

test('what goes through JSON has its keys in order, styles of its own and plain numbers', () => {
  const source = "z: 'one'\na10: 0644\na9: 1e2\nb: >-\n  two\n  words\ny: yes\nn: ~\nl: [1.5, 0x10, 1e30]\n"
  expect(writeAsJson(readNodes(source).nodes[0] as YamlNode)).toBe(
    'a9: 100\na10: 420\nb: two words\nl:\n- 1.5\n- 16\n- 1e+30\n"n": null\n"y": "yes"\nz: one\n',
  )
})
