/** Programs made by chance never hang, never throw, and never end in an error of ours. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { compilePolicy } from './index.ts'

/** Pieces that together look like policies. */
const PIECES: readonly string[] = [
  'x',
  'y',
  'z',
  'f',
  'g',
  'p',
  'q',
  '_',
  'input',
  'data',
  'data.p.q',
  'input.a',
  'input[_]',
  'input[x]',
  '1',
  '0',
  '2.5',
  '"a"',
  '`b`',
  'true',
  'false',
  'null',
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  ',',
  ':',
  '|',
  ';',
  '\n',
  '.',
  ':=',
  '=',
  '==',
  '!=',
  '<',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  'if',
  'else',
  'not',
  'some',
  'every',
  'in',
  'with',
  'as',
  'contains',
  'default',
  'import',
  'package p',
  'import rego.v1',
  'count(',
  'sprintf(',
  'walk(',
  'f(x)',
  'g(1)',
  'set()',
  '{x | ',
  '[x | ',
  '{x: y | ',
  '$"{',
  '}"',
  '# comment',
  'numbers.range(1, 3)',
  'json.patch(',
  'regex.match(',
  'object.get(',
]

/** Whole rules, to be cut and joined. */
const RULES: readonly string[] = [
  'x := 1',
  'q contains y if { some y in input.a }',
  'q[x] := y if { y := input[x] }',
  'f(x) := y if { y := x + 1 } else := 0',
  'g(x) if { not input.b[x] }',
  'p.a[x].b := 1 if { x := input.c[_] }',
  'y := [z | z := input.a[_]; z > 1]',
  'z if every v in input.a { v > 0 }',
  'w := data.p.x with input.a as [1]',
  'default v := {"a": {1, 2}}',
]

const input = { a: [1, 2, 3], b: { c: 'd' }, c: ['x', 'y'] }

const rule = fc.constantFrom(...RULES)
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(' '))
const cut = fc
  .tuple(rule, rule, fc.nat(60), fc.nat(60), fc.constantFrom(...PIECES))
  .map(([one, other, end, start, piece]) => `${one.slice(0, end)} ${piece} ${other.slice(start)}`)

test.each(['v0', 'v1'] as const)('programs of %s made by chance', (version) => {
  fc.assert(
    fc.property(fc.array(fc.oneof(rule, cut, soup), { minLength: 1, maxLength: 6 }), (rules) => {
      const text = `package p\n${rules.join('\n')}\n`
      const compiled = compilePolicy({ files: [{ file: 'p.rego', text, version }] })
      if ('problems' in compiled) {
        expect(compiled.problems.length).toBeGreaterThan(0)
        return
      }
      const prepared = compiled.policy.prepare('data.p')
      if ('problems' in prepared) return
      const { problem } = prepared.query.evaluate({ input, limits: { steps: 20_000, memory: 20_000 } })
      expect(problem?.code).not.toBe('eval_internal_error')
    }),
    { numRuns: 1_500 },
  )
})
