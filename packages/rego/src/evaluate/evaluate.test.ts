/** What policies mean: rules, functions, comprehensions, iteration, negation, `with`. */
import { describe, expect, test } from 'vitest'

import { run, text } from '../../testing/evaluate.ts'
import { valueText } from '../values/value-text.ts'

/** A policy, a query, what it gives. */
type Row = readonly [title: string, policy: string, query: string, wanted: string]

const input = {
  name: 'shop',
  ports: [80, 443, 8080],
  pods: [
    { name: 'web', labels: { app: 'web', tier: 'front' }, ready: true },
    { name: 'db', labels: { app: 'db' }, ready: false },
  ],
}

const rows: readonly Row[] = [
  ['a rule without a body', 'package p\nx := 1', 'data.p.x', '1'],
  ['a rule whose body fails is undefined', 'package p\nx := 1 if input.name == "other"', 'data.p.x', 'undefined'],
  ['a default stands in', 'package p\ndefault x := 2\nx := 1 if input.name == "other"', 'data.p.x', '2'],
  [
    'else follows a body that fails',
    'package p\nx := 1 if { false } else := 2 if { input.name == "shop" } else := 3',
    'data.p.x',
    '2',
  ],
  [
    'a set collects',
    'package p\nx contains n if { some pod in input.pods; n := pod.name }',
    'data.p.x',
    '{"db", "web"}',
  ],
  ['a set without members is a set', 'package p\nx contains 1 if false', 'data.p.x', 'set()'],
  [
    'an object collects',
    'package p\nx[n] := pod.ready if { some pod in input.pods; n := pod.name }',
    'data.p.x',
    '{"db": false, "web": true}',
  ],
  [
    'variables in refs',
    'package p\na.b[x].c := x if { some x in input.ports; x > 80 }',
    'data.p.a',
    '{"b": {443: {"c": 443}, 8080: {"c": 8080}}}',
  ],
  ['rules beside each other agree', 'package p\nx := 1 if true\nx := 1 if input.name', 'data.p.x', '1'],
  [
    'rules that disagree are a conflict',
    'package p\nx := 1 if true\nx := 2 if input.name',
    'data.p.x',
    'eval_conflict_error',
  ],
  [
    'two values of one rule are a conflict',
    'package p\nx := n if n := input.ports[_]',
    'data.p.x',
    'eval_conflict_error',
  ],
  ['a constant value stops at the first solution', 'package p\nx if input.ports[_] > 0', 'data.p.x', 'true'],
  [
    'an object with two values of a key is a conflict',
    'package p\nx := {1: n | n := input.ports[_]}',
    'data.p.x',
    'eval_conflict_error',
  ],
  ['functions', 'package p\nf(x) := x * 2\nx := [f(n) | n := input.ports[_]]', 'data.p.x', '[160, 886, 16160]'],
  [
    'functions by constants',
    'package p\nf("a") := 1\nf("b") := 2\nf("c") := 3\nx := [f("b"), f("c")]',
    'data.p.x',
    '[2, 3]',
  ],
  ['functions with patterns', 'package p\nf([a, {"k": b}]) := a + b\nx := f([1, {"k": 2}])', 'data.p.x', '3'],
  ['a function that does not hold is undefined', 'package p\nf(x) := 1 if x > 5\nx := f(1)', 'data.p.x', 'undefined'],
  [
    'a function with two results is a conflict',
    'package p\nf(x) := n if n := x[_]\nx := f([1, 2])',
    'data.p.x',
    'eval_conflict_error',
  ],
  ['a default function', 'package p\ndefault f(_) := 7\nf(x) := 1 if x > 5\nx := [f(1), f(6)]', 'data.p.x', '[7, 1]'],
  ['the result as one more argument', 'package p\nf(x) := x + 1\nx := y if f(1, y)', 'data.p.x', '2'],
  ['array patterns bind', 'package p\nx := a + c if [a, _, c] = input.ports', 'data.p.x', '8160'],
  ['object patterns bind', 'package p\nx := a if {"app": a} = input.pods[_].labels', 'data.p.x', '"db"'],
  ['both sides of = bind', 'package p\nx := [a, b] if [a, 2] = [1, b]', 'data.p.x', '[1, 2]'],
  [
    'keys and values of objects',
    'package p\nx := [[k, v] | some k, v in input.pods[0].labels]',
    'data.p.x',
    '[["app", "web"], ["tier", "front"]]',
  ],
  ['indexes of arrays', 'package p\nx := {i | input.ports[i] > 80}', 'data.p.x', '{1, 2}'],
  [
    'a pattern in some',
    'package p\nx := {n | some {"name": n, "labels": _, "ready": true} in input.pods}',
    'data.p.x',
    '{"web"}',
  ],
  ['every holds', 'package p\nx if every p in input.ports { p > 1 }', 'data.p.x', 'true'],
  ['every fails', 'package p\nx if every p in input.ports { p > 80 }', 'data.p.x', 'undefined'],
  ['every over nothing holds', 'package p\nx if every p in [] { p > 80 }', 'data.p.x', 'true'],
  [
    'every over what is undefined fails',
    'package p\nx if every p in input.nothing { p > 80 }',
    'data.p.x',
    'undefined',
  ],
  ['not', 'package p\nx if not input.ports[0] == 22', 'data.p.x', 'true'],
  ['not of what is undefined', 'package p\nx if not input.nothing', 'data.p.x', 'true'],
  [
    'membership',
    'package p\nx := [80 in input.ports, 22 in input.ports, "front" in input.pods[0].labels]',
    'data.p.x',
    '[true, false, true]',
  ],
  ['membership with a key', 'package p\nx if "tier", "front" in input.pods[0].labels', 'data.p.x', 'true'],
  ['sets by operators', 'package p\nx := ({1, 2, 3} - {2}) | ({5, 6} & {6})', 'data.p.x', '{1, 3, 6}'],
  [
    'false is a value, and no success',
    'package p\ny := false\nx := "no" if { y } else := "else"',
    'data.p.x',
    '"else"',
  ],
  [
    'with input',
    'package p\ny := input.name\nx := [y, z] if { z := y with input.name as "other" }',
    'data.p.x',
    '["shop", "other"]',
  ],
  [
    'with puts the documents back for what follows',
    'package p\ny := input.name\nx := z if { y == "other" with input.name as "other"; z := y }',
    'data.p.x',
    '"shop"',
  ],
  ['with data', 'package p\ny := data.base.v\nx := z if { z := y with data.base.v as 3 }', 'data.p.x', '3'],
  [
    'with over a rule',
    'package p\ny := 1\nx := [data.p.y, z] if { z := data.p.y with data.p.y as 2 }',
    'data.p.x',
    '[1, 2]',
  ],
  [
    'with over a function',
    'package p\nf(_) := 1\ng(_) := 2\nx := [f(0), z] if { z := f(0) with f as g }',
    'data.p.x',
    '[1, 2]',
  ],
  ['with over a builtin', 'package p\nx := z if { z := count([1]) with count as 5 }', 'data.p.x', '5'],
  ['a package as a document', 'package p.q\na := 1\nb := 2 if false\nf(x) := x', 'data.p', '{"q": {"a": 1}}'],
  ['walk', 'package p\nx := {path | walk(input.pods[0].labels, [path, "front"])}', 'data.p.x', '{["tier"]}'],
  ['a dynamic ref to rules', 'package p.rules\na := 1\nb := 2\n', 'x := [v | v := data.p.rules[_]]', 'true'],
  [
    'template strings',
    'package p\nx := $"{input.name} has {count(input.ports)} ports, {input.nothing}"',
    'data.p.x',
    '"shop has 3 ports, <undefined>"',
  ],
  ['integers beyond 2^53 are exact', 'package p\nx := 9007199254740993 + 1', 'data.p.x', '9007199254740994'],
  [
    'names that objects of JavaScript have',
    'package p\nx := {"constructor": 1, "__proto__": 2}\ny := [x.constructor, x["__proto__"], object.get(x, "toString", 0)]',
    'data.p.y',
    '[1, 2, 0]',
  ],
  [
    'names of inherited fields are not there',
    'package p\nx if input.toString\ny if input.ports.length\nz if input.pods[0].size',
    'data.p',
    '{}',
  ],
]

describe('policies', () => {
  test.each(rows)('%s', (_title, policy, query, wanted) => {
    expect(text(policy, query, { input })).toBe(wanted)
  })
})

test.each([
  ['p { input := 1; input == 1 }', 'true'],
  ['p = x { data := {"a": 5}; x := data.a }', '5'],
  ['p = [input | input := 3]', '[3]'],
  ['p { some data; [1][data] == 1 }', 'true'],
  ['p { {"a": input} := {"a": 2}; input == 2 }', 'true'],
  ['import future.keywords.every\np { every x in [1, 2] { x > 0 } }', 'true'],
])('in v0, %s is %s', (rule, wanted) => {
  const policy = `package t\n${rule}`
  const { solutions } = run('', 'data.t.p', { input: 9 }, { files: [{ file: 'a.rego', text: policy, version: 'v0' }] })
  expect(valueText(solutions[0]?.values[0] ?? null)).toBe(wanted)
})

describe('queries', () => {
  test('every way in which a query holds is a solution', () => {
    const { solutions } = run('package p', 'x := input.ports[i]; x > 80', { input })
    expect(solutions.map(({ bindings }) => Object.fromEntries(bindings))).toEqual([
      { x: 443, i: 1 },
      { x: 8080, i: 2 },
    ])
  })

  test('the base document is below data, and rules beside it', () => {
    const policy = 'package p.q\nx := 1'
    const { solutions } = run(policy, 'data.p', { data: { p: { name: 'base' } } })
    expect(solutions[0]?.values[0]).toEqual({ name: 'base', q: { x: 1 } })
  })

  test('errors of builtins make an expression undefined, or end a strict evaluation', () => {
    const policy = 'package p\nx := to_number(input)'
    expect(text(policy, 'data.p.x', { input: 'no number' })).toBe('undefined')
    expect(text(policy, 'data.p.x', { input: 'no number', strictBuiltinErrors: true })).toBe('eval_builtin_error')
  })

  test('print gives a line for each combination, with what is undefined named', () => {
    const lines: string[] = []
    const policy = 'package p\nx if { print("ports", input.ports, input.nothing); true }'
    run(policy, 'data.p.x', { input, print: (line, { row }) => lines.push(`${row}: ${line}`) })
    expect(lines).toEqual(['2: ports [80, 443, 8080] <undefined>'])
  })
})
