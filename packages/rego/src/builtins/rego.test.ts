import { describe, expect, test } from 'vitest'

import { run, text } from '../../testing/evaluate.ts'

function parsed(module: string, path: string): string {
  return text('package tests', `rego.parse_module("a.rego", input)${path}`, {
    input: module,
    strictBuiltinErrors: true,
  })
}

describe('a module', () => {
  test('is given as a document', () => {
    expect(parsed('package a.b', '')).toBe(
      '{"package": {"path": [{"type": "var", "value": "data"}, {"type": "string", "value": "a"}, {"type": "string", "value": "b"}]}}',
    )
    expect(parsed('package a\nimport data.x as y', '.imports[0].alias')).toBe('"y"')
    expect(parsed('package a\n# note', '.comments[0].Text')).toBe('"IG5vdGU="')
  })

  test.each([
    [
      'p := 1',
      '{"assign": true, "name": "p", "ref": [{"type": "var", "value": "p"}], "value": {"type": "number", "value": 1}}',
    ],
    [
      'p contains "x"',
      '{"key": {"type": "string", "value": "x"}, "name": "p", "ref": [{"type": "var", "value": "p"}]}',
    ],
  ])('%s has the head %s', (rule, head) => {
    expect(parsed(`package a\n${rule}`, '.rules[0].head')).toBe(head)
  })

  test('that cannot be read is an error', () => {
    const { problem } = run('package tests', 'rego.parse_module("a.rego", "package")', { strictBuiltinErrors: true })
    expect(problem?.code).toBe('eval_builtin_error')
    expect(problem?.message).toContain('a.rego:1: rego_parse_error')
  })
})

describe('a template', () => {
  const rendered = (template: string, variables: object): string =>
    text('package tests', 'strings.render_template(input.t, input.v)', {
      input: { t: template, v: variables } as never,
      strictBuiltinErrors: true,
    })

  test.each<[string, object, string]>([
    ['{{.a}}', { a: 'x' }, '"x"'],
    ['{{.a}} {{.b.c}}', { a: 1.5 }, '"1.5 <undefined>"'],
    ['{{range $i, $n := .l}}{{if $i}},{{end}}{{$n}}{{end}}', { l: ['a', 'b'] }, '"a,b"'],
    ['{{printf "%q" .a}}', { a: 'x' }, String.raw`"\"x\""`],
    ['{{', {}, 'eval_builtin_error'],
    ['{{.a.b}}', { a: 1 }, 'eval_builtin_error'],
    ['{{define "x"}}{{template "x"}}{{end}}{{template "x"}}', {}, 'eval_builtin_error'],
  ])('%s with %j', (template, variables, expected) => {
    expect(rendered(template, variables)).toBe(expected)
  })
})

test('the runtime is what the evaluation was given', () => {
  expect(text('package tests', 'opa.runtime()', { runtime: { version: '1' } })).toBe('{"version": "1"}')
})
