/** A header is never wrong: it agrees with the full reader wherever both answer. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isValueMap, readDocument, splitDocuments, valueAt } from './index.ts'
import type { DocumentSlice, Header } from './index.ts'

const fields = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace', 'metadata.generateName'] as const

/** What the full reader says of the five fields; null counts as absent. Undefined when it cannot read the document. */
function fullHeader(text: string, slice: DocumentSlice): Record<string, unknown> | undefined {
  const { value } = readDocument(text, slice)
  if (value === undefined) return undefined
  return Object.fromEntries(
    fields.map((field) => [field, isValueMap(value) ? (valueAt(value, field) ?? undefined) : undefined]),
  )
}

function quickHeader(header: Header): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, header[field.replace('metadata.', '') as keyof Header]]))
}

let headers = 0
let compared = 0

function check(text: string): void {
  for (const slice of splitDocuments(text)) {
    if (slice.header === undefined) continue
    headers++
    const full = fullHeader(text, slice)
    if (full === undefined) continue
    compared++
    expect(quickHeader(slice.header)).toEqual(full)
  }
}

const word = fc.constantFrom(
  'Pod',
  'Deployment',
  'v1',
  'apps/v1',
  'true',
  'No',
  'null',
  '~',
  '1',
  '1.5',
  '0x1F',
  '"q"',
  "'q'",
  '"a b"',
  '|',
  '>-',
  '{a: b}',
  '[x]',
  '{',
  '"',
  "'",
  '[',
  '&a x',
  '*a',
  '!!str x',
  'a: b',
  'x # c',
  'x#c',
  'x ',
  '',
  'x:',
  '- x',
  '? x',
  'a,',
  '@x',
  '%x',
  '"x" y',
  '"x\\n"',
  "'it''s'",
  '}',
  ']',
)
const key = fc.constantFrom(
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'generateName',
  'spec',
  'labels',
  'a',
  '"kind"',
  "'name'",
  '? kind',
  '&k kind',
  '!!str kind',
  '<<',
  'kind ',
  '-',
  '- name',
  '- kind',
  'a.b/c-d',
  '*a ',
  '{kind',
  '[a',
)
const indent = fc.constantFrom('', '', '', '  ', '  ', '    ', ' ', '   ', '\t', '  \t', '- ', '  - ')
const lineEnd = fc.constantFrom(
  '\n',
  '\n',
  '\n',
  '\n',
  '\r\n',
  '\n\n',
  ' \n',
  '\t\n',
  ' # c\n',
  '\u2028',
  '\u0085\n',
  '\r',
)
const entry = fc
  .tuple(indent, key, fc.constantFrom(': ', ': ', ': ', ':', ':\t', ' : ', ':  '), word, lineEnd)
  .map((parts) => parts.join(''))
const oddity = fc
  .tuple(
    fc.constantFrom(
      '# comment\n',
      '  # kind: X\n',
      '\n',
      '  \n',
      '"\n',
      '  "\n',
      "'\n",
      '  }\n',
      '}\n',
      '  ]\n',
      '    more text\n',
      '  more\n',
      'text\n',
      '  name: x"\n',
      '    kind: Foo\n',
      '---\n',
      '--- # c\n',
      '--- {a: b}\n',
      '...\n',
      '%YAML 1.2\n',
      '\ufeff',
      '{{ x }}\n',
      '  ? a\n',
      '  : b\n',
      '<<: *a\n',
      'metadata:\n',
      '  <<: {name: m}\n',
      '  <<: *a\n',
    ),
  )
  .map(([text]) => text)
const usual = fc.constantFrom(
  'apiVersion: v1\n',
  'kind: Pod\n',
  'kind: Deployment\n',
  'metadata:\n',
  '  name: n\n',
  '  namespace: ns\n',
  '  generateName: g-\n',
  '    name: deep\n',
  '  labels:\n',
  '  - name: item\n',
  'spec:\n',
  '  a: b\n',
  'x: &a\n',
  '  k: |\n',
  '    text "\n',
  '  q: "open\n',
  '  f: {a: b,\n',
  '  f: [a,\n',
  'data: {name: n}\n',
  'k: |\n',
  'k: >2\n',
  'status: {}\n',
  'kind: "Pod"\n',
  "  name: 'n'\n",
  '   }\n',
  '  , b: c}\n',
  '    ]\n',
  '    "\n',
)
const nearlyValid = fc.array(
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 2, arbitrary: entry }, { weight: 1, arbitrary: oddity }),
  { minLength: 1, maxLength: 9 },
)
const headed = fc
  .tuple(fc.constantFrom('', '', '---\n', '# c\n', '--- # c\n'), fc.boolean(), nearlyValid, nearlyValid)
  .map(([marker, crlf, before, after]) => {
    const text = `${marker}${before.join('')}apiVersion: v1\nkind: Pod\nmetadata:\n  name: n\n${after.join('')}`
    return crlf ? text.replaceAll('\n', '\r\n') : text
  })
const free = fc
  .tuple(fc.boolean(), nearlyValid)
  .map(([crlf, lines]) => (crlf ? lines.join('').replaceAll('\n', '\r\n') : lines.join('')))
const tailed = nearlyValid.map((lines) => `apiVersion: v1\nkind: Pod\n${lines.join('')}`)

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 3000)

describe('a header and the full reader agree on five fields', () => {
  test('for documents around a usual head', () => fc.assert(fc.property(headed, check), { numRuns }))
  test('for documents that begin with a usual head', () => fc.assert(fc.property(tailed, check), { numRuns }))
  test('for nearly valid documents', () => fc.assert(fc.property(free, check), { numRuns }))
  test('and the comparison happens often enough to mean something', () => {
    expect(headers).toBeGreaterThan(numRuns / 20)
    expect(compared).toBeGreaterThan(numRuns / 30)
  })
})
