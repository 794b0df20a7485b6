/** What is proved of rules over lists of objects. */
import { describe, expect, test } from 'vitest'
import { BUILTINS } from '../builtins/index.ts'
import { parseModule } from '../syntax/parse.ts'
import { compileModules } from './compile-modules.ts'
import { localityOf, type Locality } from './locality.ts'

function locality(body: string): Locality {
  const parsed = parseModule('a.rego', `package a\n${body}`, 'v1')
  if ('problems' in parsed) throw new Error(parsed.problems[0]?.message)
  const compiled = compileModules([parsed.module], { builtins: BUILTINS })
  if ('problems' in compiled) throw new Error(compiled.problems.map(({ message }) => message).join('; '))
  return localityOf(compiled.program, ['a', 'deny'])
}

describe('rules that look at one object at a time', () => {
  test.each([
    ['an item of the input', 'deny contains x if { x := input[_]; x.kind == "Pod"; x.spec.hostPID }', ['Pod']],
    ['some', 'deny contains x if { some x in input; x.kind in {"Pod", "Job"} }', ['Job', 'Pod']],
    [
      'several rules, names of kinds in a list',
      'deny contains x if { x := input[_]; x.kind == "Pod" }\n' +
        'deny contains x if { x := input[_]; kinds := ["Deployment", "Job"]; x.kind == kinds[_] }',
      ['Deployment', 'Job', 'Pod'],
    ],
    ['names of kinds in a set', 'deny contains x if { kinds := {"Role"}; x := input[_]; kinds[x.kind] }', ['Role']],
    [
      'functions of the item',
      'deny contains x if { x := input[_]; x.kind == "Pod"; bad(x) }\nbad(x) if x.spec.a',
      ['Pod'],
    ],
    [
      'a set that is made of items',
      'pods contains x if { x := input[_]; x.kind == "Pod" }\ndeny contains y if { some y in pods; not y.spec.a }',
      ['Pod'],
    ],
    ['items of any kind', 'deny contains x if { x := input[_]; x.spec.hostPID }', undefined],
    ['a filter that may not hold', 'deny contains x if { x := input[_]; not x.kind == "Pod" }', undefined],
  ])('%s', (_title, body, kinds) => {
    expect(locality(body)).toEqual(kinds === undefined ? { isLocal: true } : { kinds, isLocal: true })
  })
})

describe('rules that need more than one object', () => {
  test.each([
    [
      'two items',
      'deny contains x if { x := input[_]; x.kind == "Pod"; y := input[_]; y.kind == "Service"; x.a == y.a }',
      ['Pod', 'Service'],
    ],
    ['the whole input', 'deny contains x if { x := input[_]; x.kind == "Pod"; count(input) > 1 }', undefined],
    ['a place in the input', 'deny contains [i, x] if { x := input[i]; x.kind == "Pod" }', ['Pod']],
    [
      'other items in a comprehension',
      'deny contains x if { x := input[_]; x.kind == "Pod"; o := [y | y := input[_]; y.kind == "Job"]; count(o) == 0 }',
      ['Job', 'Pod'],
    ],
    [
      'others through a function',
      'deny contains x if { x := input[_]; f(x) }\nf(x) if { y := input[_]; x.a == y.b }',
      undefined,
    ],
    [
      'others through a negated rule',
      'deny contains x if { x := input[_]; x.kind == "Pod"; not any_job }\nany_job if { input[_].kind == "Job" }',
      undefined,
    ],
    ['no item at all', 'deny contains "always"', undefined],
    ['another input', 'deny contains x if { x := input[_]; p with input as [x] }\np if input[0].a', undefined],
  ])('%s', (_title, body, kinds) => {
    expect(locality(body)).toEqual(kinds === undefined ? { isLocal: false } : { kinds, isLocal: false })
  })
})
