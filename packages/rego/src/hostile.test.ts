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
    ['values that hold two of the ones before, written', `package p\n${twins()}\nx := count(json.marshal(v60))`],
    ['the same, with sprintf', `package p\n${twins()}\nx := count(sprintf("%v", [v60]))`],
    ['the same, compared', `package p\n${twins()}\n${twins('w')}\nx if v60 == w60`],
    ['the same, ordered', `package p\n${twins()}\n${twins('w')}\nx := sort([v60, w60])`],
    ['the same, in a set', `package p\n${twins()}\n${twins('w')}\nx := count({v60, w60})`],
    ['the same, put together', `package p\n${twins()}\n${twins('w')}\nx := object.union(v60, w60)`],
    ['the same, held against each other', `package p\n${twins()}\n${twins('w')}\nx := object.subset(v60, w60)`],
    ['the same, held against a schema', `package p\n${twins()}\nx := json.match_schema(v60, {})[0]`],
    ['patches that copy into what they copy', `package p\n${copies()}`],
    ['sets of sets', 'package p\nx := count({{a, b} | a := input[_]; b := input[_]})'],
    ['long texts that are equal', `package p\n${longTexts()}`],
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

/** Objects, each with the one before twice. */
function twins(name = 'v'): string {
  const rules = Array.from(
    { length: 60 },
    (_, place) => `${name}${place + 1} := {"l": ${name}${place}, "r": ${name}${place}}`,
  )
  return [`${name}0 := {"x": count(input)}`, ...rules].join('\n')
}

function copies(): string {
  return `ops := [{"op": "copy", "from": "/a", "path": sprintf("/a/%d", [i])} | i := numbers.range(1, 60)[_]]
x := json.marshal(json.patch({"a": {}}, ops))`
}

function longTexts(): string {
  return `long(end) := concat(end, [substring("aaaaaaaaaa", 0, 10) | input[_]])
x := [1 | input[_]; input[_]; long("a") == long("aa")]
`
}

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
