/** What is written is read as what it was. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { MappingEntry, ScalarNode, ScalarStyle, WriteOptions, YamlNode } from '../node.ts'
import { readNodes } from '../node-reader/read-nodes.ts'
import { readDocument } from '../read-document.ts'
import { writeAsJson } from './write-as-json.ts'
import { writeNode } from './write-node.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 1000)

const pieces = [
  'a',
  'word',
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\t',
  ': ',
  ' #',
  '-',
  '- ',
  "'",
  '"',
  '\\',
  '{',
  '[',
  ',',
  '|',
  '1',
  'é',
  '\u{1f600}',
  '\u0001',
  'yes',
  '~',
  '.5',
  '%',
  '...',
  '---',
]
const text = fc
  .oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
    fc.constantFrom('yes', 'null', '1', '1.5', '0x1F', '12:30', '2020-01-01', '', '='),
    fc.string({ unit: 'binary' }),
  )
  // Both end a line in YAML 1.1 alone, where they can stand in a text as they are.
  .filter((value) => !/[\u2028\u2029]/.test(value))
const scalar: fc.Arbitrary<ScalarNode> = fc.record({
  type: fc.constant('scalar' as const),
  text,
  style: fc.constantFrom<ScalarStyle>('plain', 'single', 'double', 'literal', 'folded'),
  tag: fc.constant('!!str'),
})
const { node: inside } = fc.letrec<{ node: YamlNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.record({
      type: fc.constant('sequence' as const),
      items: fc.array(tie('node'), { maxLength: 4 }),
      flow: fc.boolean(),
    }),
    fc.record({
      type: fc.constant('mapping' as const),
      entries: fc.uniqueArray(fc.record<MappingEntry>({ key: scalar, value: tie('node') }), {
        maxLength: 4,
        selector: (entry) => entry.key.text,
      }),
      flow: fc.boolean(),
    }),
  ),
}))
/** A mapping at the root: readers disagree on the indentation of block scalars that are there. */
const node = inside.map((value): YamlNode => {
  const key: ScalarNode = { type: 'scalar', text: 'root', style: 'plain', tag: '!!str' }
  return { type: 'mapping', entries: [{ key, value }], flow: false }
})
const options: fc.Arbitrary<WriteOptions> = fc.record({
  compactLists: fc.boolean(),
  width: fc.constantFrom(20, 80, Infinity),
  blockTabs: fc.boolean(),
})

/** A tree without its looks. */
function bare(root: YamlNode): unknown {
  if (root.type === 'scalar') return root.text
  if (root.type === 'sequence') return root.items.map(bare)
  return new Map(root.entries.map(({ key, value }) => [key.text, bare(value)]))
}

function plainData(root: YamlNode): unknown {
  if (root.type === 'scalar') return root.text
  if (root.type === 'sequence') return root.items.map(plainData)
  return Object.fromEntries(root.entries.map(({ key, value }) => [key.text, plainData(value)]))
}

test('a tree comes back from its text, with the same text', () => {
  fc.assert(
    fc.property(node, options, (tree, style) => {
      const written = writeNode(tree, style)
      const { nodes, problems } = readNodes(written)
      expect(problems).toEqual([])
      expect(nodes.map(bare)).toEqual([bare(tree)])
      expect(writeNode(nodes[0] as YamlNode, style)).toBe(written)
    }),
    { numRuns },
  )
})

test('readers of YAML 1.1 and 1.2 see the texts that were written', () => {
  fc.assert(
    fc.property(node, (tree) => {
      const written = writeAsJson(tree)
      const slice = { start: 0, end: written.length, line: 1 }
      expect(readDocument(written, slice)).toEqual({ value: plainData(tree), problems: [] })
      expect(parse(written, { version: '1.1', uniqueKeys: false })).toEqual(plainData(tree))
    }),
    { numRuns },
  )
})
