import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Module } from '../syntax/ast.ts'
import { parseModule } from '../syntax/parse.ts'
import { Decimal } from '../values/decimal.ts'
import { formatModule } from './format-module.ts'

const gap = fc.constantFrom('', '', '', ' ', '\n', '  ', ' # c\n', '\n\n', '\n# d\n')
const space = fc.constantFrom(' ', ' ', ' ', '\n', ' # e\n')
const name = fc.constantFrom('x', 'y', 'zs', 'input', 'data', '_')
const infix = fc.constantFrom('+', '-', '*', '/', '%', '|', '&', '==', '!=', '<', '>=', 'in')
const text = fc.constantFrom('"a"', '"\\n"', '`b`', '`c\nd`', '"{"')

/** Pieces with gaps between them. */
function joined(...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  const pieces = parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))
  return fc.tuple(...pieces.flatMap((piece) => [piece, gap])).map((all) => all.slice(0, -1).join(''))
}

function list(item: fc.Arbitrary<string>, min: number): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(gap, item, gap), { minLength: min, maxLength: 3 })
    .map((items) => items.map((all) => all.join('')).join(','))
}

const { statement, term } = fc.letrec<{ term: string; body: string; statement: string }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'rego' },
    fc.oneof(name, text, fc.constantFrom('1', '2.50', 'true', 'null', '-1', 'set()', '{}', '[]')),
    joined('[', list(tie('term'), 0), ']'),
    joined('{', list(tie('term'), 1), '}'),
    joined('{', list(joined(tie('term'), ':', tie('term')), 1), '}'),
    joined('[', tie('term'), '|', tie('body'), ']'),
    joined('{', tie('term'), '|', tie('body'), '}'),
    joined('{', tie('term'), ':', tie('term'), '|', tie('body'), '}'),
    joined('(', tie('term'), ')'),
    joined('(', tie('term'), ',', tie('term'), ' in ', tie('term'), ')'),
    fc.tuple(tie('term'), space, infix, space, tie('term')).map((all) => all.join('')),
    fc
      .tuple(name, joined('[', tie('term'), ']'), fc.constantFrom('', '.a', '.if', '["b c"]'))
      .map((all) => all.join('')),
    fc.tuple(fc.constantFrom('f', 'a.b'), joined('(', list(tie('term'), 0), ')')).map((all) => all.join('')),
    fc.tuple(tie('term'), tie('term')).map(([one, two]) => `$"a\\{ {${one}} {${two} with input as 1}"`),
    tie('term').map((one) => `-${one}`),
  ),
  body: fc.array(tie('statement'), { minLength: 1, maxLength: 2 }).map((all) => all.join('; ')),
  statement: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'rego' },
    tie('term'),
    fc.tuple(name, space, fc.constantFrom(':=', '='), space, tie('term')).map((all) => all.join('')),
    fc.tuple(tie('term'), space, fc.constant('with input.x as'), space, tie('term')).map((all) => all.join('')),
    tie('term').map((one) => `not ${one}`),
    fc.tuple(tie('term'), tie('term')).map(([one, two]) => `some ${one}, ${two} in zs`),
    fc.tuple(tie('term'), joined('{', tie('body'), '}')).map(([one, body]) => `every x in ${one} ${body}`),
    fc.constantFrom('some x', 'some x, y'),
  ),
}))

const rule = fc.oneof(
  fc
    .tuple(fc.constantFrom('p', 'p.q', 'f(x, [y])', 'default d'), space, fc.constant(':='), space, term)
    .map((all) => all.join('')),
  fc
    .tuple(
      fc.constantFrom('p', 'p[x]', 'f(x)', 'p := 1', 'p contains x'),
      joined(' if ', '{', statement, fc.constantFrom(';', '\n'), statement, '}'),
    )
    .map((all) => all.join('')),
  fc
    .tuple(
      fc.constantFrom('p if ', 'p := 1 if '),
      statement,
      fc.constantFrom('', ' else := 2', ' else if { x }', '\nelse := 3 if y'),
    )
    .map((all) => all.join('')),
)
const modules = fc
  .array(fc.tuple(gap, rule), { minLength: 1, maxLength: 3 })
  .map((rules) => `package a\n${rules.map((all) => `${all.join('')}\n`).join('')}`)

/** What a module means, without places. */
function meaning({ rules }: Module): string {
  return JSON.stringify(rules, (key, value: unknown) => {
    if (key === 'location' || key === 'isAssigned' || key === 'hasNoBody') return undefined
    if (key === 'name' && typeof value === 'string' && value.startsWith('$')) return '_'
    return value instanceof Decimal ? value.text : typeof value === 'bigint' ? String(value) : value
  })
}

test('formatted text means the same, has all comments, and is formatted', () => {
  fc.assert(
    fc.property(modules, (source) => {
      const parsed = parseModule('a.rego', source, 'v1')
      fc.pre('module' in parsed)
      const formatted = formatModule(source, 'a.rego', { version: 'v1' })
      if (!('module' in parsed) || !('text' in formatted)) throw new Error('not formatted')
      const again = parseModule('a.rego', formatted.text, 'v1')
      if (!('module' in again)) throw new Error(`${formatted.text}\n${JSON.stringify(again.problems)}`)
      expect(meaning(again.module)).toBe(meaning(parsed.module))
      expect(again.module.comments.length).toBe(parsed.module.comments.length)
      expect(formatModule(formatted.text, 'a.rego', { version: 'v1' })).toEqual(formatted)
    }),
    { numRuns: 1000 },
  )
})
