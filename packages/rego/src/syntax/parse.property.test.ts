import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTerm } from '../../testing/parse-term.ts'
import { parseModule, parseQuery } from './parse.ts'

const TOKENS = [
  'package',
  'import',
  'default',
  'as',
  'else',
  'not',
  'with',
  'some',
  'null',
  'true',
  'in',
  'every',
  'if',
  'contains',
  'data',
  'input',
  'rego.v1',
  'future.keywords',
  'x',
  'p',
  '_',
  '"a"',
  '"',
  '`',
  '$"',
  '$"{',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ',',
  ';',
  ':',
  '.',
  ':=',
  '=',
  '==',
  '!=',
  '|',
  '&',
  '+',
  '-',
  '*',
  '/',
  '%',
  '1',
  '0',
  '1.5e3',
  '\\',
  '#',
  '# METADATA\n# title: a\n',
  '\n',
  ' ',
  '\t',
  'é',
  '😀',
  '\u0000',
  '\ud800',
]
const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 })
const MODULE = `# METADATA
# title: Demo
package a.b["c"]

import data.x as y
import rego.v1

default allow := false

allow if { some k, v in input.xs; not f(k, v) with input.a as {"b": [1, {2}]} }

f(a, [b, _]) := c if { c := a + b * 2 } else := -1 if every x in [1, 2] { x > 0 }

p.q[x] contains $"a {x} b" if x := {z: 1 | some z in data.zs | {1, 2}}
`

test('token soups are parsed or refused', () => {
  fc.assert(
    fc.property(
      soup,
      fc.constantFrom(' ', ''),
      fc.constantFrom('v0' as const, 'v1' as const),
      (tokens, gap, version) => {
        const text = tokens.join(gap)
        for (const result of [
          parseModule('a.rego', text, version),
          parseModule('a.rego', `package x\n${text}`, version),
        ]) {
          expect('module' in result || result.problems.length > 0).toBe(true)
        }
        parseQuery(text, version)
        parseTerm(text)
      },
    ),
  )
})

test('damaged modules are parsed or refused, with places within the text', () => {
  fc.assert(
    fc.property(fc.nat(MODULE.length), fc.nat(20), soup, (at, removed, inserted) => {
      const text = MODULE.slice(0, at) + inserted.join('') + MODULE.slice(at + removed)
      const result = parseModule('a.rego', text, 'v1')
      if ('module' in result) return
      const rows = text.split('\n').length
      for (const { location } of result.problems) {
        expect(location?.row).toBeLessThanOrEqual(rows)
        expect(location?.end).toBeLessThanOrEqual(text.length + 1)
      }
    }),
  )
})
