/** Nothing throws, and positions point at the text that they claim. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { decodeText, locate, readDocument, splitDocuments, valueAt } from './index.ts'
import type { Value } from './index.ts'

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2000)
const fragments = [
  'a',
  'b: ',
  ': ',
  ':',
  '\n',
  '\n  ',
  '\n    ',
  '- ',
  '? ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '|\n',
  '>-\n',
  '# c',
  '&a ',
  '*a',
  '!!int ',
  '!!binary ',
  '!t ',
  '<<: ',
  '<<: *a\n',
  '~',
  '1',
  '.inf',
  '\t',
  '---\n',
  '...\n',
  '%TAG ! x\n',
  '\r',
  '\r\n',
  '\ufeff',
  '\u2028',
  '\u0000',
  '\ud800',
  '{{ x }}',
  '__proto__: ',
  'x: &a {b: 1}\n',
  '\\',
]
const yamlish = fc.array(fc.constantFrom(...fragments), { maxLength: 25 }).map((parts) => parts.join(''))
const paths = ['', 'a', 'b.a', 'b[0]', 'x.b', '__proto__.a', 'a[', "['']", 'a..b']

function readAll(text: string): void {
  for (const slice of splitDocuments(text)) {
    const { value, problems } = readDocument(text, slice)
    if (value === undefined) expect(problems.length).toBeGreaterThan(0)
    for (const { line = 0, column = 0 } of problems) {
      expect(line).toBeGreaterThan(0)
      expect(column).toBeGreaterThan(0)
    }
    for (const [index, location] of locate(text, slice, paths).entries()) {
      expect(location.start).toBeGreaterThanOrEqual(slice.start)
      expect(location.end).toBeLessThanOrEqual(slice.end)
      expect(location.start).toBeLessThanOrEqual(location.valueStart)
      expect(location.valueStart).toBeLessThanOrEqual(location.valueEnd)
      expect(location.valueEnd).toBeLessThanOrEqual(location.end)
      if (value !== undefined)
        expect([paths[index], location.exists]).toEqual([
          paths[index],
          valueAt(value, paths[index] ?? '') !== undefined,
        ])
    }
  }
}

describe('the reader never throws', () => {
  test('on bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decodeText(bytes)
        if ('text' in decoded) readAll(decoded.text)
        else expect(decoded.problem.line).toBeGreaterThan(0)
      }),
      { numRuns },
    ))
  test('on strings', () => fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), readAll), { numRuns }))
  test('on fragments of YAML', () => fc.assert(fc.property(yamlish, readAll), { numRuns: 3 * numRuns }))
})

/** The writer leaves `-_0` and `0o0` without quotes, which are numbers to Kubernetes: such texts are kept out. */
const isUnquotedNumber = (text: string): boolean => /^[-+]?(?:[\d_]*_[\d_]*$|0[xob])/i.test(text)

const scalar = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
  fc.string({ maxLength: 30 }).filter((text) => !isUnquotedNumber(text)),
  fc.constantFrom('yes', '1e3', 'a: b', 'x # y', '- z', 'two\nlines\n', ' lead', '"q"', "it's", '|'),
)
const name = fc.oneof(
  fc.constantFrom('a', 'b', 'app.kubernetes.io/name', 'yes', '80', 'a b', '- c', 'x: y', '"', '#'),
  fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '<<' && !isUnquotedNumber(key)),
)
const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
  ),
}))

/** Every path of a value with the value there and, for an entry, its key; keys are quoted. */
function* pathsOf(value: Value, path = '', own?: string): Generator<[string, Value, string | undefined]> {
  yield [path, value, own]
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* pathsOf(item, `${path}[${index}]`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      yield* pathsOf(item, `${path}['${key.replace(/['\\]/g, '\\$&')}']`, key)
  }
}

function checkPositions(value: Value, text: string): void {
  const [slice] = splitDocuments(text)
  if (slice === undefined) return
  const read = readDocument(text, slice)
  expect(read).toEqual({ value, problems: [] })
  const wanted = [...pathsOf(value)]
  const locations = locate(
    text,
    slice,
    wanted.map(([path]) => path),
  )
  for (const [index, [path, item, key]] of wanted.entries()) {
    const location = locations[index]
    expect(location?.exists).toBe(true)
    const { start = 0, valueStart = 0, valueEnd = 0 } = location ?? {}
    if (typeof item !== 'object' || item === null) {
      // A block scalar keeps its indentation by a key in front of it.
      const part = text.slice(valueStart, valueEnd)
      const lead = text.slice(text.lastIndexOf('\n', valueStart - 1) + 1, valueStart).replace(/[^ ].*$/s, '')
      const again = `${lead}k: ${part}${/^[|>]/.test(part) ? '\n' : ''}`
      const reread = readDocument(again, { start: 0, end: again.length, line: 1 }).value
      const found = valueAt(reread, 'k')
      expect([path, typeof found === 'string' ? found.trimEnd() : found]).toEqual([
        path,
        typeof item === 'string' ? item.trimEnd() : item,
      ])
    }
    // A key that needs a `?` in front of it does not stand alone.
    if (key !== undefined && !/\?\s*$/.test(text.slice(0, start))) {
      const entry = `${text.slice(start, valueStart)} x`
      const { value: again } = readDocument(entry, { start: 0, end: entry.length, line: 1 })
      expect([entry, Object.keys((again ?? {}) as object)]).toEqual([entry, [key]])
    }
  }
}

describe('positions point at what they claim', () => {
  const options = { schema: 'yaml-1.1', version: '1.1' } as const
  test('in block style', () =>
    fc.assert(
      fc.property(fc.dictionary(name, tree, { minKeys: 1, maxKeys: 4 }), (value) =>
        checkPositions(value, stringify(value, options)),
      ),
      { numRuns: 200 },
    ))
  test('in flow style', () =>
    fc.assert(
      fc.property(fc.dictionary(name, tree, { minKeys: 1, maxKeys: 4 }), (value) =>
        checkPositions(value, stringify(value, { ...options, collectionStyle: 'flow' })),
      ),
      { numRuns: 200 },
    ))
  test('in JSON', () =>
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2, '\t'), (value, space) =>
        checkPositions(value, JSON.stringify(value, null, space)),
      ),
      { numRuns: 200 },
    ))
})
