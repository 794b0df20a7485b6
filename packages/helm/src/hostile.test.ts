/**
 * Charts that mean harm: each has to end soon, with a problem that says what it is, and without much memory. What "soon" is, no
 * test measures; without a limit these would run for minutes or for ever.
 */
import { describe, expect, test } from 'vitest'
import { bytesOf, chartOf, output, rendered, type Texts } from '../testing/charts.ts'
import { loadChart, manifestOf, renderChart, type RenderOptions } from './index.ts'

/** A tenth of the default, so that the tests are quick. */
const FEW: RenderOptions = { limits: { steps: 1_000_000, outputPerTemplate: 2_000_000, output: 4_000_000 } }
const STEPS = 'the templates take more than 1000000 steps'

/** Why a template ends, with and without a source map: both have to say the same. */
function ending(template: string, values = '', more: Texts = {}): string {
  const texts = { 'values.yaml': values, 'templates/page.yaml': template, ...more }
  const [plainly, traced] = [false, true].map(
    (sourceMap) => rendered(texts, { ...FEW, sourceMap })['error'] ?? 'nothing',
  )
  return plainly?.replace(/:\d+:\d+:/, '') === traced?.replace(/:\d+:\d+:/, '')
    ? (plainly ?? '')
    : `${plainly}\n${traced}`
}

/** A template that works on a text, list or map that grows with each round. */
const growing = (start: string, step: string): string =>
  `{{ $x := ${start} }}{{ range until 100 }}{{ $x = ${step} }}{{ end }}`
const nested = (start: string, step: string, use: string): string => `${growing(start, step)}{{ ${use} }}`
const looped = (start: string, use: string): string =>
  `{{ $x := ${start} }}{{ range until 100000 }}{{ $y := ${use} }}{{ end }}`

describe('recursion', () => {
  test.each([
    ['an include', '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}'],
    ['a template', '{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}'],
    [
      'two includes',
      '{{ define "x" }}{{ include "y" . }}{{ end }}{{ define "y" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
    ],
    ['a tpl', '{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t) }}'],
    [
      'blocks',
      '{{ define "x" }}{{ if true }}{{ range list 1 }}{{ template "x" $ }}{{ end }}{{ end }}{{ end }}{{ template "x" . }}',
    ],
  ])('of %s', (_, template) => {
    expect(ending(template)).toMatch(/nested too deep|nested reference name/)
  })

  test('of a text that doubles', () => {
    expect(ending('{{ tpl .Values.t .Values }}', 't: "{{ tpl (cat .t .t) (dict \\"t\\" (cat .t .t)) }}"')).toContain(
      STEPS,
    )
  })
})

describe('numbers that are too large', () => {
  test.each([
    ['until 1000000000000'],
    ['untilStep 0 1000000000000 1'],
    ['seq 1000000000000'],
    ['repeat 1000000000 "x"'],
    ['indent 1000000000 "x"'],
    ['nindent 1000000000 "x"'],
    ['repeat 10000 "\\n" | indent 10000'],
    ['randAlphaNum 1000000000'],
    ['randBytes 1000000000'],
    ['shuffle (repeat 1000000 "x")'],
  ])('%s', (expression) => {
    expect(ending(`{{ ${expression} | len }}`)).toContain(STEPS)
  })

  test('a range over a number, and ranges in each other', () => {
    expect(ending('{{ range $i := 1000000000000 }}{{ end }}')).toContain(STEPS)
    expect(
      ending('{{ range until 1000 }}{{ range until 1000 }}{{ range until 1000 }}{{ end }}{{ end }}{{ end }}'),
    ).toContain(STEPS)
  })

  test('widths are as Go bounds them', () => {
    expect(output('{{ printf "%1000000000d" 1 | len }} {{ printf "%*d" 1000000000 1 | len }}')).toBe('25 13')
  })
})

describe('texts that grow', () => {
  test.each([
    ['printf "%s%s" $x $x'],
    ['print $x $x'],
    ['cat $x $x'],
    ['replace "x" "xx" $x'],
    ['regexReplaceAll "x" $x "xx"'],
    ['join $x (list $x $x)'],
    ['quote $x'],
    ['toJson $x'],
    ['indent 10000 $x'],
    ['b64enc $x'],
    ['b32enc $x'],
    ['encryptAES "k" $x'],
    ['js $x'],
  ])('by %s', (step) => {
    expect(ending(growing('repeat 100 "\\"x"', step))).toMatch(/more than \d+ (?:steps|characters)/)
  })

  test('in what is written', () => {
    expect(ending('{{ $x := repeat 100000 "x" }}{{ range until 10000 }}{{ $x }}{{ end }}')).toContain(
      'a template writes more than 2000000 characters',
    )
    const include =
      '{{ define "x" }}{{ $ }}{{ end }}{{ $x := repeat 100000 "x" }}{{ range until 10000 }}{{ $y := include "x" $x }}{{ end }}'
    expect(ending(include)).toMatch(/the templates (?:write|take) more than/)
  })
})

describe('values that grow', () => {
  test.each([
    ['concat $x $x | len', 'list 1 2', 'concat $x $x'],
    ['toJson', 'list 1 2', 'list $x $x'],
    ['toYaml', 'list 1 2', 'list $x $x'],
    ['toYamlPretty', 'list 1 2', 'list $x $x'],
    ['toToml', 'dict "a" 1', 'dict "a" $x "b" $x'],
    ['deepCopy', 'dict "a" 1', 'dict "a" $x "b" $x'],
    ['print', 'list 1 2', 'list $x $x'],
  ])('%s', (use, start, step) => {
    const expression = use.includes('$x') ? use : `${use} $x | len`
    expect(ending(nested(start, step, expression))).toMatch(/more than \d+ (?:steps|characters)/)
  })

  test.each([
    ['print', 'list $x'],
    ['toJson', 'list $x'],
    ['toYaml', 'list $x'],
    ['toYamlPretty', 'list $x'],
    ['toToml', 'dict "a" $x'],
    ['deepCopy', 'dict "a" $x'],
    ['merge (deepCopy $x | dict "b") $x | print', 'dict "a" $x'],
  ])('deeply: %s', (use, step) => {
    const deep = `{{ $x := dict }}{{ range until 20000 }}{{ $x = ${step} }}{{ end }}{{ ${use}${use.includes('$x') ? '' : ' $x'} }}`
    expect(ending(deep)).toMatch(/nested more than|nests more than/)
  })
})

describe('values that hold themselves', () => {
  const cycle = '{{ $x := dict }}{{ $_ := set $x "x" $x }}'

  test.each([
    ['print'],
    ['quote'],
    ['toString'],
    ['deepCopy'],
    ['merge (dict "x" (dict))'],
    ['html'],
    ['mergeOverwrite $x'],
  ])('%s ends', (use) => {
    expect(ending(`${cycle}{{ ${use} $x }}`)).toMatch(/nested more than/)
  })

  test('encoders see them, as those of Go do', () => {
    for (const use of ['toJson', 'toPrettyJson', 'toYaml', 'toYamlPretty'])
      expect(output(`${cycle}{{ ${use} $x }}`)).toBe('')
    expect(output(`${cycle}{{ toRawJson $x }}`)).toContain('encountered a cycle')
    expect(output(`${cycle}{{ toToml $x }}`)).toContain('encountered a cycle')
  })

  test('values can hold themselves too', () => {
    expect(ending('{{ $_ := set .Values "v" . }}{{ .Values }}')).toContain('nested more than')
  })
})

describe('long work in loops', () => {
  test.each([
    ['len $x', 'repeat 500000 "é"'],
    ['contains "aab" $x', 'repeat 500000 "ab"'],
    ['upper $x', 'repeat 500000 "ab"'],
    ['trunc 300000 $x', 'repeat 200000 "é"'],
    ['sha256sum $x', 'repeat 500000 "ab"'],
    ['sortAlpha $x', 'until 50000'],
    ['reverse $x', 'until 50000'],
    ['has -1 $x', 'until 50000'],
    ['toYaml $x', 'until 50000'],
    ['fromYaml $x', 'repeat 50000 "a: 1\\n"'],
    ['print $x', 'until 50000'],
    ['bcrypt "x"', '1'],
    ['derivePassword 1 "long" "p" "u" "s"', '1'],
    ['genCA "x" 1', '1'],
    ['genPrivateKey "dsa"', '1'],
    ['dateInZone "MST" now "Europe/Berlin"', '1'],
    ['tpl (printf "%d{{ 1 }}" .) $', '1'],
    ['regexMatch (printf "%d(a{900})+" .) "a"', '1'],
  ])('%s', (use, start) => {
    expect(ending(looped(start, use))).toContain(STEPS)
  })

  test('files that are read again and again', () => {
    const big = { big: 'x\n'.repeat(100_000) }
    for (const read of [
      '$.Files.Get "big"',
      '$.Files.Lines "big"',
      '($.Files.Glob "*").AsConfig',
      '($.Files.Glob "*").AsSecrets',
    ]) {
      expect(ending(looped('1', read), '', big)).toContain(STEPS)
    }
  })

  test('maps that grow while they are gone over', () => {
    expect(
      output(
        '{{ range $k, $v := .Values }}{{ $_ := set $.Values (print $k $k) $v }}{{ end }}{{ len .Values }}',
        'a: 1\nb: 2',
      ),
    ).toBe('4')
  })
})

describe('patterns', () => {
  test.each([
    ['regexMatch "^(a+)+$" (printf "%sb" (repeat 20000 "a"))', 'false'],
    ['regexReplaceAll "(x+x+)+y" (repeat 20000 "x") "z" | len', '20000'],
    ['regexMatch (repeat 5000 "a") "a"', 'false'],
    ['regexMatch (repeat 500 "a{1000}") "a"', 'false'],
    ['regexMatch (printf "%sa%s" (repeat 900 "(") (repeat 900 ")*")) "aaaa"', 'true'],
  ])('%s', (expression, written) => {
    expect(output(`{{ ${expression} }}`)).toBe(written)
  })

  test('whose matches are sought again and again', () => {
    expect(ending('{{ regexFindAll "a.*b|a" (repeat 50000 "a") -1 | len }}')).toContain(STEPS)
  })

  test('of schemas', () => {
    const schema = { 'values.schema.json': '{"properties": {"a": {"pattern": "^(a+)+$"}}}' }
    expect(ending('x', `a: ${'a'.repeat(20_000)}b`, schema)).toContain('does not match pattern')
  })

  test.each([
    ['*a'.repeat(30)],
    ['**/'.repeat(30)],
    ['{a,'.repeat(2000)],
    ['{a,b}'.repeat(100)],
    [`[${'a-z'.repeat(10_000)}]`],
  ])('of files: %.20s', (pattern) => {
    expect(output(`{{ .Files.Glob "${pattern}b" | len }}`)).toMatch(/^\d+$/)
  })
})

describe('what is read', () => {
  const bomb = ['a: &a [1,1,1,1,1,1,1,1,1,1]']
  for (const [at, name] of 'bcdefghij'.split('').entries()) {
    const before = `*${'abcdefghi'[at]}`
    bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => before).join(',')}]`)
  }

  test('aliases that multiply', () => {
    expect(() => chartOf({ 'values.yaml': bomb.join('\n') })).toThrow('excessive aliasing')
    const read = output('{{ fromYaml .Values.text | toJson }}', `text: ${JSON.stringify(bomb.join('\n'))}`)
    expect(read).toContain('excessive aliasing')
    const { rendering } = renderChart(chartOf({ 'templates/page.yaml': bomb.join('\n') }))
    expect(JSON.stringify(rendering && manifestOf(rendering))).toContain('excessive aliasing')
  })

  const deep = '['.repeat(50_000) + ']'.repeat(50_000)

  test('depth', () => {
    expect(() => chartOf({ 'values.yaml': `a: ${deep}` })).toThrow('exceeded max depth')
    expect(() => chartOf({ 'Chart.yaml': `apiVersion: v2\nname: x\nversion: 1.0.0\nannotations: ${deep}` })).toThrow(
      'exceeded max depth',
    )
    expect(output('{{ fromJson .Values.s }}', `s: '{"a": ${deep}}'`)).toContain('500 levels')
    expect(output('{{ fromToml .Values.s }}', `s: 'a = ${deep}'`)).toContain('too deep')
    expect(output('x', '', { sets: [{ kind: 'set-json', text: `a=${deep}` }] })).toContain('exceeded max depth')
    expect(output('x', '', { sets: [{ kind: 'set', text: `${'a.'.repeat(10_000)}b=1` }] })).toContain('nested level')
    expect(output('x', '', { sets: [{ kind: 'set', text: 'a[65537]=1' }] })).toContain('maximum supported index')
  })

  test.each([
    ['parentheses', `{{ ${'('.repeat(50_000)}1${')'.repeat(50_000)} }}`],
    ['blocks', '{{ if true }}'.repeat(50_000) + '{{ end }}'.repeat(50_000)],
    ['branches', `{{ if true }}${'{{ else if true }}'.repeat(50_000)}{{ end }}`],
  ])('templates with deep %s', (_, template) => {
    expect(ending(template)).toContain('in each other')
  })

  test.each([['{{ '], ['{{/*'], ['{{ "\\"'], ['{{ `'], ['}}'], ['{{- ']])('%s without an end', (part) => {
    expect(ending(part.repeat(200_000))).toMatch(/parse error|nothing/)
  })

  test('a long line', () => {
    expect(output(`{{ 1${' | print'.repeat(50_000)} }}`)).toBe('1')
    expect(output('{{ 1 }}'.repeat(50_000))).toHaveLength(50_000)
  })

  test('files that are too large or too many', () => {
    expect(loadChart(bytesOf({ 'templates/a.yaml': 'x'.repeat(6_000_000) })).error?.message).toContain(
      'maximum file size',
    )
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`f${at}`, '']))
    expect(loadChart(bytesOf(many), { limits: { files: 100 } }).error?.message).toContain('more than 100 files')
  })

  test('aliases of charts, which multiply', () => {
    const describeChart = (name: string): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`
    const aliases = Array.from({ length: 10 }, (_, at) => `- {name: c, version: 1.0.0, alias: d${at}}`).join('\n')
    const texts = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [
        `${'charts/c/'.repeat(at)}Chart.yaml`,
        `${describeChart(at === 0 ? 'web' : 'c')}${at < 9 ? `dependencies:\n${aliases}` : ''}`,
      ]),
    )
    expect(rendered(texts)['error']).toContain('too many charts')
  })
})

describe('keys that JavaScript knows', () => {
  const sets = [
    { kind: 'set', text: '__proto__.b=1' },
    { kind: 'set', text: 'constructor.prototype.c=1' },
    { kind: 'set-json', text: '{"__proto__": {"d": 1}}' },
  ] as const

  test('are keys like others', () => {
    const shown = '{{ toJson .Values.__proto__ }} {{ .Values.constructor }} {{ .Values.toString }} {{ (dict).valueOf }}'
    expect(output(shown, '__proto__: {a: 1}', { sets })).toBe('{"a":1,"b":1,"d":1} map[prototype:map[c:1]]  ')
    const own: Record<string, unknown> = {}
    expect([own['a'], own['b'], own['c'], own['d']]).toEqual([undefined, undefined, undefined, undefined])
  })

  test.each([
    ['set (dict) "__proto__" 1 | toJson', '{"__proto__":1}'],
    ['fromJson "{\\"__proto__\\": {\\"x\\": 1}}" | toYaml', '__proto__:\n  x: 1'],
    ['fromYaml "__proto__: {x: 1}" | toJson', '{"__proto__":{"x":1}}'],
    ['fromToml "__proto__ = 1" | toToml', '__proto__ = 1\n'],
    ['merge (dict) (dict "__proto__" (dict "x" 1)) | toJson', '{"__proto__":{"x":1}}'],
    ['deepCopy (dict "__proto__" (dict "x" 1)) | toJson', '{"__proto__":{"x":1}}'],
    ['hasKey (dict) "__proto__"', 'false'],
    ['get (dict) "constructor"', ''],
    ['dig "__proto__" "x" "none" (dict)', 'none'],
  ])('%s', (expression, written) => {
    expect(output(`{{ ${expression} }}`)).toBe(written)
  })

  test('also as names of templates and files', () => {
    expect(output('{{ define "__proto__" }}p{{ end }}{{ include "__proto__" . }}')).toBe('p')
    expect(output('{{ include "constructor" . }}')).toContain('no template "constructor"')
    expect(output('{{ .Files.Get "constructor" }}')).toBe('')
  })

  test('also in schemas', () => {
    const texts = {
      'values.schema.json': '{"properties": {"__proto__": {"type": "string"}}}',
      'values.yaml': '__proto__: {x: 1}',
    }
    expect(rendered(texts)['error']).toContain("at '/__proto__': got object, want string")
  })
})
