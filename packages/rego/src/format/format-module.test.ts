import { describe, expect, test } from 'vitest'
import { formatModule, type FormatOptions } from './format-module.ts'

function formatted(text: string, options: Partial<FormatOptions> = {}): string {
  const result = formatModule(`package x\n${text}`, 'a.rego', { version: 'v1', ...options })
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.text.replace('package x\n\n', '').replace(/\n$/, '')
}

describe('rules', () => {
  test.each([
    ['p:=1', 'p := 1'],
    ['p if { x }', 'p if x'],
    ['p if {\nx\n}', 'p if {\n\tx\n}'],
    ['p if { x; y }', 'p if {\n\tx\n\ty\n}'],
    ['p if true', 'p := true'],
    ['p := true if x', 'p if x'],
    ['p contains x if { x := 1; y }', 'p contains x if {\n\tx := 1\n\ty\n}'],
    ['p if { x } { y }', 'p if x\n\np if y'],
    ['f( x,y ) = z if { z := x }', 'f(x, y) := z if z := x'],
    ['f(x)', 'f(x)'],
    ['default p = 1\nq := 1\nr := 2\n\n\ns := 3', 'default p := 1\n\nq := 1\nr := 2\n\ns := 3'],
    ['p if { x } else := 1 if { y } else := 2', 'p if x\n\nelse := 1 if y\n\nelse := 2'],
    ['p if {\nx\n} else := 1 if {\ny\n}\nelse := 2', 'p if {\n\tx\n} else := 1 if {\n\ty\n}\n\nelse := 2'],
    ['p["a"] := 1', 'p["a"] := 1'],
    ['p["a"].b := 1', 'p.a.b := 1'],
    ['import data.b\nimport data.a\n\nimport input.z as y', 'import data.a\nimport data.b\n\nimport input.z as y'],
  ])('%j', (text, expected) => {
    expect(formatted(text)).toBe(expected)
  })
})

describe('terms', () => {
  test.each([
    ['a+b*c', 'a + (b * c)'],
    ['(a)', 'a'],
    ['x[ "a" ]["b c"].if["in"]', 'x.a["b c"].if["in"]'],
    ['[1,\n2]', '[\n\t1,\n\t2,\n]'],
    ['[1,2\n]', '[1, 2]'],
    ['{"a":1,\n"b":2, "c":3}', '{\n\t"a": 1,\n\t"b": 2, "c": 3,\n}'],
    ['f(\n1)', 'f(1)'],
    ['f(1,\n2)', 'f(\n\t1,\n\t2,\n)'],
    ['[x|x:=1;y]', '[x | x := 1; y]'],
    ['[x|\nx:=1]', '[x |\n\tx := 1\n]'],
    ['{(a|b)}', '{(a | b)}'],
    ['{(a in b) | c}', '{(a in b) | c}'],
    ['[(a|b), c in d]', '[(a | b), c in d]'],
    ['(k, v in xs)', '(k, v in xs)'],
    ['`a\\n`', '`a\\n`'],
    ['"\\u00e9"', '"\\u00e9"'],
    ['1.50', '1.50'],
    ['$"a\\{ {x+1} {y with input as 1}"', '$"a\\{ {x + 1} {y with input as 1}"'],
  ])('%j', (text, expected) => {
    expect(formatted(`p := ${text}`)).toBe(`p := ${expected}`)
  })
})

describe('statements', () => {
  test.each([
    ['a==(b==c)', 'a == (b == c)'],
    ['(a|b)&c', '(a | b) & c'],
    ['a-(b-c)', 'a - (b - c)'],
    ['a - b - c', 'a - b - c'],
    ['k,v in xs', 'k, v in xs'],
    ['some k,v in xs', 'some k, v in xs'],
    ['some x,y', 'some x, y'],
    ['every x in xs{x}', 'every x in xs { x }'],
    ['every x in xs{\nx}', 'every x in xs {\n\t\tx\n\t}'],
    ['not x with input as 1\nwith data.a as 2', 'not x with input as 1\n\t\twith data.a as 2'],
  ])('%j', (text, expected) => {
    expect(formatted(`p if {\n${text}\n}`)).toBe(`p if {\n\t${expected}\n}`)
  })
})

describe('comments', () => {
  test.each([
    ['# a\n\n# b\np := 1 # c\n# d', '# a\n\n# b\np := 1 # c\n\n# d'],
    ['p if { # a\n# b\nx # c\n# d\n} # e', 'p if { # a\n\t# b\n\tx # c\n\t# d\n} # e'],
    ['p := [ # a\n1,\n# b\n2\n# c\n]', 'p := [\n\t1, # a\n\t# b\n\t2,\n\t# c\n]'],
    ['import data.a # a\n# b\nimport data.b', 'import data.a # a\n\n# b\nimport data.b'],
    // There is no line for the comment: the rule stays as it was.
    ['p  := {\n# a\n}', 'p  := {\n# a\n}'],
    ['p := 1 +  # a\n  # b\n  2', 'p := 1 +  # a\n  # b\n  2'],
  ])('%j', (text, expected) => {
    expect(formatted(text)).toBe(expected)
  })
})

describe('v0', () => {
  test.each([
    ['p[x] { x }', 'p[x] {\n\tx\n}'],
    ['p = 1\nq = 2 { x }', 'p = 1\n\nq = 2 {\n\tx\n}'],
    ['import future.keywords.if\np if { x }', 'import future.keywords.if\n\np if x'],
    ['p["a"] = 1 { x }', 'p["a"] = 1 {\n\tx\n}'],
  ])('%j', (text, expected) => {
    expect(formatted(text, { version: 'v0' })).toBe(expected)
  })

  test.each([
    ['p[x] { x }', 'import rego.v1\n\np contains x if x'],
    ['import data.a\np = 1', 'import data.a\nimport rego.v1\n\np := 1'],
    ['import future.keywords\np if { x }\nimport data.a', 'import rego.v1\n\np if x\n\nimport data.a'],
  ])('for both languages: %j', (text, expected) => {
    expect(formatted(text, { version: 'v0', forBoth: true })).toBe(expected)
  })

  test('imports that v1 does not need can be dropped', () => {
    const text = 'import future.keywords.not\nimport rego.v1\np := 1'
    expect(formatted(text, { dropImports: true })).toBe('import future.keywords.not\n\np := 1')
  })
})

test('what cannot be read is not formatted', () => {
  expect(formatModule('package x\np := ', 'a.rego', { version: 'v1' })).toMatchObject({
    problems: [{ code: 'rego_parse_error' }],
  })
})

test('what both languages cannot read is not written for both', () => {
  const result = formatModule('package x\nif { x }', 'a.rego', { version: 'v0', forBoth: true })
  expect(result).toMatchObject({ problems: [{ code: 'rego_parse_error' }] })
})

test('metadata is a comment like others', () => {
  expect(formatted('# METADATA\n# title: [\np := 1')).toBe('# METADATA\n# title: [\np := 1')
})
