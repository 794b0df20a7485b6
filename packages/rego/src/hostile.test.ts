/** Policies that want to hang or break the process end at limits, with a problem. */
import { describe, expect, test } from 'vitest'

import { run } from '../testing/evaluate.ts'

const many = Array.from({ length: 3000 }, (_, place) => place)

describe('hostile policies', () => {
  test.each([
    ['a product of lists', 'package p\nx := count([1 | input[_]; input[_]; input[_]])'],
    ['a gigantic set', 'package p\nx := {[a, b, c] | a := input[_]; b := input[_]; c := input[_]}'],
    ['a gigantic range', 'package p\nx := count(numbers.range(1, 1000000000))'],
    ['ranges of ranges', 'package p\nx := [1 | numbers.range(1, 100000)[_]; numbers.range(1, 100000)[_]]'],
    ['doubling texts', `package p\n${doubling()}`],
    ['functions that call twice', `package p\n${fans()}`],
  ])('%s', (_title, policy) => {
    const { solutions, problem, steps } = run(policy, 'data.p.x', {
      input: many,
      limits: { steps: 1_000_000, memory: 500_000 },
    })
    expect(problem?.code).toBe('eval_limit_error')
    expect(solutions).toEqual([])
    expect(steps).toBeGreaterThan(0)
  })

  test('a pattern that goes back and forth is linear', () => {
    const { solutions } = run('package p\nx := regex.match("^(a+)+$", input)', 'data.p.x', {
      input: `${'a'.repeat(50_000)}b`,
    })
    expect(solutions[0]?.values[0]).toBe(false)
  })

  test('the same limits end at the same place', () => {
    const policy = 'package p\nx := count([1 | input[_]; input[_]])'
    const first = run(policy, 'data.p.x', { input: many, limits: { steps: 200_000 } })
    const second = run(policy, 'data.p.x', { input: many, limits: { steps: 200_000 } })
    expect(first).toEqual(second)
  })

  test('an evaluation is cancelled by who is asked', () => {
    let asked = 0
    const { problem } = run('package p\nx := count([1 | input[_]; input[_]])', 'data.p.x', {
      input: many,
      isCancelled: () => ++asked > 3,
    })
    expect(problem?.code).toBe('eval_cancel_error')
  })

  test('a body of thousands of statements ends with a value or with a limit', () => {
    const body = Array.from({ length: 20_000 }, (_, place) => `  input[${place % 3000}] == ${place % 3000}`).join('\n')
    const { problem, solutions } = run(`package p\nx if {\n${body}\n}`, 'data.p.x', { input: many })
    expect(problem === undefined ? solutions[0]?.values[0] : problem.code).toSatisfy(
      (end: unknown) => end === true || end === 'eval_limit_error',
    )
  })
})

/** Texts, each twice the one before. */
function doubling(): string {
  const rules = Array.from({ length: 60 }, (_, place) => `t${place + 1} := concat("", [t${place}, t${place}])`)
  return ['t0 := "0123456789"', ...rules, 'x := count(t60)'].join('\n')
}

/** Functions that call the next one with two different arguments each. */
function fans(): string {
  const rules = Array.from(
    { length: 40 },
    (_, place) => `f${place}(v) := f${place + 1}([v, 0]) + f${place + 1}([v, 1])`,
  )
  return [...rules, 'f40(_) := 1', 'x := f0(0)'].join('\n')
}
