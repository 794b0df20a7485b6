/** Generated ConfigMaps and Secrets. */
import { describe, expect, test } from 'vitest'

import { built, configMap, failure, names, output, type Texts } from '../../testing/kustomizations.ts'

const plain = 'generatorOptions: {disableNameSuffixHash: true}\n'

/** What one generator makes, without a hash. */
function made(entry: string, more: Texts = {}): Promise<string> {
  return output({ 'kustomization.yaml': `${plain}configMapGenerator: [${entry}]\n`, ...more })
}

const cannotMake = (entry: string, more: Texts = {}): Promise<string> =>
  failure({ 'kustomization.yaml': `configMapGenerator:\n- ${entry}\n`, ...more })

describe('the data of a generator', () => {
  test('are literals, as they are or in quotes', async () => {
    const literals = `["a=1", "b=x=y", 'c="q r"', "d='s'", "e=", 'f="', "g=line\\nline"]`
    expect(await made(`{name: c, literals: ${literals}}`)).toBe(`apiVersion: v1
data:
  a: "1"
  b: x=y
  c: q r
  d: s
  e: ""
  f: '"'
  g: |-
    line
    line
kind: ConfigMap
metadata:
  name: c
`)
  })

  test('are files, under their names or others', async () => {
    const text = await made('{name: c, files: [in/a.txt, b=in/a.txt]}', { 'in/a.txt': 'one\ntwo\n' })
    expect(text).toContain('data:\n  a.txt: |\n    one\n    two\n  b: |\n    one\n    two\n')
  })

  test('are lines of files', async () => {
    const env = '\uFEFFA=1\r\n# no\n\n  B=x=y \n'
    expect(await made('{name: c, envs: [e.env]}', { 'e.env': env })).toContain('data:\n  A: "1"\n  B: \'x=y \'\n')
    expect(await made('{name: c, env: e.env}', { 'e.env': 'A=1' })).toContain('A: "1"')
  })

  test('are bytes where a file is no UTF-8, which stand as half pairs', async () => {
    const text = await made('{name: c, files: [a.bin]}', { 'a.bin': 'a\uDCFF\uDC80\u00e9' })
    expect(text).toContain(`binaryData:\n  a.bin: ${Buffer.from([0x61, 0xff, 0x80, 0xc3, 0xa9]).toString('base64')}\n`)
  })

  test('of Secrets are base64', async () => {
    const text = await output({
      'kustomization.yaml': `${plain}secretGenerator: [{name: s, type: kubernetes.io/tls, literals: [a=b], files: [long]}]\n`,
      long: 'x'.repeat(60),
    })
    expect(text).toContain('a: Yg==\n')
    expect(text).toContain('type: kubernetes.io/tls\n')
    expect(text.replaceAll(/\s/g, '')).toContain(Buffer.from('x'.repeat(60)).toString('base64'))
  })

  test.each([
    ['{literals: [a=b]}', 'a ConfigMap generator has no name'],
    ['{name: c, literals: [a]}', 'invalid literal source a, expected key=value'],
    ['{name: c, literals: ["=b"]}', 'invalid literal source =b, expected key=value'],
    ['{name: c, literals: [a=b, a=c]}', 'cannot add key a, another key by that name already exists'],
    ['{name: c, literals: ["a b=c"]}', '"a b" is not a valid key name'],
    ['{name: c, files: [gone]}', 'loading KV pairs: file sources: gone cannot be read'],
    ['{name: c, files: ["a=b=c"]}', 'invalid file source a=b=c'],
    ['{name: c, behavior: join}', 'behavior join is none of create, merge and replace'],
    ['{name: c, behavior: merge}', 'id ConfigMap.v1.[noGrp]/c.[noNs] does not exist; cannot merge or replace'],
  ])('of %s end the build', async (entry, expected) => {
    expect(await cannotMake(entry)).toBe(`kustomization.yaml:2: ${expected}`)
  })
})

describe('options', () => {
  test('of all generators and of one are joined', async () => {
    const shared = 'generatorOptions: {labels: {a: "1", b: "1"}, annotations: {note: m}, disableNameSuffixHash: true}\n'
    const own = '{name: c, options: {labels: {b: "2"}, immutable: true}}'
    expect(await output({ 'kustomization.yaml': `${shared}configMapGenerator: [${own}]\n` })).toBe(`apiVersion: v1
immutable: true
kind: ConfigMap
metadata:
  annotations:
    note: m
  labels:
    a: "1"
    b: "2"
  name: c
`)
  })

  test('put a hash on names, or not', async () => {
    const of = (entry: string): Promise<string[]> => names({ 'kustomization.yaml': `configMapGenerator: [${entry}]\n` })
    expect(await of('{name: c}')).toEqual(['ConfigMap c-6ct58987ht'])
    expect(await of('{name: c, options: {disableNameSuffixHash: true}}')).toEqual(['ConfigMap c'])
    expect(await of('{name: c, literals: [a=b]}')).not.toEqual(await of('{name: c, literals: [a=c]}'))
  })
})

describe('behaviors', () => {
  const base = (behavior: string): Texts => ({
    'top/kustomization.yaml': `resources: [../base]\nnamePrefix: x-\n${plain}configMapGenerator: [{name: c, behavior: ${behavior}, literals: [b=3, c=4]}]\n`,
    'base/kustomization.yaml': 'configMapGenerator: [{name: c, literals: [a=1, b=2]}]\n',
  })

  test('merge and replace change what a base made', async () => {
    expect(await output(base('merge'), 'top')).toContain('data:\n  a: "1"\n  b: "3"\n  c: "4"\n')
    expect(await output(base('replace'), 'top')).toContain('data:\n  b: "3"\n  c: "4"\n')
    expect(await names(base('merge'), 'top')).toEqual(['ConfigMap x-c'])
  })

  test('merge changes what stands in a file as well', async () => {
    const texts = {
      'kustomization.yaml': `${plain}resources: [c.yaml]\nconfigMapGenerator: [{name: c, behavior: merge, literals: [b=2]}]\n`,
    }
    expect(await output({ ...texts, 'c.yaml': `${configMap('c')}data: {a: "1"}\n` })).toContain('a: "1"\n  b: "2"\n')
  })

  test('create does not', async () => {
    expect(await failure(base('create'), 'top')).toBe(
      'top/kustomization.yaml:4: behavior must be merge or replace for ConfigMap.v1.[noGrp]/c.[noNs], which exists',
    )
  })
})

describe('helmCharts', () => {
  const texts = {
    'kustomization.yaml':
      'namePrefix: x-\nhelmCharts:\n- name: web\n  version: 1.0.0\n  releaseName: r\n  namespace: ns\n  valuesFile: v.yaml\n  valuesInline: {a: {b: 1}}\n  includeCRDs: true\n',
    'charts/web/Chart.yaml': 'name: web\n',
    'v.yaml': 'a: 2\n',
  }

  test('are rendered by whoever builds', async () => {
    const { objects } = await built(texts, '.', {
      renderChart: (request) => {
        expect(request).toMatchObject({ directory: 'charts/web', releaseName: 'r', namespace: 'ns', includeCrds: true })
        expect(request.values.map(({ text }) => text)).toEqual(['a: 2\n', 'a:\n  b: 1\n'])
        return configMap('made')
      },
    })
    expect(objects.map(({ text, source }) => [text, source.file, source.line, source.generator])).toEqual([
      [configMap('x-made'), 'kustomization.yaml', 3, 'helmCharts'],
    ])
  })

  test.each([
    ['valuesFile: v.yaml, valuesInline: {i: 1}, additionalValuesFiles: [w.yaml]', ['v', 'i', 'w']],
    ['valuesFile: v.yaml, valuesInline: {i: 1}, valuesMerge: merge', ['i', 'v']],
    ['valuesInline: {i: 1}, valuesMerge: merge', ['i', 'c']],
    ['valuesFile: v.yaml, valuesInline: {i: 1}, valuesMerge: replace', ['i']],
    ['valuesFile: v.yaml, valuesMerge: replace', ['v']],
    ['additionalValuesFiles: [w.yaml, v.yaml]', ['w', 'v']],
  ])('with %s are given values in this order', async (fields, expected) => {
    const files = { 'v.yaml': 'v: 1\n', 'w.yaml': 'w: 1\n', 'charts/web/values.yaml': 'c: 1\n' }
    const kustomization = { 'kustomization.yaml': `helmCharts: [{name: web, ${fields}}]\n` }
    await built({ ...texts, ...files, ...kustomization }, '.', {
      renderChart: ({ values }) => {
        expect(values.map(({ text }) => text[0])).toEqual(expected)
        return ''
      },
    })
    expect.assertions(1)
  })

  test('of old are read as well', async () => {
    const old =
      'helmChartInflationGenerator: [{chartName: web, releaseName: r, values: v.yaml, valuesLocal: {c: 1}, valuesMerge: merge}]\n'
    await built({ ...texts, 'kustomization.yaml': old }, '.', {
      renderChart: (request) => {
        expect(request.values.map(({ text }) => text)).toEqual(['c: 1\n', 'a: 2\n'])
        return ''
      },
    })
  })

  test('are not fetched, and not rendered by nobody', async () => {
    expect(await failure(texts)).toBe('kustomization.yaml:3: helmCharts: charts are not rendered in this build')
    const { 'kustomization.yaml': top } = texts
    expect(await failure({ 'kustomization.yaml': top }, '.', { renderChart: () => '' })).toMatch(
      /^kustomization.yaml:3: no chart web in charts: charts are not fetched/,
    )
  })
})
