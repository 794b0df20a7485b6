/** What policies cannot make builtins do: all ends at a limit, with a problem. */
import { expect, test } from 'vitest'
import { run } from '../../testing/evaluate.ts'

test.each([
  'numbers.range(0, 1000000000)',
  'bits.lsh(1, 10000000)',
  'count(net.cidr_expand("10.0.0.0/1"))',
  'count(net.cidr_expand("::/1"))',
  'count(sprintf("%*d%*d%*d", [900000, 1, 900000, 1, 900000, 1]))',
  'count(replace(sprintf("%0900000d", [0]), "0", sprintf("%01000d", [0])))',
  'count(replace(sprintf("%0900000d", [0]), "", sprintf("%01000d", [0])))',
  'count(strings.replace_n({"0": sprintf("%01000d", [0])}, sprintf("%0900000d", [0])))',
  'product([1e4000, 1e4000, 1e4000, 1e4000, 1e4000, 1e4000])',
  'x := 0.1 * 1e-5000 * 1e-4000',
  'graph.reachable_paths({x: numbers.range(0, 30) | x := numbers.range(0, 30)[_]}, [0])',
  'count(indexof_n(sprintf("%0900000d", [0]), sprintf("%090000d", [0])))',
  'glob.match(sprintf("%s%s", [replace(sprintf("%01000d", [0]), "0", "*a"), "b"]), [], sprintf("%0900000d", [0]))',
  'regex.globs_match(replace(sprintf("%05000d", [0]), "0", ".*"), replace(sprintf("%05000d", [0]), "0", ".+"))',
])('%s ends at a limit', (query) => {
  const { problem } = run('package p', query, { limits: { steps: 2_000_000 } })
  expect(problem?.code).toBe('eval_limit_error')
})

test('texts that nest too deep have no value', () => {
  const deep = `json.unmarshal(replace(sprintf("%0100000d", [0]), "0", "["))`
  expect(run('package p', deep).solutions).toEqual([])
  expect(run('package p', deep, { strictBuiltinErrors: true }).problem?.code).toBe('eval_builtin_error')
})

test('the problem of a wrong operand names the builtin and the operand', () => {
  const policy = 'package p\n\nx := lower(input)'
  const { problem } = run(policy, 'data.p.x', { input: 5, strictBuiltinErrors: true })
  expect(problem).toMatchObject({ code: 'eval_type_error', message: 'lower: operand 1 must be string but got number' })
})

test('a problem in a text with several values is a conflict', () => {
  const policy = 'package p\n\nx := internal.template_string(input)'
  expect(run(policy, 'data.p.x', { input: ['a', 1] }).solutions[0]?.values).toEqual(['a1'])
})
