/** What kustomizations come to: which objects there are, in which order, and where they are from. */
import { describe, expect, test } from 'vitest'

import { built, configMap, failure, named, names, output, outputOf } from '../testing/kustomizations.ts'

describe('resources', () => {
  test('are the objects of files and folders, sorted as kubectl sorts them', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [web.yaml, base]\n',
      'web.yaml': `${named('apps/v1', 'Deployment', 'web')}---\n${named('v1', 'Service', 'web')}`,
      'base/kustomization.yml': 'resources: [one.yaml]\n',
      'base/one.yaml': named('v1', 'Namespace', 'shop'),
    }
    expect(await names(texts)).toEqual(['Namespace shop', 'Service web', 'Deployment web'])
  })

  test('may lie above the folder, and in lists', async () => {
    const texts = {
      'overlays/dev/kustomization.yaml': 'resources: [../../list.yaml, ../../base]\n',
      'list.yaml': 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n',
      'base/Kustomization': 'resources: [b.yaml]\n',
      'base/b.yaml': configMap('b'),
    }
    expect(await names(texts, 'overlays/dev')).toEqual(['ConfigMap a', 'ConfigMap b'])
  })

  test('of folders have the changes of these folders alone', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [a, b]\nnamePrefix: top-\n',
      'a/kustomization.yaml': 'resources: [../base]\nnamePrefix: a-\n',
      'b/kustomization.yaml': 'resources: [../base]\nnamePrefix: b-\n',
      'base/kustomization.yaml': 'resources: [one.yaml]\n',
      'base/one.yaml': configMap('one'),
    }
    expect(await names(texts)).toEqual(['ConfigMap top-a-one', 'ConfigMap top-b-one'])
  })

  test('that are local to the configuration are left out', async () => {
    const local = `${configMap('one')}  annotations:\n    config.kubernetes.io/local-config: "true"\n`
    const texts = { 'kustomization.yaml': 'resources: [one.yaml, two.yaml]\n', 'one.yaml': local }
    expect(await names({ ...texts, 'two.yaml': configMap('two') })).toEqual(['ConfigMap two'])
    const kept = { ...texts, 'one.yaml': local.replace('true', 'false'), 'two.yaml': configMap('two') }
    expect(await names(kept)).toEqual(['ConfigMap one', 'ConfigMap two'])
  })

  test('may not have the same name twice', async () => {
    const texts = { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', 'a.yaml': configMap('a') }
    expect(await failure({ ...texts, 'b.yaml': configMap('a') })).toBe(
      'b.yaml:1: may not add resource with an already registered id: ConfigMap.v1.[noGrp]/a.[noNs]',
    )
    const other = `${configMap('a')}  namespace: other\n`
    expect(await names({ ...texts, 'b.yaml': other })).toEqual(['ConfigMap a', 'ConfigMap a'])
    expect(await failure({ ...texts, 'b.yaml': `${configMap('a')}  namespace: default\n` })).toContain(
      'already registered',
    )
  })
})

describe('components', () => {
  const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'
  const base = {
    'base/kustomization.yaml': 'resources: [one.yaml]\n',
    'base/one.yaml': configMap('one'),
  }

  test('change everything that was gathered before them', async () => {
    const texts = {
      ...base,
      'kustomization.yaml': 'resources: [base]\ncomponents: [left, right]\nnamePrefix: top-\n',
      'left/kustomization.yaml': `${component}nameSuffix: -left\nresources: [two.yaml]\n`,
      'left/two.yaml': configMap('two'),
      'right/kustomization.yaml': `${component}nameSuffix: -right\n`,
    }
    expect(await names(texts)).toEqual(['ConfigMap top-one-left-right', 'ConfigMap top-two-left-right'])
  })

  test('see what generators of their parent have made', async () => {
    const texts = {
      'kustomization.yaml':
        'configMapGenerator: [{name: one, literals: [a=1], options: {disableNameSuffixHash: true}}]\ncomponents: [c]\n',
      'c/kustomization.yaml': `${component}configMapGenerator: [{name: one, behavior: merge, literals: [b=2], options: {disableNameSuffixHash: true}}]\n`,
    }
    expect(await output(texts)).toBe(`apiVersion: v1
data:
  a: "1"
  b: "2"
kind: ConfigMap
metadata:
  name: one
`)
  })

  test('are no resources, and kustomizations are no components', async () => {
    const texts = { ...base, 'c/kustomization.yaml': component + 'namePrefix: c-\n' }
    expect(await failure({ ...texts, 'kustomization.yaml': 'resources:\n- c\n' })).toBe(
      "c/kustomization.yaml:2: accumulating resources from 'c': expected kind != 'Component' for path 'c'",
    )
    expect(await failure({ ...texts, 'kustomization.yaml': 'components:\n- base\n' })).toBe(
      "base/kustomization.yaml:1: accumulating components: accumulateDirectory: \"expected kind 'Component' for path 'base' but got 'Kustomization'\"",
    )
  })

  test('may be built by themselves', async () => {
    expect(
      await names({ 'kustomization.yaml': `${component}resources: [a.yaml]\n`, 'a.yaml': configMap('a') }),
    ).toEqual(['ConfigMap a'])
  })
})

describe('the order of objects', () => {
  const texts = {
    'all.yaml': [
      named('apps/v1', 'Deployment', 'b'),
      named('apps/v1', 'Deployment', 'a'),
      named('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'hook'),
      named('example.com/v1', 'Thing', 'thing'),
      named('v1', 'Secret', 'secret'),
    ].join('---\n'),
  }
  const ordered = (options: string): Promise<string[]> =>
    names({ ...texts, 'kustomization.yaml': `resources: [all.yaml]\n${options}` })

  test('is that of their kinds where nothing is said, or the legacy one', async () => {
    const expected = [
      'Secret secret',
      'Deployment a',
      'Deployment b',
      'Thing thing',
      'ValidatingWebhookConfiguration hook',
    ]
    expect(await ordered('')).toEqual(expected)
    expect(await ordered('sortOptions: {order: legacy}')).toEqual(expected)
  })

  test('may be the one in which they were read', async () => {
    expect(await ordered('sortOptions: {order: fifo}')).toEqual([
      'Deployment b',
      'Deployment a',
      'ValidatingWebhookConfiguration hook',
      'Thing thing',
      'Secret secret',
    ])
  })

  test('may be told by lists of kinds', async () => {
    const lists = '{orderFirst: [Thing, Deployment], orderLast: [Secret]}'
    expect(await ordered(`sortOptions: {order: legacy, legacySortOptions: ${lists}}`)).toEqual([
      'Thing thing',
      'Deployment a',
      'Deployment b',
      'ValidatingWebhookConfiguration hook',
      'Secret secret',
    ])
  })

  test('cannot be any other', async () => {
    expect(
      await failure({ ...texts, 'kustomization.yaml': 'resources: [all.yaml]\nsortOptions: {order: up}' }),
    ).toContain("the field 'sortOptions.order' must be one of")
    const lists = 'sortOptions: {order: fifo, legacySortOptions: {orderFirst: [], orderLast: []}}'
    expect(await failure({ ...texts, 'kustomization.yaml': `resources: [all.yaml]\n${lists}` })).toContain(
      'legacySortOptions',
    )
  })

  test('is that of the kustomization that is built', async () => {
    const nested = {
      ...texts,
      'kustomization.yaml': 'resources: [all.yaml]\nsortOptions: {order: fifo}\n',
    }
    expect((await names(nested))[0]).toBe('Deployment b')
  })
})

describe('build metadata', () => {
  test('tell of origins and of who manages the objects', async () => {
    const texts = {
      'top/kustomization.yaml':
        'resources: [../base]\nbuildMetadata: [managedByLabel, originAnnotations]\nconfigMapGenerator: [{name: b, options: {disableNameSuffixHash: true}}]\n',
      'base/kustomization.yaml': 'resources: [one.yaml]\n',
      'base/one.yaml': configMap('a'),
    }
    expect(await output(texts, 'top')).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  annotations:
    config.kubernetes.io/origin: |
      path: ../base/one.yaml
  labels:
    app.kubernetes.io/managed-by: kustomize-v5.5.0
  name: a
---
apiVersion: v1
kind: ConfigMap
metadata:
  annotations:
    config.kubernetes.io/origin: |
      configuredIn: kustomization.yaml
      configuredBy:
        apiVersion: builtin
        kind: ConfigMapGenerator
  labels:
    app.kubernetes.io/managed-by: kustomize-v5.5.0
  name: b
`)
  })
})

describe('annotations', () => {
  test('are texts, whatever they were', async () => {
    const annotations = '{port: 8080, scrape: true, ratio: 1.50, none: null, text: "8080"}'
    expect(await outputOf('', `${configMap('c')}  annotations: ${annotations}\n  labels: {port: 8080}\n`)).toBe(
      `apiVersion: v1
kind: ConfigMap
metadata:
  annotations:
    none: ""
    port: "8080"
    ratio: "1.50"
    scrape: "true"
    text: "8080"
  labels:
    port: 8080
  name: c
`,
    )
  })

  test.each(['{}', 'null', '[]'])('that are none go: %s', async (none) => {
    expect(await outputOf('', `${configMap('c')}  annotations: ${none}\n`)).toBe(configMap('c'))
  })
})

describe('an object', () => {
  test('tells where it stands and by which folders it came', async () => {
    const texts = {
      'top/kustomization.yaml': 'resources: [../base]\n',
      'base/kustomization.yaml': 'resources: [all.yaml]\n',
      'base/all.yaml': `${configMap('a')}---\n${configMap('b')}`,
    }
    const { objects, inputs } = await built(texts, 'top')
    const [, second] = objects
    expect(second?.source).toMatchObject({ file: 'base/all.yaml', line: 5, directories: ['base', 'top'] })
    expect(texts['base/all.yaml'].slice(second?.source.start, second?.source.end)).toBe(`---\n${configMap('b')}`)
    expect([...inputs].toSorted()).toEqual(['base/all.yaml', 'base/kustomization.yaml', 'top/kustomization.yaml'])
  })

  test('that was generated tells its generator', async () => {
    const { objects } = await built({
      'kustomization.yaml': 'namePrefix: a-\nsecretGenerator:\n- name: one\n- name: two\n  literals: [k=v]\n',
    })
    expect(objects.map(({ source }) => [source.file, source.line, source.generator])).toEqual([
      ['kustomization.yaml', 3, 'secretGenerator'],
      ['kustomization.yaml', 4, 'secretGenerator'],
    ])
  })
})
