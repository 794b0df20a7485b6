/** Policies that are accepted, and what is said of others: the cases in cases/. */
import { readFileSync } from 'node:fs'
import { readDocument, splitDocuments } from '@kubescape/yaml'
import { describe, expect, test } from 'vitest'
import { BUILTINS } from '../builtins/index.ts'
import type { RegoProblem } from '../problem.ts'
import type { Module, RegoVersion } from '../syntax/ast.ts'
import { parseModule } from '../syntax/parse.ts'
import { compileModules } from './compile-modules.ts'

interface Case {
  readonly rego: string
  readonly version?: RegoVersion
  readonly strict?: boolean
  readonly problems?: string
}

function casesOf(name: string): readonly Case[] {
  const text = readFileSync(new URL(`cases/${name}.yaml`, import.meta.url), 'utf8')
  const [slice] = splitDocuments(text)
  if (slice === undefined) throw new Error('no cases')
  return readDocument(text, slice).value as unknown as readonly Case[]
}

function moduleOf(text: string, version: RegoVersion = 'v1', file = 'a.rego'): Module {
  const parsed = parseModule(file, text, version)
  if ('problems' in parsed) throw new Error(parsed.problems.map(({ message }) => message).join('; '))
  return parsed.module
}

function problemsOf(modules: readonly Module[], strict = false): readonly RegoProblem[] {
  const compiled = compileModules(modules, { builtins: BUILTINS, strict })
  return 'problems' in compiled ? compiled.problems : []
}

function placesOf(problems: readonly RegoProblem[]): string {
  const places = problems.map(({ code, location }) => `${code.replace('rego_', '')}@${location?.row}`)
  return [...new Set(places)].toSorted().join(',')
}

describe.each(['accepted', 'names', 'unsafe', 'types', 'recursion'])('%s', (name) => {
  test.each(casesOf(name))('$rego', ({ rego, version, strict, problems = '' }) => {
    const text = rego.startsWith('package') ? rego : `package t\n${rego}`
    expect(placesOf(problemsOf([moduleOf(text, version)], strict))).toBe(problems)
  })
})

describe('several modules', () => {
  test('rules of a package see those in its other files', () => {
    const one = moduleOf('package a.b\np if q', 'v1', 'one.rego')
    const two = moduleOf('package a.b\nq if input.x', 'v1', 'two.rego')
    expect(problemsOf([one, two])).toEqual([])
  })

  test('a package must not have the name of a rule', () => {
    const one = moduleOf('package a\nb := 1', 'v1', 'one.rego')
    const two = moduleOf('package a.b\nq := 1', 'v1', 'two.rego')
    expect(placesOf(problemsOf([one, two]))).toBe('type_error@1,type_error@2')
    const empty = moduleOf('package a.b', 'v1', 'two.rego')
    expect(problemsOf([one, empty])).toMatchObject([{ code: 'rego_type_error', location: { file: 'two.rego' } }])
  })

  test('recursion goes through packages', () => {
    const one = moduleOf('package a\np if data.b.q', 'v1', 'one.rego')
    const two = moduleOf('package b\nimport data.a\nq if a.p', 'v1', 'two.rego')
    expect(problemsOf([one, two])).toMatchObject([
      { code: 'rego_recursion_error', location: { file: 'one.rego' } },
      { code: 'rego_recursion_error', location: { file: 'two.rego' } },
    ])
  })

  test('v0 beside v1: each is held to its own language', () => {
    const one = moduleOf('package a\np { any([true]) }', 'v0', 'one.rego')
    const two = moduleOf('package b\nq if { any([true]) }', 'v1', 'two.rego')
    expect(problemsOf([one, two])).toMatchObject([{ location: { file: 'two.rego' } }])
  })
})

describe('what problems say', () => {
  test.each([
    ['p if { x > 1 }', 'the variable x is unsafe'],
    ['p if { some x; x := 1 }', 'the variable x is declared above'],
    ['p := cuont([1])', 'undefined function cuont'],
    ['p := 1 + "a"', 'plus: argument 2 must be number but is string'],
    ['f(x) := x + 1\np := f("a")', 'data.t.f: argument 1 must be number but is string'],
    ['p if { x := {"a": 1}; x.b }', 'undefined ref x.b: "b" (string) is no key, keys are string'],
    ['p if { x := "a"; x == 1 }', 'match error: string and number are never equal'],
    ['p := 1\np contains 2', 'conflicting rules data.t.p'],
    ['p if q\nq if p', 'the rule data.t.p is recursive: it needs itself through data.t.q'],
  ])('%s', (rego, message) => {
    expect(problemsOf([moduleOf(`package t\n${rego}`)])[0]?.message).toBe(message)
  })
})

describe('hostile policies', () => {
  const range = Array.from({ length: 2000 }, (_, place) => place)

  test.each([
    ['bodies in the opposite order', `p if {\n${range.map((n) => `x${n} = x${n + 1}`).join('\n')}\nx2000 = 1\n}`],
    ['long chains of rules', `${range.map((n) => `r${n} := r${n + 1}`).join('\n')}\nr2000 := 1`],
    ['long chains of functions', `${range.map((n) => `f${n}(x) := f${n + 1}(x)`).join('\n')}\nf2000(x) := x`],
    ['large constants', `p := [${range.map((n) => `{"k${n}": ${n}}`).join()}]\nq if { some x in p; x.k1 == 2 }`],
    [
      'types that double',
      `r0 := [1]\n${range.map((n) => `r${n + 1} := [r${n}, r${n}]`).join('\n')}\np if r2000 == r1999`,
    ],
    ['closures in closures', `p := ${'[x | x := '.repeat(150)}1${']'.repeat(150)}`],
  ])('%s', (_title, rego) => {
    expect(problemsOf([moduleOf(`package t\n${rego}`)])).toEqual([])
  })

  test('names of many parts are refused', () => {
    const [problem] = problemsOf([moduleOf(`package t\np${range.map((n) => `.a${n}`).join('')} := 1`)])
    expect(problem?.message).toMatch(/at most 256 parts/)
  })

  test('keys that objects of JavaScript have are keys like others', () => {
    const rego =
      'p := {"__proto__": 1, "constructor": 2}\nq if p.__proto__ == 1\nconstructor := 3\n__proto__ if constructor'
    expect(problemsOf([moduleOf(`package t\n${rego}`)])).toEqual([])
  })
})
