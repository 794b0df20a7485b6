import { describe, expect, test } from 'vitest'

import { run, text } from '../../testing/evaluate.ts'

function failures(document: unknown, schema: unknown): string {
  const query = '[sprintf("%s %s", [f.type, f.error]) | f := json.match_schema(input.document, input.schema)[1][_]]'
  return text('package tests', query, { input: { document, schema } as never, strictBuiltinErrors: true })
}

function verified(schema: unknown): string {
  return text('package tests', 'json.verify_schema(input.schema)', { input: { schema } as never })
}

describe('a document', () => {
  test.each<[object, object]>([
    [{ a: 1 }, { properties: { a: { type: 'integer' } } }],
    [{ a: { a: {} } }, { type: 'object', properties: { a: { $ref: '#' } } }],
    [{ a: 'x' }, { properties: { a: { $ref: '#name' } }, definitions: { b: { $id: '#name', type: 'string' } } }],
    [{ a: 0.3 }, { properties: { a: { multipleOf: 0.1 } } }],
    [{ a: [1, 'x'] }, { properties: { a: { contains: { type: 'string' } } } }],
    [{ a: '2020-01-02T03:04:05Z' }, { properties: { a: { format: 'date-time' } } }],
  ])('%j satisfies %j', (document, schema) => {
    expect(failures(document, schema)).toBe('[]')
  })

  test.each<[object, object, string]>([
    [
      { a: 'x' },
      { properties: { a: { type: 'integer' } } },
      'invalid_type a: Invalid type. Expected: integer, given: string',
    ],
    [{}, { required: ['a'] }, 'required (Root): a is required'],
    [
      { a: 1 },
      { additionalProperties: false },
      'additional_property_not_allowed (Root): Additional property a is not allowed',
    ],
    [{ a: 1 }, { properties: { a: { minimum: 1000000 } } }, 'number_gte a: Must be greater than or equal to 1e+06'],
    [{ a: 1 }, { properties: { a: { enum: [2, 'x'] } } }, String.raw`enum a: a must be one of the following: 2, \"x\"`],
    [{ a: [1, 1] }, { properties: { a: { uniqueItems: true } } }, 'unique a: array items[0,1] must be unique'],
    [{ a: 1 }, { dependencies: { a: ['b'] } }, 'missing_dependency (Root): Has a dependency on b'],
    [{ a: 'x' }, { properties: { a: { format: 'ipv4' } } }, "format a: Does not match format 'ipv4'"],
  ])('%j does not satisfy %j', (document, schema, expected) => {
    expect(failures(document, schema)).toBe(`["${expected}"]`)
  })

  test('is told what came nearest', () => {
    const schema = { properties: { a: { anyOf: [{ type: 'string' }, { minimum: 5 }] } } }
    expect(failures({ a: 1 }, schema)).toBe(
      '["number_any_of a: Must validate at least one schema (anyOf)", "number_gte a: Must be greater than or equal to 5"]',
    )
  })
})

describe('a schema', () => {
  test('that is wrong is told', () => {
    expect(verified({ type: 'boolean' })).toBe('[true, null]')
    expect(verified({ type: 'truth' })).toContain('NOT VALID -- given: /truth/')
    expect(verified({ minLength: -1 })).toContain('minLength must be greater than or equal to 0')
    expect(verified({ pattern: '(' })).toContain('valid regex')
    expect(verified({ $ref: '#/a' })).toContain("no key 'a'")
    expect(verified('{')).toContain('invalid JSON')
  })

  test('on another machine is not fetched', () => {
    expect(verified({ $ref: 'https://example.com/a.json' })).toContain('is not read')
  })

  test('does not hang or overflow', () => {
    const code = (document: unknown, schema: unknown): string | undefined =>
      run('package tests', 'json.match_schema(input.d, input.s)', {
        input: { d: document, s: schema } as never,
        strictBuiltinErrors: true,
        limits: { steps: 1_000_000 },
      }).problem?.code
    expect(code({}, { $ref: '#' })).toBe('eval_builtin_error')
    expect(code({}, `${'{"not":'.repeat(5000)}true${'}'.repeat(5000)}`)).toBe('eval_builtin_error')
    const twice = { allOf: [{ $ref: '#/definitions/a' }, { $ref: '#/definitions/a' }] }
    const definitions: Record<string, unknown> = { z: {} }
    for (let at = 0; at < 26; at++)
      definitions[`a${at}`] = { allOf: [{ $ref: `#/definitions/a${at + 1}` }, { $ref: `#/definitions/a${at + 1}` }] }
    definitions['a26'] = {}
    definitions['a'] = { $ref: '#/definitions/a0' }
    expect(code({}, { ...twice, definitions })).toBe('eval_limit_error')
    expect(failures({ a: `${'a'.repeat(5000)}b` }, { properties: { a: { pattern: '^(a+)+$' } } })).toContain(
      'pattern a:',
    )
  })
})
