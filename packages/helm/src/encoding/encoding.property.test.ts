/** What is written is read as what it was. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deepEqual } from '../go/deep-equal.ts'
import { Dict, List, Traced, type Value, plain } from '@kubescape/go-template'
import { readJson } from './json-reader.ts'
import { compactJson, writeJson } from './json-writer.ts'
import { readToml } from './toml-reader.ts'
import { writeToml } from './toml-writer.ts'
import { readYaml } from './yaml-reader.ts'
import { writePrettyYaml, writeYaml } from './yaml-writer.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 1000)
const context = { spend: (): void => {} }

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
  '\r',
  '<',
  '&',
  '...',
]
const text = fc
  .oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
    fc.constantFrom('yes', 'null', '1', '1.5', '0x1F', '12:30', '2020-01-01', '', '=', '.inf', '__proto__'),
  )
  // Go's library writes this key plain, though it then merges.
  .filter((value) => value !== '<<')
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
)
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null))
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }).map((items) => new List(items)),
    fc
      .uniqueArray(fc.tuple(text, tie('value')), { maxLength: 4, selector: ([key]) => key })
      .map((entries) => new Dict(new Map(entries))),
  ),
}))
const map = fc
  .uniqueArray(fc.tuple(text, value), { maxLength: 5, selector: ([key]) => key })
  .map((entries) => new Dict(new Map(entries)))

test('YAML and JSON give the value back', () => {
  fc.assert(
    fc.property(map, (dict) => {
      for (const written of [writeYaml(dict, context), writePrettyYaml(dict, context)]) {
        // The line break at the end, which is left out, may belong to a text.
        expect(deepEqual(readYaml(`${written as string}\n`, context), dict)).toBe(true)
      }
      expect(deepEqual(readJson(writeJson(dict, compactJson, context), context), dict)).toBe(true)
    }),
    { numRuns },
  )
})

/** TOML has neither nil nor numbers of one kind for all. */
function forToml(item: Value): Value | undefined {
  if (item instanceof List) return new List(item.items.map(forToml).filter((part) => part !== undefined))
  if (!(item instanceof Dict)) return item === null ? undefined : item
  const entries = [...item.entries].map(([key, part]): [string, Value] => [key, forToml(part)])
  return new Dict(new Map(entries.filter(([, part]) => part !== undefined)))
}

test('TOML gives the value back', () => {
  fc.assert(
    fc.property(map, (dict) => {
      const wanted = forToml(dict)
      const read = readToml(writeToml(wanted, context), context)
      expect(writeJson(read, compactJson, context)).toBe(writeJson(wanted, compactJson, context))
    }),
    { numRuns },
  )
})

test('a trace changes no character, and spans cover all', () => {
  const layer = { kind: 'chart', name: 'values.yaml' } as const
  const traced = (item: Value, path: readonly (string | number)[]): Value => {
    const origin = { layer, path }
    if (item instanceof List)
      return new List(
        item.items.map((part, index) => traced(part, [...path, index])),
        item.element,
        origin,
      )
    if (item instanceof Dict)
      return new Dict(
        new Map([...item.entries].map(([key, part]) => [key, traced(part, [...path, key])])),
        item.type,
        origin,
      )
    const bare = plain(item)
    if (typeof bare !== 'string') return new Traced(bare as number, [{ length: 0, origin: { value: origin } }])
    const half = bare.length >> 1
    return new Traced(bare, [
      { length: half, origin: { value: origin } },
      { length: bare.length - half, origin: { derived: true } },
    ])
  }
  fc.assert(
    fc.property(map, (dict) => {
      const written = writeYaml(traced(dict, []), context) as Traced
      expect(written.value).toBe(writeYaml(dict, context))
      expect(written.spans.reduce((sum, { length }) => sum + length, 0)).toBe((written.value as string).length)
    }),
    { numRuns },
  )
})

test('reading any text throws nothing but what it should', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' }), fc.json()), (source) => {
      for (const read of [readYaml, readJson, readToml]) {
        try {
          read(source, context)
        } catch (error) {
          expect((error as object).constructor.name).toBe('EncodingError')
        }
      }
    }),
    { numRuns },
  )
})
