import { describe, expect, test } from 'vitest'

import { fromJson } from './equality.ts'
import { schemaProblems } from './chart-schemas.ts'
import { Budget, type Dict } from '@kubescape/go-template'
import type { Json } from './schema-document.ts'

const DRAFT_4 = 'http://json-schema.org/draft-04/schema#'
const DRAFT_7 = 'http://json-schema.org/draft-07/schema#'
const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema'

function problems(schema: object | string, values: object): string {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema)
  const warnings: string[] = []
  const budget = new Budget()
  const found = schemaProblems(
    { name: 'web', chart: { schema: text }, dependencies: [] },
    fromJson(values as Json) as Dict,
    { warn: (warning) => warnings.push(warning), spend: (count) => budget.spend(count) },
  )
  return found.replace(/^web:\n/, '') + warnings.join('\n')
}

describe('a schema allows', () => {
  test.each<[object, object]>([
    [{ properties: { a: { type: 'integer' } } }, { a: 1.0 }],
    [{ properties: { a: { type: ['string', 'null'] } } }, { a: null }],
    [{ properties: { a: { multipleOf: 0.01 } } }, { a: 0.07 }],
    [{ properties: { a: { enum: [{ x: 1, y: [2] }] } } }, { a: { y: [2], x: 1 } }],
    [{ $ref: '#/$defs/a', $defs: { a: { required: ['b'] } } }, { b: 1 }],
    [{ $ref: '#name', $defs: { a: { $anchor: 'name', required: ['b'] } } }, { b: 1 }],
    [{ properties: { a: { prefixItems: [{ type: 'string' }], items: { type: 'number' } } } }, { a: ['x', 1, 2] }],
    [{ allOf: [{ properties: { a: true } }], unevaluatedProperties: false }, { a: 1 }],
    [{ properties: { a: { contains: { type: 'number' } } } }, { a: ['x', 1] }],
    [{ properties: { a: { format: 'ipv4' } } }, { a: 'x' }],
    [{ $schema: DRAFT_4, properties: { a: { minimum: 1, exclusiveMinimum: false } } }, { a: 1 }],
    [
      { $schema: DRAFT_7, properties: { a: { format: 'uri' }, b: { format: 'date-time' } } },
      { a: 'http://x/y', b: '2020-01-02T03:04:05Z' },
    ],
    [{ patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false }, { 'x-a': 'b' }],
    [
      { $schema: DRAFT_7, properties: { a: { $ref: '#/definitions/a', type: 'string' } }, definitions: { a: {} } },
      { a: 1 },
    ],
  ])('%j: %j', (schema, values) => {
    expect(problems(schema, values)).toBe('')
  })
})

describe('a schema does not allow', () => {
  test.each<[object, object, string]>([
    [{ properties: { a: { type: 'string' } } }, { a: 1 }, "- at '/a': got number, want string\n"],
    [{ properties: { a: { type: ['string', 'null'] } } }, { a: [] }, "- at '/a': got array, want string or null\n"],
    [{ properties: { 'a/b~': { minimum: 2 } } }, { 'a/b~': 1.5 }, "- at '/a~1b~0': minimum: got 1.5, want 2\n"],
    [{ properties: { a: { enum: ['x', 1] } } }, { a: 'y' }, "- at '/a': value must be one of 'x', 1\n"],
    [{ properties: { a: { const: "it's" } } }, { a: 'y' }, "- at '/a': value must be 'it\\'s'\n"],
    [{ required: ['a', 'b'] }, {}, "- at '': missing properties 'a', 'b'\n"],
    [{ additionalProperties: false }, { a: 1, b: 1 }, "- at '': additional properties 'a', 'b' not allowed\n"],
    [
      { properties: { a: { pattern: '^z', minLength: 5 } } },
      { a: 'abc' },
      "- at '/a': minLength: got 3, want 5\n- at '/a': 'abc' does not match pattern '^z'\n",
    ],
    [
      { properties: { a: { oneOf: [{ type: 'string' }, { type: 'null' }] } } },
      { a: 1 },
      "- at '/a': 'oneOf' failed, none matched\n  - at '/a': got number, want string\n  - at '/a': got number, want null\n",
    ],
    [{ oneOf: [true, true] }, {}, "- at '': 'oneOf' failed, subschemas 0, 1 matched\n"],
    [{ not: {} }, {}, "- at '': 'not' failed\n"],
    [
      { if: { required: ['a'] }, else: false, ...(JSON.parse('{"then": {"required": ["b"]}}') as object) },
      { a: 1 },
      "- at '': missing property 'b'\n",
    ],
    [{ dependentRequired: { a: ['b'] } }, { a: 1 }, "- at '': properties 'b' required, if 'a' exists\n"],
    [{ properties: { a: { uniqueItems: true } } }, { a: [1, 2, 1] }, "- at '/a': items at 0 and 2 are equal\n"],
    [{ properties: { a: { maxItems: 1 } } }, { a: [1, 2] }, "- at '/a': maxItems: got 2, want 1\n"],
    [
      { propertyNames: { maxLength: 1 } },
      { ab: 1 },
      "- at '': invalid propertyName 'ab'\n  - at '': maxLength: got 2, want 1\n",
    ],
    [
      { $schema: DRAFT_7, properties: { a: { format: 'ipv4' } } },
      { a: '1.2.3.400' },
      "- at '/a': '1.2.3.400' is not valid ipv4\n",
    ],
    [
      { $schema: DRAFT_2020, properties: { a: true }, unevaluatedProperties: false },
      { b: 1 },
      "- at '': additional properties 'b' not allowed\n",
    ],
    [
      { $schema: DRAFT_4, properties: { a: { minimum: 1, exclusiveMinimum: true } } },
      { a: 1 },
      "- at '/a': minimum: got 1, want 1\n",
    ],
    [{ properties: { __proto__: { type: 'string' } } }, JSON.parse('{"__proto__": 1}'), ''],
  ])('%j: %j', (schema, values, expected) => {
    expect(problems(schema, values)).toBe(expected)
  })
})

test('keys with escapes are what they say, whatever was read before', () => {
  // JSON.parse of V8 14.6 takes the second key for the first.
  problems(String.raw`{"type":"object","\\u0072eq":1}`, {})
  expect(problems(String.raw`{"type":"object","\u0072equired":["a"]}`, {})).toBe("- at '': missing property 'a'\n")
})

describe('a schema that is wrong', () => {
  test('is told', () => {
    expect(problems('{"type"', {})).toBe('unexpected EOF')
    expect(problems({ $ref: '#/$defs/none' }, {})).toBe("'#/$defs/none' leads nowhere in the schema")
    expect(problems({ properties: { a: { pattern: '(' } } }, { a: 'x' })).toContain("'(' is not valid regex")
  })

  test('does not hang or overflow', () => {
    expect(() => problems({ $ref: '#' }, {})).toThrow('the schema leads to itself without an end')
    expect(() => problems('{"not":'.repeat(50_000) + 'true' + '}'.repeat(50_000), {})).toThrow('nests more than')
    expect(() => problems('{"not":'.repeat(500) + 'true' + '}'.repeat(500), {})).toThrow('nested deeper')
    expect(problems({ properties: { a: { pattern: '^(a+)+$' } } }, { a: `${'a'.repeat(5000)}b` })).toContain(
      'does not match',
    )
  })

  test('is not fetched', () => {
    expect(problems({ $ref: 'https://example.com/schema.json' }, {})).toBe(
      'warning: the schema at https://example.com/schema.json is not read.',
    )
  })
})
