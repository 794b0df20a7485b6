/** Queries against programs. */
import { describe, expect, test } from 'vitest'
import { BUILTINS } from '../builtins/index.ts'
import type { RegoProblem } from '../problem.ts'
import { parseModule, parseQuery } from '../syntax/parse.ts'
import { compileModules } from './compile-modules.ts'
import { compileQuery, type CompileQueryOptions } from './compile-query.ts'
import type { CheckedQuery } from './program.ts'

type Result = { readonly query: CheckedQuery } | { readonly problems: readonly RegoProblem[] }

function check(query: string, policy = 'package a\np := 1', options: Partial<CompileQueryOptions> = {}): Result {
  const module = parseModule('a.rego', policy, 'v1')
  const body = parseQuery(query, 'v1')
  if ('problems' in module || 'problems' in body) throw new Error('not Rego')
  const compiled = compileModules([module.module], { builtins: BUILTINS })
  if ('problems' in compiled) throw new Error(compiled.problems[0]?.message)
  return compileQuery(compiled.program, body.body, { builtins: BUILTINS, ...options })
}

function variables(result: Result): readonly string[] | undefined {
  return 'query' in result ? result.query.variables : undefined
}

function codes(result: Result): readonly string[] {
  return 'problems' in result ? result.problems.map(({ code }) => code) : []
}

describe('variables to report', () => {
  test.each([
    ['x := 1; y = x', ['x', 'y']],
    ['y = x; x := 1', undefined],
    ['y = x; x = 1', ['y', 'x']],
    ['input.xs[i] == input.ys[_]', ['i']],
    ['some x in input.xs; not input.ys[x]', ['x']],
    ['x := [y | y := input.xs[_]]; y := 2', ['x', 'y']],
    ['every x in input.xs { x > 1 }', []],
    ['data.a.p', []],
  ])('%s', (query, names) => {
    expect(variables(check(query))).toEqual(names)
  })
})

describe('problems of queries', () => {
  test.each([
    ['x > 1', 'rego_unsafe_var_error'],
    ['data.a.f(1)', 'rego_type_error'],
    ['data.a.p == "x"', 'rego_type_error'],
    ['x := 1; x := 2', 'rego_compile_error'],
    ['count(1)', 'rego_type_error'],
  ])('%s', (query, code) => {
    expect(codes(check(query))).toEqual([code])
  })

  test('names of a package and of imports mean something where they are given', () => {
    expect(codes(check('p == 1'))).toEqual(['rego_unsafe_var_error'])
    expect(check('p == 1', undefined, { package: ['a'] })).toHaveProperty('query')
    const module = parseModule('b.rego', 'package b\nimport data.a.p as q', 'v1')
    if ('problems' in module) throw new Error('not Rego')
    expect(check('q == 1', undefined, { imports: module.module.imports })).toHaveProperty('query')
  })
})
