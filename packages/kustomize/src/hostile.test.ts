/** What is meant to do harm ends with a clear problem: no crash, no hang, no memory without bounds. */
import { describe, expect, test } from 'vitest'

import { built, configMap, failure, named, output, outputOf, type Texts } from '../testing/kustomizations.ts'

const one = { 'base/kustomization.yaml': 'resources: [one.yaml]\n', 'base/one.yaml': configMap('one') }
const many = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('')

describe('kustomizations', () => {
  test('nest so deep', async () => {
    const texts: Record<string, string> = { 'd300/kustomization.yaml': 'resources: []\n' }
    for (let at = 0; at < 300; at++) texts[`d${at}/kustomization.yaml`] = `resources: [../d${at + 1}]\n`
    expect(await failure(texts, 'd0')).toContain('kustomizations nest more than 100 deep')
  })

  test('that name a base ten thousand times end at the second', async () => {
    const texts = { ...one, 'kustomization.yaml': `resources:\n${'- base\n'.repeat(10_000)}` }
    expect(await failure(texts)).toBe(
      'base/one.yaml:1: may not add resource with an already registered id: ConfigMap.v1.[noGrp]/one.[noNs]',
    )
  })

  test('that double with every level are so many', async () => {
    const texts: Record<string, string> = { 'd60/kustomization.yaml': 'resources: []\n' }
    for (let at = 0; at < 60; at++) texts[`d${at}/kustomization.yaml`] = `resources: [../d${at + 1}, ../d${at + 1}]\n`
    expect(await failure(texts, 'd0', { limits: { kustomizations: 500 } })).toContain(
      'more than 500 kustomizations are built',
    )
  })

  test('make so many objects', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': many(11, (at) => `---\n${configMap(`c${at}`)}`),
    }
    expect(await failure(texts, '.', { limits: { objects: 10 } })).toBe('kustomization.yaml:: more than 10 objects')
  })

  test('may be bombs of aliases', async () => {
    const levels = many(20, (at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}*a${at}]\n`)
    expect(await failure({ 'kustomization.yaml': `a0: &a0 [x]\n${levels}` })).toMatch(
      /^kustomization.yaml:\d+: invalid Kustomization/,
    )
    const bomb = `apiVersion: v1\nkind: X\nmetadata: {name: x}\na0: &a0 [x]\n${levels}`
    expect(await failure({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': bomb })).toMatch(
      /^a.yaml:\d+: .*MalformedYAMLError/,
    )
  })
})

describe('patches', () => {
  const thing = `${named('example.com/v1', 'Thing', 't')}spec: {a: {b: c}}\n`
  const patches = (operations: string): Texts => ({
    'kustomization.yaml': 'resources: [t.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Thing}\n',
    't.yaml': thing,
    'p.yaml': operations,
  })

  test('nest no deeper than the reader reads', async () => {
    const nested = `${named('example.com/v1', 'Thing', 't')}spec: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}\n`
    expect(await failure(patches(nested))).toMatch(/^p.yaml:\d+: unable to parse SM or JSON patch/)
  })

  test('do not double what is there for ever', async () => {
    const copies = many(100, (at) => `- {op: copy, from: /spec, path: /spec/x${at}}\n`)
    expect(await failure(patches(copies))).toMatch(
      /^p.yaml:1: (?:the build makes more than \d+ fields|an object nests more than 250 deep)/,
    )
  })

  test('do not nest what is there for ever', async () => {
    const wraps = many(
      20_000,
      () =>
        '- {op: add, path: /tmp, value: {}}\n- {op: move, from: /spec, path: /tmp/s}\n- {op: move, from: /tmp, path: /spec}\n',
    )
    expect(await failure(patches(wraps))).toBe('p.yaml:1: an object nests more than 250 deep')
  })

  test('of long lists and mappings take linear time', async () => {
    const entries = (from: number): string => many(20_000, (at) => `    - name: v${at + from}\n`)
    const keys = (from: number): string => many(20_000, (at) => `    k${at + from}: v\n`)
    const object = (from: number): string =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  labels:\n${keys(from)}spec:\n  volumes:\n${entries(from)}`.replaceAll(
        '    - name',
        '  - name',
      )
    const text = await outputOf('patches: [{path: p.yaml}]', object(0), { 'p.yaml': object(10_000) })
    expect(text.match(/- name: v/g)).toHaveLength(30_000)
    expect(text.match(/ k\d+: v/g)).toHaveLength(30_000)
  })
})

describe('fields', () => {
  test('of replacements do not grow for ever', async () => {
    const grow =
      '- {source: {kind: ConfigMap, fieldPath: data.a}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a], options: {delimiter: "|", index: 9}}]}\n'
    const texts = {
      'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n${grow.repeat(60)}`,
      'a.yaml': `${configMap('a')}data: {a: abcdefghij}\n`,
    }
    expect(await failure(texts)).toMatch(/^kustomization.yaml:\d+: the build makes a text of more than \d+ characters/)
    const nest =
      '- {source: {kind: Thing, fieldPath: spec}, targets: [{select: {kind: Thing}, fieldPaths: [spec.x], options: {create: true}}]}\n'
    const things = {
      'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n${nest.repeat(400)}`,
      'a.yaml': `${named('e.x/v1', 'Thing', 't')}spec: {y: z}\n`,
    }
    expect(await failure(things)).toMatch(/^kustomization.yaml:\d+: (?:the build makes|an object nests) more than/)
  })

  test('are not made a million levels deep', async () => {
    const path = `spec${'.a'.repeat(100_000)}`
    const texts = {
      'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n- sourceValue: x\n  targets: [{select: {kind: Thing}, fieldPaths: [${path}], options: {create: true}}]\n`,
      'a.yaml': named('e.x/v1', 'Thing', 't'),
    }
    expect(await failure(texts)).toMatch(/^kustomization.yaml:3: a path has more than 200 parts/)
    const labels = {
      ...texts,
      'kustomization.yaml': `resources: [a.yaml]\nlabels: [{pairs: {a: b}, fields: [{path: ${path.replaceAll('.', '/')}, create: true}]}]\n`,
    }
    expect(await failure(labels)).toMatch(/^kustomization.yaml:2: a path has more than 200 parts/)
  })

  test('of variables do not grow for ever', async () => {
    const texts = {
      'kustomization.yaml': `resources: [a.yaml]\nvars: [{name: V, objref: {apiVersion: v1, kind: ConfigMap, name: a}, fieldref: {fieldpath: data.a}}]\n`,
      'a.yaml': `${configMap('a')}  annotations: {x: "${'$(V)'.repeat(10_000)} "}\ndata: {a: ${'x'.repeat(100_000)}}\n`,
    }
    expect(await failure(texts)).toMatch(/the build makes a text of more than \d+ characters/)
  })

  test('of labels do not fill the memory', async () => {
    const texts = {
      'kustomization.yaml': `resources: [a.yaml]\ncommonLabels:\n${many(1000, (at) => `  l${at}: v\n`)}`,
      'a.yaml': many(100, (at) => `---\n${configMap(`c${at}`)}`),
    }
    expect(await failure(texts, '.', { limits: { fields: 50_000 } })).toBe(
      'kustomization.yaml:2: the build makes more than 50000 fields',
    )
  })
})

describe('names', () => {
  test('of every object may be those of others', async () => {
    const text = await output({
      'kustomization.yaml':
        'resources: [a.yaml]\nnamePrefix: x-\nconfigMapGenerator: [{name: __proto__, literals: [__proto__=a, constructor=b]}]\n',
      'a.yaml': `${named('v1', 'Pod', 'constructor')}spec: {containers: [{envFrom: [{configMapRef: {name: __proto__}}]}]}\n`,
    })
    expect(text).toMatch(/configMapRef:\n {8}name: x-__proto__-\w{10}\n/)
    expect(text).toContain('data:\n  __proto__: a\n  constructor: b\n')
  })

  test('of 6,000 objects are followed in linear time', async () => {
    const pods = many(
      3_000,
      (at) =>
        `---\n${named('v1', 'Pod', `p${at}`)}spec: {containers: [{envFrom: [{configMapRef: {name: c${at}}}]}]}\n---\n${configMap(`c${at}`)}`,
    )
    const { objects } = await built({
      'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: x-\nnamespace: n1\n',
      'a.yaml': pods,
    })
    expect(objects.at(-1)?.text).toMatch(/configMapRef:\n {8}name: x-c\d+\n/)
  })
})
