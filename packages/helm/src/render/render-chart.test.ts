import { describe, expect, test } from 'vitest'

import { chartOf, output, rendered, type Texts } from '../../testing/charts.ts'
import type { ChartLimits } from '../limits.ts'
import { renderChart } from './render-chart.ts'

const PARENT = 'apiVersion: v2\nname: web\nversion: 1.0.0\n'
const DB = { 'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 0.1.0\n' }
const SHOW = '{{ toJson .Values }}'

describe('values', () => {
  test('of files and flags lie over each other in the order of the flags', () => {
    const options = {
      values: [
        { name: 'a.yaml', text: 'a: 1\nb: {c: 1}' },
        { name: 'b.yaml', text: 'b: {d: 2}\nl: [1]' },
      ],
      sets: [
        { kind: 'set-string', text: 's=1' },
        { kind: 'set', text: 's=2,n=2' },
        { kind: 'set-json', text: '{"j": {"k": [1]}}' },
        { kind: 'set-file', text: 'f=x' },
      ],
      readFile: (path: string) => ({ text: `text of ${path}` }),
    } as const
    expect(output(SHOW, 'a: 0\nl: [9, 9]', options)).toBe(
      '{"a":1,"b":{"c":1,"d":2},"f":"text of x","j":{"k":[1]},"l":[1],"n":2,"s":"1"}',
    )
  })

  test('null takes a default away', () => {
    expect(output(SHOW, 'a: {b: 1, c: 2}\nd: 1', { values: [{ name: 'x', text: 'a: {b: null}\nd: null' }] })).toBe(
      '{"a":{"c":2}}',
    )
  })

  test('of the parent lie over those of a chart below, and globals reach everybody', () => {
    const texts = {
      ...DB,
      'values.yaml': 'db: {size: 3}\nglobal: {zone: a}',
      'charts/db/values.yaml': 'size: 1\nname: db\nglobal: {zone: b, own: c}',
      'charts/db/templates/a.yaml': SHOW,
      'templates/a.yaml': '{{ toJson .Values.global }}',
    }
    expect(rendered(texts)).toEqual({
      'web/charts/db/templates/a.yaml': '{"global":{"own":"c","zone":"a"},"name":"db","size":3}',
      'web/templates/a.yaml': '{"zone":"a"}',
    })
  })

  test('that do not fit are told as Helm tells them', () => {
    expect(output('', '', { values: [{ name: 'x.yaml', text: 'a: [' }] })).toMatch(/^failed to parse x.yaml: /)
    expect(output('', '', { sets: [{ kind: 'set', text: 'a' }] })).toBe(
      'failed parsing --set data: key "a" has no value',
    )
    expect(rendered({ ...DB, 'values.yaml': 'db: text' })).toEqual({
      error: 'type mismatch on db: %!t(string=text)',
    })
  })

  test('that a template changes are not those of the next rendering', () => {
    const chart = chartOf({ 'values.yaml': 'a: {b: 1}', 'templates/a.yaml': '{{ $_ := set .Values.a "b" 2 }}' + SHOW })
    const texts = [1, 2].map(() => renderChart(chart).rendering?.templates[0]?.text)
    expect(texts).toEqual(['{"a":{"b":2}}', '{"a":{"b":2}}'])
    expect(renderChart(chart).rendering?.templates[0]?.text).toBe('{"a":{"b":2}}')
  })
})

describe('dependencies', () => {
  const declared = (rest: string) => ({
    ...DB,
    'Chart.yaml': `${PARENT}dependencies: [{name: db, version: 0.x, ${rest}}]`,
    'charts/db/values.yaml': 'enabled: false\nexports: {out: {from: db}}\ndeep: {a: {b: 1}}',
    'charts/db/templates/a.yaml': '{{ .Chart.Name }}',
    'templates/a.yaml': SHOW,
  })

  test('are left out by a condition, or by tags', () => {
    expect(Object.keys(rendered(declared('condition: db.enabled')))).toEqual(['web/templates/a.yaml'])
    const tagged = declared('tags: [store]')
    expect(Object.keys(rendered(tagged, { sets: [{ kind: 'set', text: 'tags.store=false' }] }))).toHaveLength(1)
    expect(Object.keys(rendered(tagged, { sets: [{ kind: 'set', text: 'tags.store=true' }] }))).toHaveLength(2)
    const both = declared('tags: [store], condition: "db.missing,db.enabled"')
    const sets = [
      { kind: 'set', text: 'tags.store=false' },
      { kind: 'set', text: 'db.enabled=true' },
    ] as const
    expect(Object.keys(rendered(both, { sets }))).toHaveLength(2)
  })

  test('go by their alias', () => {
    expect(rendered(declared('alias: store'))['web/charts/store/templates/a.yaml']).toBe('store')
  })

  test('give values to their parent, which wins', () => {
    const texts = declared('import-values: [out, {child: deep.a, parent: here}]')
    expect(rendered({ ...texts, 'templates/a.yaml': '{{ .Values.from }} {{ toJson .Values.here }}' })).toMatchObject({
      'web/templates/a.yaml': 'db {"b":1}',
    })
    const own = { ...texts, 'values.yaml': 'from: web', 'templates/a.yaml': '{{ .Values.from }}' }
    expect(rendered(own)['web/templates/a.yaml']).toBe('web')
  })

  test('are not looked at when that is not wanted', () => {
    const texts = declared('condition: db.enabled, alias: store')
    expect(Object.keys(rendered(texts, { dependencyProcessing: false }))).toEqual([
      'web/charts/db/templates/a.yaml',
      'web/templates/a.yaml',
    ])
  })

  test('that are missing, libraries and other versions of Kubernetes are errors, unless that is not wanted', () => {
    const missing = { 'Chart.yaml': `${PARENT}dependencies: [{name: db, version: 1}, {name: log, version: 1}]` }
    expect(rendered(missing)['error']).toMatch(/missing in charts\/ directory: db, log$/)
    expect(rendered({ 'Chart.yaml': `${PARENT}type: library` })).toEqual({
      error: 'library charts are not installable',
    })
    const old = { 'Chart.yaml': `${PARENT}kubeVersion: "<1.20"` }
    expect(rendered(old, { kubeVersion: '1.30' })).toEqual({
      error: 'chart requires kubeVersion: <1.20 which is incompatible with Kubernetes v1.30',
    })
    expect(rendered(old, { kubeVersion: '1.19.3-gke.1' })).toEqual({})
    for (const texts of [missing, old]) expect(rendered(texts, { installChecks: false })).toEqual({})
  })

  test('of type library only have partials', () => {
    const texts = {
      'charts/lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library',
      'charts/lib/templates/_a.tpl': '{{ define "lib.name" }}lib of {{ .Chart.Name }}{{ end }}',
      'charts/lib/templates/b.yaml': 'kind: B',
      'templates/a.yaml': '{{ include "lib.name" . }}',
    }
    expect(rendered(texts)).toEqual({ 'web/templates/a.yaml': 'lib of web' })
  })
})

describe('templates', () => {
  test('see the release, the chart, the cluster and themselves', () => {
    const template =
      '{{ .Release.Name }} {{ .Release.Revision }} {{ .Release.Service }} {{ .Chart.Version }} {{ .Chart.IsRoot }} ' +
      '{{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Minor }} {{ .Capabilities.APIVersions.Has "x/v1" }} ' +
      '{{ .Template.Name }} {{ .Template.BasePath }}'
    const options = { release: { name: 'blue' }, kubeVersion: '1.31.2', apiVersions: ['x/v1'] }
    expect(output(template, '', options)).toBe(
      'blue 1 Helm 1.0.0 true v1.31.2 31 true web/templates/page.yaml web/templates',
    )
  })

  test.each([
    ['{{ .Chart }}', '{{web  [] 1.0.0  [] []  v2    false map[]  [] } true}'],
    ['{{ toJson .Chart }}', '{"name":"web","version":"1.0.0","apiVersion":"v2","IsRoot":true}'],
    ['{{ toYaml .Chart }}', 'IsRoot: true\napiVersion: v2\nname: web\nversion: 1.0.0'],
    ['{{ toJson .Capabilities.KubeVersion }}', '{"Version":"v1.35.0","Major":"1","Minor":"35"}'],
    ['{{ toJson .Release.Revision }} {{ typeOf .Values }}', '1 chartutil.Values'],
    ['{{ .Values.AsMap | typeOf }} {{ .Values.Table "a" }}', 'map[string]interface {} map[b:1]'],
    ['{{ .Values.PathValue "a.b" }}', '1'],
  ])('%s', (template, text) => {
    expect(output(template, 'a: {b: 1}')).toBe(text)
  })

  test('of a parent win over those of charts below it', () => {
    const texts = {
      ...DB,
      'charts/db/templates/_a.tpl': '{{ define "name" }}db{{ end }}',
      'templates/_a.tpl': '{{ define "name" }}web{{ end }}',
      'charts/db/templates/b.yaml': '{{ include "name" . }}',
    }
    expect(rendered(texts)).toEqual({ 'web/charts/db/templates/b.yaml': 'web' })
  })

  test('lose every <no value>', () => {
    expect(output('a{{ .Values.none }}b <no value>c {{ tpl "{{ .Values.none }}d" . }}')).toBe('ab c d')
  })

  test('tell what is missing in strict mode, and go on in lint mode', () => {
    expect(output('{{ .Values.none }}', '', { strict: true })).toContain('map has no entry for key "none"')
    expect(output('{{ fail "no" }}{{ required "yes" .Values.none }}|', '', { lint: true })).toBe('|')
  })

  test('find no cluster', () => {
    expect(output('{{ lookup "v1" "Pod" "" "" }}')).toBe('map[]')
  })

  test('give the same text for the same seed', () => {
    const options = { seed: 'a', now: 86_400_000 }
    const chart = chartOf({ 'templates/a.yaml': 'plain', 'templates/b.yaml': '{{ uuidv4 }} {{ now.Unix }}' })
    const [first, again, other] = [options, options, { ...options, seed: 'b' }].map(
      (each) => renderChart(chart, each).rendering?.templates ?? [],
    )
    expect(first).toEqual(again)
    expect(first?.map(({ synthetic }) => synthetic)).toEqual([true, false])
    expect(other?.[0]?.text).not.toBe(first?.[0]?.text)
  })
})

describe('errors', () => {
  const HELPER = {
    'templates/_h.tpl': '{{ define "h" }}\n{{ .Values.a.b }}{{ end }}{{ define "stop" }}{{ fail "no" }}{{ end }}',
  }
  const errorOf = (template: string) => renderChart(chartOf({ ...HELPER, 'templates/page.yaml': template })).error

  test('name the places that led to them', () => {
    expect(errorOf('x\n  {{ include "h" . }}')).toEqual({
      stage: 'render',
      message:
        'template: web/templates/page.yaml:2:5: executing "web/templates/page.yaml" at <include "h" .>: error calling include: ' +
        'template: web/templates/_h.tpl:2:10: executing "h" at <.Values.a.b>: nil pointer evaluating interface {}.b',
      cause: 'nil pointer evaluating interface {}.b',
      chain: [
        {
          template: 'web/templates/page.yaml',
          path: 'templates/page.yaml',
          line: 2,
          column: 6,
          node: 'include "h" .',
        },
        { template: 'web/templates/_h.tpl', path: 'templates/_h.tpl', line: 2, column: 11, node: '.Values.a.b' },
      ],
    })
  })

  test('of the chart stand alone, with the outermost place', () => {
    expect(errorOf('{{ include "stop" . }}')?.message).toBe('execution error at (web/templates/page.yaml:1:3): no')
    expect(errorOf('{{ tpl "{{ required `need a` .Values.a }}" . }}')?.message).toBe(
      'execution error at (web/templates/page.yaml:1:3): need a',
    )
  })

  test('of the parser have a line', () => {
    expect(errorOf('\n{{ nope }}')).toMatchObject({
      message: 'parse error at (web/templates/page.yaml:2): function "nope" not defined',
      chain: [{ path: 'templates/page.yaml', line: 2, column: undefined }],
    })
    expect(errorOf('{{ tpl "{{ nope }}" . }}')?.message).toContain(
      'error calling tpl: cannot parse template "{{ nope }}": template: gotpl:1: function "nope" not defined',
    )
  })

  test('of templates that include each other without an end are short', () => {
    const error = errorOf('{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}')
    expect(error?.message.length).toBeLessThan(5000)
    expect(error?.message).toMatch(/^template: web\/templates\/page.yaml:1:47: .* nested too deep$/s)
  })

  test('are limits when the templates take too much', () => {
    const chart = chartOf({ 'templates/a.yaml': '{{ range until 1000 }}{{ range until 1000 }}x{{ end }}{{ end }}' })
    expect(renderChart(chart, { limits: { steps: 10_000 } }).error).toMatchObject({ stage: 'render', isLimit: true })
    expect(renderChart(chart, { limits: { output: 10_000 } }).error).toMatchObject({ isLimit: true })
  })
})

describe('what would take too long', () => {
  const errorOf = (texts: Texts, limits: Partial<ChartLimits> = {}) => renderChart(chartOf(texts), { limits }).error

  test('aliases of aliases', () => {
    const aliases = Array.from({ length: 900 }, (_, at) => `{name: NAME, version: "*", alias: a${at}}`).join()
    const declare = (name: string, child: string) =>
      `apiVersion: v2\nname: ${name}\nversion: 1.0.0\ndependencies: [${aliases.replaceAll('NAME', child)}]`
    const texts = {
      'Chart.yaml': declare('web', 'b'),
      'charts/b/Chart.yaml': declare('b', 'c'),
      'charts/b/charts/c/Chart.yaml': declare('c', 'd'),
      'charts/b/charts/c/charts/d/Chart.yaml': 'apiVersion: v2\nname: d\nversion: 1.0.0',
    }
    expect(errorOf(texts)).toMatchObject({ isLimit: true })
  })

  test('the values of many charts', () => {
    const aliases = Array.from({ length: 500 }, (_, at) => `{name: db, version: "*", alias: a${at}}`).join()
    const values = Array.from({ length: 20_000 }, (_, at) => `k${at}: {a: 1}`).join('\n')
    const texts = { 'Chart.yaml': `${PARENT}dependencies: [${aliases}]`, ...DB, 'charts/db/values.yaml': values }
    expect(errorOf(texts, { steps: 1_000_000 })).toMatchObject({ isLimit: true })
  })

  test('templates that are code alone', () => {
    expect(errorOf({ 'templates/a.yaml': '{{ 0 }}'.repeat(300) }, { templateCode: 1000 })).toMatchObject({
      isLimit: true,
    })
  })

  test('rules for many files', () => {
    const files = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`files/${at}`, '']))
    expect(() => chartOf({ ...files, '.helmignore': 'a*b\n'.repeat(1000) })).toThrow('take too long')
  })

  test('a schema that looks at everything again and again', () => {
    const schema = { allOf: Array.from({ length: 5000 }, () => ({ properties: { l: { uniqueItems: true } } })) }
    const values = `l: [${Array.from({ length: 5000 }, (_, at) => at).join()}]`
    const texts = { 'values.schema.json': JSON.stringify(schema), 'values.yaml': values }
    expect(errorOf(texts, { steps: 100_000 })).toMatchObject({ isLimit: true })
  })

  test('the bytes of files one by one', () => {
    const template = '{{ range $_, $bytes := .Files }}{{ len $bytes }} {{ end }}'
    const files = Object.fromEntries(Array.from({ length: 3 }, (_, at) => [`f${at}`, 'x'.repeat(4_000_000)]))
    expect(errorOf({ ...files, 'templates/a.yaml': template })).toMatchObject({ isLimit: true })
    expect(rendered({ ...files, 'templates/a.yaml': '{{ range $name, $_ := .Files }}{{ $name }}{{ end }}' })).toEqual({
      'web/templates/a.yaml': 'f0f1f2',
    })
  })
})

describe('files', () => {
  const FILES = { 'conf/a.txt': 'one\ntwo\n', 'conf/b.bin': '\0', 'templates/x.yaml': '', 'values.yaml': '' }
  const show = (template: string): string | undefined =>
    rendered({ ...FILES, 'templates/page.yaml': template })['web/templates/page.yaml']

  test.each([
    ['{{ .Files.Get "conf/a.txt" }}', 'one\ntwo\n'],
    ['{{ .Files.Get "values.yaml" }}{{ .Files.Get "none" }}', ''],
    ['{{ .Files.GetBytes "conf/b.bin" }}', '[0]'],
    ['{{ .Files.Lines "conf/a.txt" | len }}', '2'],
    ['{{ range $path, $_ := .Files.Glob "conf/*.txt" }}{{ $path }}{{ end }}', 'conf/a.txt'],
    ['{{ (.Files.Glob "conf/a*").AsConfig }}', 'a.txt: |\n  one\n  two'],
    ['{{ (.Files.Glob "conf/b*").AsSecrets }}', 'b.bin: AA=='],
    ['{{ (.Files.Glob "none").AsConfig }}', '{}'],
  ])('%s', (template, text) => {
    expect(show(template)).toBe(text)
  })
})

describe('a source map', () => {
  test('leads from rendered text to the template and the values, also of charts below', () => {
    const texts = {
      ...DB,
      'values.yaml': 'db: {image: nginx}',
      'charts/db/values.yaml': 'tag: v1',
      'charts/db/templates/a.yaml': 'a: b\nimage: {{ .Values.image }}:{{ .Values.tag }}',
    }
    const { rendering } = renderChart(chartOf(texts), { sourceMap: true })
    const { text = '', map } = rendering?.templates[0] ?? {}
    expect(text).toBe('a: b\nimage: nginx:v1')
    expect(map?.at(text.indexOf('nginx'))).toMatchObject({
      position: { template: 'web/charts/db/templates/a.yaml', line: 2 },
      values: [{ use: 'exact', entry: { layer: { kind: 'chart', name: 'values.yaml' }, path: ['db', 'image'] } }],
    })
    expect(map?.at(text.indexOf('v1'))?.values).toMatchObject([
      { entry: { layer: { name: 'charts/db/values.yaml' }, path: ['db', 'tag'] } },
    ])
  })
})
