import { openDocument, splitDocuments } from '@kubescape/yaml'
import { describe, expect, test } from 'vitest'

import { helmEncodingFunctions } from '../encoding/functions.ts'
import {
  Budget,
  Dict,
  type Frame,
  type FrameFunction,
  FunctionError,
  type GoFunction,
  List,
  PlainOutput,
  type TemplateFunction,
  TemplateSet,
  Traced,
  type Value,
  type ValueLayer,
  type ValueOrigin,
  execute,
  parseTemplate,
  plain,
  render,
  sprint,
} from '@kubescape/go-template'
import { SourceMap, type SourceRange } from './source-map.ts'
import { TracedOutput } from './traced-output.ts'
import { ValueTracer } from './value-tracer.ts'

const LAYER: ValueLayer = { kind: 'chart', name: 'values.yaml' }

/** Values as a chart has them: every scalar, list and map knows its path. */
function values(tree: unknown, path: readonly (string | number)[] = []): Value {
  const origin: ValueOrigin = { layer: LAYER, path }
  if (Array.isArray(tree))
    return new List(
      tree.map((item, at) => values(item, [...path, at])),
      'interface {}',
      origin,
    )
  if (typeof tree === 'object' && tree !== null) {
    const entries = Object.entries(tree).map(([key, value]) => [key, values(value, [...path, key])] as const)
    return new Dict(new Map(entries), 'map[string]interface {}', origin)
  }
  const scalar = tree as string | number | boolean
  return new Traced(scalar, [{ length: typeof scalar === 'string' ? scalar.length : 0, origin: { value: origin } }])
}

const include: FrameFunction = {
  parameters: ['string', 'reflect.Value'],
  callIn: ([name, dot], frame: Frame) => {
    const template = frame.set.get(name as string)
    if (template === undefined) throw new FunctionError('no such template')
    return render(frame, template, dot)
  },
}
const tpl: FrameFunction = {
  parameters: ['string', 'reflect.Value'],
  callIn: ([text, dot], frame: Frame, [source]) => {
    const spans = source instanceof Traced ? source.spans : undefined
    const templates = parseTemplate('gotpl', text as string, FUNCTIONS, spans)
    const set = new TemplateSet(frame.set)
    set.add(templates)
    const [main] = templates
    return main === undefined ? '' : render(frame, main, dot, set)
  },
}

function onTexts(call: (...texts: string[]) => string, parameters: GoFunction['parameters'] = ['string']): GoFunction {
  return { parameters, call: (args) => call(...args.map(sprint)) }
}

function indent(count: string, lines: string): string {
  return lines.replaceAll(/^/gm, ' '.repeat(Number(count)))
}

const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ...helmEncodingFunctions,
  ['include', include],
  ['tpl', tpl],
  ['quote', onTexts((word) => `"${word}"`, ['any'])],
  ['upper', onTexts((word) => word.toUpperCase())],
  ['sha', onTexts((word) => `x${word.length}`)],
  ['trunc', onTexts((count, word) => word.slice(0, Number(count)), ['int', 'string'])],
  ['indent', onTexts(indent, ['int', 'string'])],
  ['nindent', onTexts((count, lines) => `\n${indent(count, lines)}`, ['int', 'string'])],
  ['replace', onTexts((old, by, word) => word.replaceAll(old, by), ['string', 'string', 'string'])],
  [
    'default',
    { parameters: ['any', 'any'], call: ([fallback, value]) => (value === null || value === '' ? fallback : value) },
  ],
  [
    'dict',
    {
      parameters: ['any'],
      variadic: true,
      call: ([key, value]) => new Dict(new Map(key === undefined ? [] : [[key as string, value]])),
    },
  ],
  ['int', { parameters: ['any'], call: ([value]) => BigInt(value as number) }],
])

const HELPERS = `{{ define "name" }}{{ .Values.name | trunc 9 }}{{ end }}
{{ define "image" }}
{{- printf "%s:%s" .image.repository (default "latest" .image.tag) }}
{{- end }}`

const VALUES = values({
  name: 'web',
  image: { repository: 'nginx', tag: '' },
  port: 8080,
  security: { runAsUser: 1000, capabilities: { drop: ['ALL'] } },
  pod: {},
  nil: null,
  note: 'see {{ .Values.name }}',
})

/** The values as they are without a source map. */
function untraced(value: Value): Value {
  if (value instanceof List) return new List(value.items.map(untraced))
  if (value instanceof Dict) return new Dict(new Map([...value.entries].map(([key, item]) => [key, untraced(item)])))
  return plain(value)
}

function rendered(template: string): { map: SourceMap; text: string } {
  const set = new TemplateSet()
  set.add(parseTemplate('web/templates/_helpers.tpl', HELPERS, FUNCTIONS))
  const templates = parseTemplate('web/templates/page.yaml', template, FUNCTIONS)
  set.add(templates)
  const budget = new Budget()
  const context = {
    now: 0,
    randomBytes: (count: number) => new Uint8Array(count),
    synthetic: () => undefined,
    spend: () => undefined,
  }
  const [main] = templates
  const output = new TracedOutput(budget)
  const other = new PlainOutput(budget)
  if (main !== undefined) {
    const dot = new Dict(new Map([['Values', VALUES]]))
    execute(set, main, dot, { context, budget, tracer: new ValueTracer() }, output)
    execute(set, main, untraced(dot), { context, budget }, other)
  }
  expect(output.text).toBe(other.text)
  expect(output.spans.reduce((sum, { length }) => sum + length, 0)).toBe(output.text.length)
  const sources = new Map([
    ['web/templates/_helpers.tpl', HELPERS],
    ['web/templates/page.yaml', template],
  ])
  return { map: new SourceMap(output.text, output.spans, (name) => sources.get(name)), text: output.text }
}

/** What the map says about the first place of a piece of the text. */
function about(template: string, piece: string): SourceRange {
  const { map, text: all } = rendered(template)
  const at = all.indexOf(piece)
  expect(at, all).not.toBe(-1)
  return map.range(at, at + piece.length)
}

function place({ position }: SourceRange): string {
  return position === undefined ? 'nowhere' : `${position.template.replace('web/templates/', '')}:${position.line}`
}

function uses({ values: found }: SourceRange): string {
  return found.map(({ entry, use }) => `${use} ${entry.path.join('.')}`).join(', ')
}

describe('a piece of text names the template line and the values', () => {
  test.each([
    ['text of the template', 'kind: Pod\n  name: x', 'name: x', 'page.yaml:2', ''],
    ['a value', 'a: 1\nname: {{ .Values.name }}', 'web', 'page.yaml:2', 'exact name'],
    ['a number', 'port: {{ .Values.port | int }}', '8080', 'page.yaml:1', 'exact port'],
    ['quotes around', 'port: {{ .Values.port | quote }}', '"8080"', 'page.yaml:1', 'exact port'],
    ['a template that is called', 'name: {{ include "name" . }}', 'web', '_helpers.tpl:1', 'exact name'],
    ['another spelling', 'name: {{ upper .Values.name }}', 'WEB', 'page.yaml:1', 'derived name'],
    ['a checksum', 'sum: {{ sha .Values.name }}', 'x3', 'page.yaml:1', 'derived name'],
    ['a variable', '{{ $n := .Values.name }}\nname: {{ $n }}', 'web', 'page.yaml:2', 'exact name'],
    ['a format', 'x: {{ printf "%s-%v" .Values.name .Values.port }}', '8080', 'page.yaml:1', 'exact port'],
    ['a default', 'i: {{ include "image" .Values }}', 'nginx', '_helpers.tpl:3', 'exact image.repository'],
    ['an empty entry', 'i: {{ include "image" .Values }}', 'latest', '_helpers.tpl:3', 'empty image.tag'],
    ['a replacement', 'x: {{ replace "e" "3" .Values.name }}', 'w3b', 'page.yaml:1', 'derived name'],
    ['a map on the way', '{{ with dict "a" .Values.name }}x: {{ .a }}{{ end }}', 'web', 'page.yaml:1', 'exact name'],
    ['a template in the values', 'note: {{ tpl .Values.note . }}', 'see', 'page.yaml:1', 'exact note'],
    ['a value in a template in the values', 'note: {{ tpl .Values.note . }}', 'web', 'page.yaml:1', 'exact name'],
    ['an entry that is null', 't: {{ .Values.nil }} {{ .Values.nil | default 1 }}', '1', 'page.yaml:1', 'empty nil'],
    [
      'text that is read back',
      '{{ with fromYaml (toYaml .Values.security) }}x: {{ .runAsUser }}{{ end }}',
      '1000',
      'page.yaml:1',
      'exact security.runAsUser',
    ],
    ['an empty truth', 'a: {{ .Values.off | default true }}', 'true', 'page.yaml:1', 'empty off'],
    ['an entry that is missing', 't: {{ .Values.tag | default "latest" }}', 'latest', 'page.yaml:1', 'empty tag'],
    [
      'an entry of a map that is written as a whole',
      's:\n  {{- toYaml .Values.security | nindent 2 }}',
      'runAsUser: 1000',
      'page.yaml:2',
      'exact security.runAsUser',
    ],
    [
      'an item of a list in there',
      's:\n{{ toYaml .Values.security | indent 2 }}',
      'ALL',
      'page.yaml:2',
      'exact security.capabilities.drop.0',
    ],
    [
      'an entry that range visits',
      '{{ range $k, $v := .Values.security }}{{ $k }}={{ $v }};{{ end }}',
      '1000',
      'page.yaml:1',
      'exact security.runAsUser',
    ],
  ])('%s', (_, template, piece, wantedPlace, wantedUses) => {
    const found = about(template, piece)
    expect([place(found), uses(found)]).toEqual([wantedPlace, wantedUses])
  })
})

test('the calls that led to a place are told, the nearest first', () => {
  const found = about('{{ define "outer" }}\n{{ include "name" . }}{{ end }}\n\n{{ include "outer" . }}', 'web')
  expect(found.callers.map(({ line, template }) => `${template}:${line}`)).toEqual([
    'web/templates/page.yaml:2',
    'web/templates/page.yaml:4',
  ])
})

test('conditions around a place are told, the innermost first', () => {
  const found = about('{{ if .Values.port }}{{ with .Values.security.capabilities }}x{{ end }}{{ end }}', 'x')
  expect(found.guards.map(({ path }) => path.join('.'))).toEqual(['security.capabilities', 'port'])
})

test('a text that grows bit by bit is followed as far as that costs little; then it is known what it is made from', () => {
  const found = about(
    '{{ $x := "" }}{{ range 2000 }}{{ $x = printf "%s\\n%s" $x $.Values.name }}{{ end }}{{ $x }}',
    'web\nweb',
  )
  expect(uses(found)).toBe('derived name')
})

describe('a field that is missing names the values that would bring it', () => {
  test.each([
    [
      'a false condition',
      'spec:\n  {{- if .Values.pod.security }}\n  securityContext:\n    a: 1\n  {{- end }}\n  x: 1\n',
      'securityContext',
      ['if pod.security'],
    ],
    [
      'a condition on what would be written',
      'spec:\n  x: 1\n  {{- with .Values.pod.security }}\n  securityContext:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n',
      'securityContext',
      ['pod.security'],
    ],
    [
      'one of two conditions on what would be written',
      'spec:\n  x: 1\n  {{- if and .Values.port .Values.pod }}\n  s: {{ .Values.pod | quote }}\n  {{- end }}\n',
      's',
      ['pod', 'if port'],
    ],
    [
      'a value that nobody gives',
      'spec:\n  x: 1\n  {{- with .Values.nothing }}\n  hostNetwork: {{ . }}\n  {{- end }}\n',
      'hostNetwork',
      ['nothing'],
    ],
    [
      'a condition in a template that is called',
      '{{ define "s" }}{{ with .Values.nil }}\n  s: {{ . }}{{ end }}{{ end }}spec:\n  x: 1{{ include "s" . }}\n',
      's',
      ['nil'],
    ],
    [
      'a condition further down',
      'spec:\n  x:\n    y: 1\n    {{- if .Values.nil }}\n    s: 1\n    {{- end }}\n',
      's',
      [],
    ],
    [
      'a map that is written as a whole',
      'spec:\n{{ toYaml .Values.security | indent 2 }}\n',
      'runAsNonRoot',
      ['security.runAsNonRoot'],
    ],
    [
      'a map in there',
      'all:\n{{ toYaml .Values.security | indent 2 }}\n',
      'add',
      ['security.capabilities.add'],
      'all.capabilities',
    ],
    [
      'a map that stands for a missing one',
      'spec:\n  {{- toYaml (default (dict) .Values.more) | nindent 2 }}\n',
      'a',
      ['more.a'],
    ],
    ['a map further down', 'spec:\n  x: 1\n  y:\n{{ toYaml .Values.security | indent 4 }}\n', 'runAsNonRoot', []],
    ['a map beside other fields', 'spec:\n  x: 1\n{{ toYaml .Values.security | indent 2 }}\n', 'a', ['security.a']],
    ['a map without entries', 'spec: {{ toYaml .Values.pod }}\n', 'fsGroup', ['pod.fsGroup']],
    ['nothing at all', 'spec:\n  x: 1\n', 'y', []],
  ])('%s', (_, template, key, wanted, path = 'spec') => {
    const { map, text } = rendered(template)
    const [slice] = splitDocuments(text)
    const [mapping] = slice === undefined ? [] : openDocument(text, slice).locate([path])
    const entries = map.absent(mapping?.valueStart ?? 0, mapping?.end ?? 0, key)
    expect(entries.map((entry) => `${entry.fills ? '' : 'if '}${entry.path.join('.')}`)).toEqual(wanted)
  })
})
