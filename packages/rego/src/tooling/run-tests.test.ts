import { expect, test } from 'vitest'
import { compilePolicy } from '../engine.ts'
import type { Policy } from '../engine-types.ts'
import { findTests, runTest } from './run-tests.ts'

const POLICY = `package shop

allow if input.age > 17

price(x) := y if y := x * 2
`
const TESTS = `package shop_test

import data.shop

test_passes if shop.allow with input as {"age": 18}

test_fails if {
	age := 1
	ages := [age]
	shop.allow with input as {"age": age}
	count(ages) == 1
}

test_value := 1
test_false := false
test_set contains 1
test_function(x) := x
todo_test_later if false
helper if true

test_errs if two == 1
two := 1 if 1 < 2
two := 2 if 1 < 3

test_cases[name] if {
	some name, age in {"old": 20, "young": 3}
	shop.allow with input as {"age": age}
}

test_no_cases[x] if some x in []

test_all_cases[x].y if some x in ["a", "b"]
`

function policyOf(...texts: string[]): Policy {
  const compiled = compilePolicy({ files: texts.map((text, place) => ({ file: `${place}.rego`, text })) })
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  return compiled.policy
}

const policy = policyOf(POLICY, TESTS)
const tests = new Map(findTests(policy).map((each) => [each.name, each]))

function outcomeOf(name: string): ReturnType<typeof runTest> {
  const found = tests.get(name)
  if (found === undefined) throw new Error(name)
  return runTest(policy, found)
}

test('tests are rules with names that begin with test_, in the order of their lines', () => {
  expect([...tests.keys()]).toEqual([
    'test_passes',
    'test_fails',
    'test_value',
    'test_false',
    'test_set',
    'todo_test_later',
    'test_errs',
    'test_cases',
    'test_no_cases',
    'test_all_cases',
  ])
  expect(tests.get('test_passes')).toMatchObject({ package: 'data.shop_test', location: { file: '1.rego', row: 5 } })
})

test.each([
  ['test_passes', 'pass'],
  ['test_fails', 'fail'],
  ['test_value', 'fail'],
  ['test_false', 'fail'],
  ['test_set', 'fail'],
  ['todo_test_later', 'skip'],
  ['test_errs', 'error'],
  ['test_cases', 'fail'],
  ['test_no_cases', 'pass'],
  ['test_all_cases', 'pass'],
])('%s: %s', (name, outcome) => {
  expect(outcomeOf(name).outcome).toBe(outcome)
})

test('a failure names the statement of the test and its variables', () => {
  expect(outcomeOf('test_fails').failed).toMatchObject({
    location: { file: '1.rego', row: 10 },
    locals: new Map<string, unknown>([
      ['age', 1],
      ['ages', [1]],
    ]),
  })
})

test('an error is that of the evaluation', () => {
  expect(outcomeOf('test_errs').problem).toMatchObject({ code: 'eval_conflict_error' })
})

test('cases are told apart, and those that did not hold are listed too', () => {
  expect(outcomeOf('test_cases').cases).toEqual([
    { name: 'old', isPassed: true },
    { name: 'young', isPassed: false },
  ])
  expect(outcomeOf('test_all_cases').cases).toEqual([
    { name: 'a/y', isPassed: true },
    { name: 'b/y', isPassed: true },
  ])
})
