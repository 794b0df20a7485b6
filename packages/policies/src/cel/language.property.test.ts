/** Expressions made by chance: none breaks, and what another implementation of CEL makes of them is the same. */
import { Environment } from '@marcbachmann/cel-js'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { evaluateCel } from '../../testing/evaluate-cel.ts'
import { PolicyCompiler } from './compile.ts'
import { explainFalse } from './explain.ts'
import { CostExceeded } from './run.ts'

const other = new Environment({ unlistedVariablesAreDyn: false, enableOptionalTypes: true })

const { expression } = fc.letrec<{ expression: string; int: string; text: string; bool: string; list: string }>(
  (tie) => ({
    int: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.integer({ min: -9, max: 9 }).map(String),
      fc
        .tuple(tie('int'), fc.constantFrom('+', '-', '*', '/', '%'), tie('int'))
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc.tuple(tie('bool'), tie('int'), tie('int')).map(([condition, yes, no]) => `(${condition} ? ${yes} : ${no})`),
      tie('text').map((text) => `${text}.size()`),
      tie('list').map((list) => `size(${list})`),
      fc.tuple(tie('list'), fc.nat(3)).map(([list, index]) => `${list}[${index}]`),
    ),
    text: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom('"a"', '"bc"', '""', '"A b"'),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
      tie('text').map((text) => `${text}.lowerAscii()`),
      tie('int').map((int) => `string(${int})`),
    ),
    bool: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom('true', 'false'),
      fc
        .tuple(tie('bool'), fc.constantFrom('&&', '||', '==', '!='), tie('bool'))
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc
        .tuple(tie('int'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('int'))
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc
        .tuple(tie('text'), fc.constantFrom('<', '=='), tie('text'))
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      tie('bool').map((bool) => `!${bool}`),
      fc.tuple(tie('int'), tie('list')).map(([item, list]) => `(${item} in ${list})`),
      fc
        .tuple(tie('list'), fc.constantFrom('all', 'exists', 'exists_one'), tie('int'))
        .map(([list, macro, int]) => `${list}.${macro}(x, x > ${int})`),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `${a}.contains(${b})`),
    ),
    list: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.array(tie('int'), { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.tuple(tie('list'), tie('list')).map(([a, b]) => `(${a} + ${b})`),
      fc.tuple(tie('list'), tie('int')).map(([list, int]) => `${list}.filter(x, x > ${int})`),
      fc.tuple(tie('list'), tie('int')).map(([list, int]) => `${list}.map(x, x * ${int})`),
    ),
    expression: fc.oneof(tie('int'), tie('text'), tie('bool'), tie('list')),
  }),
)

test('another implementation agrees, but for which error it is', () => {
  fc.assert(
    fc.property(expression, (text) => {
      const ours = evaluateCel(text)
      let theirs: string
      try {
        theirs = shown(other.evaluate(text))
      } catch {
        theirs = 'error'
      }
      expect(/^(?:error|invalid):/.test(ours) ? 'error' : ours).toBe(theirs)
    }),
    { numRuns: 1000 },
  )
})

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

const WORDS = [
  'object object.spec object.list x 1 0 -1 1.5 "a" b"a" null true [] {} .a .?a [0] [?0] ( ) [ ] { } , : ? . ! - + * / % == < in',
  '&& || has(object.a) .all(x,x) .exists(x,x==1) .map(x,x) .filter(x,true) .size() .orValue(1) .optMap(x,x)',
  '.transformMap(k,x,x) .matches("a*") .format([1]) .split("") .sort() cel.bind(x,1, \'',
].flatMap((words) => words.split(' '))

test('nothing that is written breaks reading, evaluating or explaining', () => {
  const object = { spec: { a: [1, 'b', null, { a: false }] }, list: [1, 2, { a: 'x' }], a: true }
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }), (words) => {
      const compiler = new PolicyCompiler(['object'])
      const compiled = compiler.compile(words.join(words.length % 2 === 0 ? '' : ' '))
      if ('problem' in compiled) return
      const run = compiler.begin({ object }, { expression: 10_000, policy: 100_000 })
      try {
        const value = run.evaluate(compiled.node.evaluate)
        if (value === false) explainFalse(compiled.node, run, compiler.slotOf('object'))
      } catch (error) {
        if (!(error instanceof CostExceeded)) throw error
      }
    }),
    { numRuns: 20_000 },
  )
})

test('no text breaks reading', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom(...Array.from('"\'\\rbRBux0u8.()[]{}`\n ')) }),
      ),
      (text) => {
        new PolicyCompiler(['object']).compile(text)
      },
    ),
    { numRuns: 5000 },
  )
})
