import { describe, expect, test } from 'vitest'

import { SyntaxProblem } from './error.ts'
import { parseTemplate } from './parser.ts'
import { printNode } from './print-node.ts'
import { isBlank } from './template-set.ts'

const NO_FUNCTIONS = new Map<string, never>()

function normal(text: string): string {
  const [main] = parseTemplate('page', text, NO_FUNCTIONS)
  return main === undefined ? '' : printNode(main.root)
}

function problem(text: string): string {
  try {
    parseTemplate('page', text, NO_FUNCTIONS)
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.message
    throw error
  }
  return 'no problem'
}

describe('trees print back in normal form', () => {
  test.each([
    ['{{ .a.b|len  }}', '{{.a.b | len}}'],
    ['a  {{- 1 -}}  b', 'a{{1}}b'],
    ['a {{/* note */}} b {{- /* more\n */ -}}\n c', 'a  bc'],
    [
      '{{ range $i , $x := .list }}{{ $x.name }}{{ else }}none{{ end }}',
      '{{range $i, $x := .list}}{{$x.name}}{{else}}none{{end}}',
    ],
    ['{{ if .a }}1{{ else if .b }}2{{ end }}', '{{if .a}}1{{else}}{{if .b}}2{{end}}{{end}}'],
    ['{{ (index .a 0).b.c }}', '{{(index .a 0).b.c}}'],
    ['{{ template `t` .x }}', '{{template "t" .x}}'],
    ['{{ block "t" .x }}inside{{ end }}', '{{template "t" .x}}'],
    ['{{ print \'a\' "b" `c` 1_0 nil true }}', '{{print \'a\' "b" `c` 1_0 nil true}}'],
  ])('%s', (text, wanted) => {
    expect(normal(text)).toBe(wanted)
  })
})

test('definitions become templates of their own', () => {
  const templates = parseTemplate('page', '{{ define "a" }}A{{ end }}{{ block "b" . }}B{{ end }}', NO_FUNCTIONS)
  expect(templates.map(({ name }) => name)).toEqual(['page', 'a', 'b'])
  expect(templates.map(({ root }) => isBlank(root))).toEqual([false, false, false])
})

describe('what is wrong is said with its line', () => {
  test.each([
    ['{{ nope }}', 'template: page:1: function "nope" not defined'],
    ['a\n{{ end }}', 'template: page:2: unexpected {{end}}'],
    ['{{ if .a }}\n\n', 'template: page:3: unexpected EOF'],
    ['{{ $x }}', 'template: page:1: undefined variable "$x"'],
    ['{{ define "v" }}{{ $x }}{{ end }}{{ $x := 1 }}', 'template: page:1: undefined variable "$x"'],
    ['{{ break }}', 'template: page:1: {{break}} outside {{range}}'],
    ['{{ "a }}', 'template: page:1: unterminated quoted string'],
    ['{{ 1 | 2 }}', 'template: page:1: non executable command in pipeline stage 2'],
    ['{{ 99999999999999999999 }}', 'template: page:1: integer overflow: "99999999999999999999"'],
    ['{{ "\\q" }}', 'template: page:1: invalid syntax'],
    ['{{ print (1 }}', 'template: page:1: unclosed left paren'],
    ['{{\n"x"\n"y"\n', 'template: page:4: unclosed action started at page:1'],
    [
      '{{ define "a" }}1{{ end }}{{ define "a" }}2{{ end }}',
      'template: page:1: template: multiple definition of template "a"',
    ],
  ])('%s', (text, wanted) => {
    expect(problem(text)).toBe(wanted)
  })
})

test.each([
  ['parentheses', `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`],
  ['blocks', `${'{{ if . }}'.repeat(5000)}${'{{ end }}'.repeat(5000)}`],
  ['else', `{{ if . }}${'{{ else if . }}'.repeat(5000)}{{ end }}`],
])('deep nesting of %s is refused', (_, text) => {
  expect(problem(text)).toContain('in each other')
})

test('bytes of escapes that spell a character become that character', () => {
  expect(parseTemplate('page', String.raw`{{ "\xc3\xa9\x80" }}`, NO_FUNCTIONS)[0]?.root.nodes[0]).toMatchObject({
    pipe: { commands: [{ operands: [{ kind: 'string', text: 'é\udc80' }] }] },
  })
})
