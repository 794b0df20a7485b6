/** Hostile expressions: they end with a problem, at the same place everywhere. */
import { expect, test } from 'vitest'

import { PolicyCompiler } from './compile.ts'
import { CostExceeded, type CostLimits } from './run.ts'
import type { Value } from './values/value.ts'

function evaluate(text: string, object: Value = {}, limits?: CostLimits): unknown {
  const compiler = new PolicyCompiler(['object'])
  const compiled = compiler.compile(text)
  if ('problem' in compiled) return compiled.problem.message
  const run = compiler.begin({ object }, limits)
  try {
    return run.evaluate(compiled.node.evaluate)
  } catch (error) {
    if (error instanceof CostExceeded) return 'stopped'
    throw error
  }
}

const DIGITS = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]'
/** Loops within loops, each over ten items. */
const nested = (levels: number, inner: string): string =>
  Array.from({ length: levels }).reduce<string>((body, _, level) => `${DIGITS}.all(x${level}, ${body})`, inner)
/** A list that is doubled so many times, without being copied. */
const doubled = (times: number, body: string, name = 'v'): string =>
  Array.from({ length: times }).reduce<string>(
    (inner, _, level) =>
      `cel.bind(${name}${times - level}, [${name}${times - level - 1}, ${name}${times - level - 1}], ${inner})`,
    body,
  )

test('loops within loops are stopped', () => {
  expect(evaluate(nested(3, 'true'))).toBe(true)
  expect(evaluate(nested(9, 'true'))).toBe('stopped')
})

test.each([
  ['texts that grow', `${nested(3, 'true')} && lists.range(1000).all(i, object.text.replace("a", object.text) != "")`],
  ['lists that grow', 'lists.range(900000).map(i, lists.range(900000))'],
  [
    'comparison of shared lists',
    `cel.bind(v0, [1], cel.bind(w0, [1], ${doubled(60, doubled(60, 'v60 == w60', 'w'))}))`,
  ],
  ['writing of shared lists', `cel.bind(v0, ["text"], ${doubled(60, '"%s".format([v60])')})`],
  ['flattening of shared lists', `cel.bind(v0, [1], ${doubled(60, 'v60.flatten(1000)')})`],
  ['items that are all different', 'lists.range(100000).distinct()'],
  ['patterns that go back', 'lists.range(100000).all(i, object.text.matches("^(a|aa)+$") || true)'],
  ['sets', 'sets.contains(lists.range(10000), lists.range(10000).reverse())'],
])('%s are stopped', (_, text) => {
  expect(evaluate(text, { text: 'a'.repeat(10_000) })).toBe('stopped')
})

test('types of shared values are no work', () => {
  const text = Array.from({ length: 60 }).reduce<string>(
    (inner, _, level) => `cel.bind(v${60 - level}, {v${59 - level}: v${59 - level}}, ${inner})`,
    'v60 == v59 || [v60, v60] == [v60] || optional.of(v60).or(optional.of(v60)).hasValue()',
  )
  expect(String(evaluate(`cel.bind(v0, {1: 1}, ${text})`))).toMatch(/overload|Error|object/)
})

test('the same expression ends after the same number of steps', () => {
  const compiler = new PolicyCompiler(['object'])
  const compiled = compiler.compile(nested(3, '1 + 1 == 2'))
  if ('problem' in compiled) throw compiled.problem
  const spent = [1, 2].map(() => {
    const run = compiler.begin({ object: {} })
    run.evaluate(compiled.node.evaluate)
    return run.spent
  })
  expect(spent[0]).toBe(spent[1])
  expect(spent[0]).toBeGreaterThan(1000)
})

test('a policy has a budget beside that of its expressions', () => {
  const compiler = new PolicyCompiler(['object'])
  const compiled = compiler.compile(nested(2, 'true'))
  if ('problem' in compiled) throw compiled.problem
  const { evaluate: once } = compiled.node
  const run = compiler.begin({ object: {} }, { expression: 1000, policy: 1000 })
  expect(run.evaluate(once)).toBe(true)
  expect(() => Array.from({ length: 20 }, () => run.evaluate(once))).toThrow(CostExceeded)
})

test('a variable counts against its own budget, and once', () => {
  const compiler = new PolicyCompiler(['object'])
  compiler.define('costly', nested(2, 'true'))
  const compiled = compiler.compile('variables.costly && variables.costly && variables.costly')
  if ('problem' in compiled) throw compiled.problem
  const run = compiler.begin({ object: {} }, { expression: 500, policy: 10_000 })
  expect(run.evaluate(compiled.node.evaluate)).toBe(true)
})

test.each([
  ['parentheses', `${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
  ['lists', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['additions', Array.from({ length: 10_000 }).fill('1').join(' + ')],
  ['fields', `object${'.a'.repeat(10_000)}`],
  ['calls', `"a"${'.trim()'.repeat(10_000)}`],
  ['conditions', `${'true ? 1 : '.repeat(5000)}1`],
  ['lists within additions', `${'[1] + ['.repeat(2000)}${']'.repeat(2000)}`],
])('%s that are nested too deep are refused', (_, text) => {
  expect(evaluate(text)).toBe('the expression is nested too deep')
})

test('chains of conditions are not deep', () => {
  expect(evaluate(Array.from({ length: 5000 }).fill('true').join(' && '))).toBe(true)
  expect(evaluate(Array.from({ length: 5000 }).fill('false').join(' || '))).toBe(false)
})

test('signs in a row are not deep', () => {
  expect(evaluate(`${'!'.repeat(90_000)}true`)).toBe(true)
})

test('expressions have a length that they may have', () => {
  expect(evaluate(`"${'a'.repeat(100_001)}"`)).toBe('the expression is longer than 100000 characters')
  expect(evaluate(`1${'0'.repeat(1000)}`)).toBe('the number has too many digits')
})

test('variables refer to one another so often at most', () => {
  const compiler = new PolicyCompiler([])
  compiler.define('v0', '1')
  const results = Array.from({ length: 200 }, (_, at) => compiler.define(`v${at + 1}`, `variables.v${at} + 1`))
  expect(results.filter((result) => 'node' in result).length).toBe(49)
  const last = results[60]
  expect(last !== undefined && 'problem' in last).toBe(true)
})
