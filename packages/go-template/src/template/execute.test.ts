import { describe, expect, test } from 'vitest'

import { Dict, FunctionError, LimitError, List, Sized, type GoFunction, type Value } from '../go/value.ts'
import { sprint } from '../go/print.ts'
import { Budget } from './budget.ts'
import { ExecutionError } from './error.ts'
import { execute, render } from './execute.ts'
import type { Frame, FrameFunction, MissingKey, TemplateFunction } from './frame.ts'
import { PlainOutput } from './output.ts'
import { parseTemplate } from './parser.ts'
import { TemplateSet } from './template-set.ts'

const include: FrameFunction = {
  parameters: ['string', 'reflect.Value'],
  callIn: ([name, dot], frame: Frame) => {
    const template = frame.set.get(name as string)
    if (template === undefined) throw new FunctionError(`no template ${name as string}`)
    return render(frame, template, dot)
  },
}
const upper: GoFunction = { parameters: ['string'], call: ([text]) => (text as string).toUpperCase() }
const join: GoFunction = {
  parameters: ['string', 'any'],
  variadic: true,
  call: ([separator, ...parts]) => parts.map(sprint).join(separator as string),
}
const wide: GoFunction = { parameters: ['int64'], call: ([number]) => number }
const FUNCTIONS = new Map<string, TemplateFunction>([
  ['include', include],
  ['upper', upper],
  ['join', join],
  ['wide', wide],
])

const DOT = new Dict(
  new Map<string, Value>([
    [
      'image',
      new Dict(
        new Map<string, Value>([
          ['tag', 'v1'],
          ['port', 80],
        ]),
      ),
    ],
    ['list', new List(['a', 'b', null])],
    ['empty', new List([])],
    ['nothing', null],
    ['count', 2],
  ]),
)

function run(text: string, missingKey: MissingKey = 'default', budget = new Budget()): string {
  const templates = parseTemplate('page', text, FUNCTIONS)
  const set = new TemplateSet()
  set.add(templates)
  const [main] = templates
  const output = new PlainOutput(budget)
  const context = {
    now: 0,
    randomBytes: (count: number) => new Uint8Array(count),
    synthetic: () => undefined,
    spend: (amount: number) => budget.spend(amount),
  }
  if (main !== undefined) execute(set, main, DOT, { missingKey, context, budget }, output)
  return output.text
}

function failure(text: string, missingKey: MissingKey = 'default'): string {
  try {
    return run(text, missingKey)
  } catch (error) {
    if (error instanceof ExecutionError) return error.message.replace('template: page:', '')
    throw error
  }
}

describe('templates write', () => {
  test.each([
    ['{{ .image.tag }} {{ .image.port }} {{ .missing }} {{ .nothing }}', 'v1 80 <no value> <no value>'],
    ['{{ with .image }}{{ .tag }}{{ $.count }}{{ end }}', 'v12'],
    ['{{ range $i, $x := .list }}{{ $i }}={{ $x }} {{ end }}', '0=a 1=b 2=<no value> '],
    ['{{ range $k, $v := .image }}{{ $k }}:{{ $v }} {{ end }}', 'port:80 tag:v1 '],
    ['{{ range .empty }}x{{ else }}none{{ end }}{{ range .missing }}x{{ else }}none{{ end }}', 'nonenone'],
    ['{{ range 3 }}{{ . }}{{ end }}', '012'],
    ['{{ range .list }}{{ if eq . "b" }}{{ break }}{{ end }}{{ . }}{{ end }}', 'a'],
    ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ end }}{{ $x }}', '2'],
    ['{{ with .missing }}a{{ else with .image }}{{ .tag }}{{ end }}', 'v1'],
    ['{{ define "t" }}[{{ . }}]{{ end }}{{ template "t" .count }}{{ template "t" }}', '[2][<no value>]'],
    ['{{ define "t" }}[{{ . }}]{{ end }}{{ include "t" .image.tag | upper }}', '[V1]'],
    ['{{ .image.tag | join "-" "a" 1 }}', 'a-1-v1'],
    ['{{ (.image).tag }}{{ (.nothing).tag }}', 'v1<no value>'],
    ['{{ and .count .nothing }} {{ or .nothing .count }} {{ not .nothing }}', '<no value> 2 true'],
    ['{{ printf "%s:%v" .image.tag .image.port }}', 'v1:80'],
    ['{{ len "é" }} {{ index .list 1 }} {{ index .image "tag" }} {{ slice "abc" 1 2 }}', '2 b v1 b'],
    ['{{ html "<a>" }} {{ js "\'" }} {{ urlquery "a b&c" }}', "&lt;a&gt; \\' a+b%26c"],
    ['{{ eq 1 2 1 }} {{ ne "a" "b" }} {{ lt 1.5 2.5 }} {{ ge "b" "a" }}', 'true true true true'],
    ['{{ printf "%T" (wide 7) }}', 'int64'],
  ])('%s', (text, wanted) => {
    expect(run(text)).toBe(wanted)
  })
})

describe('failures say where and why', () => {
  test.each([
    ['{{ .nothing.x }}', '1:11: executing "page" at <.nothing.x>: nil pointer evaluating interface {}.x'],
    ['{{ .image.tag.x }}', '1:9: executing "page" at <.image.tag.x>: can\'t evaluate field x in type interface {}'],
    ['{{ with .count }}{{ .x }}{{ end }}', '1:20: executing "page" at <.x>: can\'t evaluate field x in type float64'],
    ['é\né {{ upper 1 }}', '2:12: executing "page" at <1>: expected string; found 1'],
    ['{{ upper .count }}', '1:9: executing "page" at <.count>: wrong type for value; expected string; got float64'],
    ['{{ .nothing | upper }}', '1:14: executing "page" at <upper>: invalid value; expected string'],
    ['{{ upper }}', '1:3: executing "page" at <upper>: wrong number of args for upper: want 1 got 0'],
    ['{{ range .count }}{{ end }}', '1:9: executing "page" at <.count>: range can\'t iterate over 2'],
    [
      '{{ eq .count 2 }}',
      '1:3: executing "page" at <eq .count 2>: error calling eq: incompatible types for comparison: float64 and int',
    ],
    ['{{ template "none" }}', '1:12: executing "page" at <{{template "none"}}>: template "none" not defined'],
    [
      '{{ define "t" }}{{ .a.b.c }}{{ end }}\n{{ include "t" . }}',
      '2:3: executing "page" at <include "t" .>: error calling include: 1:21: executing "t" at <.a.b.c>: nil pointer evaluating interface {}.b',
    ],
  ])('%s', (text, wanted) => {
    expect(failure(text, 'zero').replace('template: page:', '')).toBe(wanted)
  })

  test('a missing key is an error where that is asked for', () => {
    expect(failure('{{ .image.tags }}', 'error')).toContain('map has no entry for key "tags"')
  })
})

describe('limits end a rendering', () => {
  test.each([
    ['{{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }}', 'nested too deep'],
    ['{{ define "t" }}{{ print (include "t" .) }}{{ end }}{{ include "t" . }}', 'nested too deep'],
    [
      '{{ define "t" }}{{ with . }}{{ if . }}{{ template "t" . }}{{ end }}{{ end }}{{ end }}{{ template "t" . }}',
      'nested too deep',
    ],
  ])('%s', (text, wanted) => {
    expect(failure(text)).toContain(wanted)
  })

  test('steps are counted', () => {
    const budget = new Budget({ steps: 10_000 })
    expect(() => run('{{ range 100000 }}{{ . }}{{ end }}', 'default', budget)).toThrow(LimitError)
  })

  test('what is written is limited, and the place is told', () => {
    const text =
      '{{ $x := "0123456789abcdef" }}{{ range 9 }}{{ $x = print $x $x $x $x $x }}{{ end }}{{ range 99 }}{{ $x }}{{ end }}'
    expect(() => run(text)).toThrow(/page:1:\d+/)
  })
})

test('a blank definition does not replace another; a later one does', () => {
  const set = new TemplateSet()
  set.add(parseTemplate('a', '{{ define "t" }}first{{ end }}', FUNCTIONS))
  const first = set.get('t')
  set.add(parseTemplate('b', '{{ define "t" }} {{ end }}', FUNCTIONS))
  expect(set.get('t')).toBe(first)
  const above = new TemplateSet(set)
  above.add(parseTemplate('c', '{{ define "t" }}second{{ end }}', FUNCTIONS))
  expect(above.get('t')).not.toBe(first)
  expect(set.get('t')).toBe(first)
})

test('numbers of other kinds can be ranged over', () => {
  const templates = parseTemplate('page', '{{ range . }}{{ printf "%T" . }} {{ end }}', FUNCTIONS)
  const [main] = templates
  const budget = new Budget()
  const output = new PlainOutput(budget)
  const context = { now: 0, randomBytes: () => new Uint8Array(), synthetic: () => undefined, spend: () => undefined }
  if (main !== undefined) execute(new TemplateSet(), main, new Sized('uint16', 2n), { context, budget }, output)
  expect(output.text).toBe('uint16 uint16 ')
})
