/** Transformers, generators and validators that files set up. */
import { describe, expect, test } from 'vitest'

import { failure, named, names, output, outputOf } from '../../testing/kustomizations.ts'

const web = `${named('apps/v1', 'Deployment', 'web')}spec: {replicas: 1, template: {spec: {containers: [{name: w, image: app}]}}}\n`

/** What a transformer makes of a Deployment; its fields stand in braces. */
function transformed(kind: string, fields: string): Promise<string> {
  const config = `{apiVersion: builtin, kind: ${kind}, metadata: {name: t}, ${fields}}\n`
  return outputOf('transformers: [t.yaml]', web, { 't.yaml': config })
}

describe('transformers', () => {
  test.each([
    [
      'AnnotationsTransformer',
      'annotations: {a: b}, fieldSpecs: [{path: metadata/annotations, create: true}]',
      'annotations:\n    a: b',
    ],
    ['LabelTransformer', 'labels: {a: b}, fieldSpecs: [{path: spec/labels, create: true}]', 'labels:\n    a: b'],
    ['PrefixTransformer', 'prefix: x-, fieldSpecs: [{path: metadata/name}]', 'name: x-web'],
    ['SuffixTransformer', 'suffix: -x, fieldSpecs: [{path: metadata/name}]', 'name: web-x'],
    ['PrefixSuffixTransformer', 'prefix: a-, suffix: -b, fieldSpecs: [{path: metadata/name}]', 'name: a-web-b'],
    ['ImageTagTransformer', 'imageTag: {name: app, newTag: v2}', 'image: app:v2'],
    ['ReplicaCountTransformer', 'replica: {name: web, count: 3}, fieldSpecs: [{path: spec/replicas}]', 'replicas: 3'],
    [
      'PatchTransformer',
      'patch: "[{op: replace, path: /spec/replicas, value: 5}]", target: {kind: Deployment}',
      'replicas: 5',
    ],
    [
      'PatchJson6902Transformer',
      'jsonOp: "[{op: replace, path: /spec/replicas, value: 5}]", target: {name: web}',
      'replicas: 5',
    ],
    [
      'PatchStrategicMergeTransformer',
      'patches: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 7}}"',
      'replicas: 7',
    ],
    [
      'ReplacementTransformer',
      'replacements: [{sourceValue: new, targets: [{select: {kind: Deployment}, fieldPaths: [metadata.name]}]}]',
      'name: new',
    ],
    ['ValueAddTransformer', 'value: v, targets: [{selector: {kind: Deployment}, fieldPath: spec/added}]', 'added: v'],
  ])('%s with %s', async (kind, fields, expected) => {
    expect(await transformed(kind, fields)).toContain(expected)
  })

  test('put objects into a namespace, or only those without one', async () => {
    const own = web.replace('  name: web', '  name: web\n  namespace: own')
    const of = (more: string, object: string): Promise<string> =>
      outputOf('transformers: [t.yaml]', object, {
        't.yaml': `{apiVersion: builtin, kind: NamespaceTransformer, metadata: {name: t, namespace: shop}${more}}\n`,
      })
    expect(await of('', own)).toContain('namespace: shop')
    expect(await of(', unsetOnly: true', own)).toContain('namespace: own')
    expect(await of(', unsetOnly: true', web)).toContain('namespace: shop')
  })

  test('run after the fields of the kustomization, and may be written in it', async () => {
    const inline = `transformers:\n- |\n  apiVersion: builtin\n  kind: PrefixTransformer\n  metadata: {name: t}\n  prefix: x-\n  fieldSpecs: [{path: metadata/name}]\nnamePrefix: a-\n`
    expect(await outputOf(inline, web)).toContain('name: x-a-web')
  })

  test('may be set up by a kustomization', async () => {
    const text = await output({
      'kustomization.yaml': 'resources: [web.yaml]\ntransformers: [t]\n',
      'web.yaml': web,
      't/kustomization.yaml': 'resources: [one.yaml]\n',
      't/one.yaml':
        'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: t}\nprefix: x-\nfieldSpecs: [{path: metadata/name}]\n',
    })
    expect(text).toContain('name: x-web')
  })
})

describe('generators', () => {
  test('make ConfigMaps and Secrets', async () => {
    const of = (kind: string): string =>
      `{apiVersion: builtin, kind: ${kind}, metadata: {name: c, namespace: shop}, literals: [a=b], options: {disableNameSuffixHash: true}}`
    const texts = {
      'kustomization.yaml': 'generators: [g.yaml]\n',
      'g.yaml': `${of('ConfigMapGenerator')}\n---\n${of('SecretGenerator')}\n`,
    }
    expect(await names(texts)).toEqual(['ConfigMap c', 'Secret c'])
    expect(await output(texts)).toContain('namespace: shop')
  })
})

describe('what would run a program', () => {
  test.each([
    ['generators', 'loading generator plugins: failed to load generator: '],
    ['transformers', ''],
    ['validators', ''],
  ])('in %s is refused', async (field, before) => {
    const texts = { 'kustomization.yaml': `${field}:\n- p.yaml\n` }
    const refusal = `kustomization.yaml:2: ${before}external plugins disabled; unable to load external plugin`
    const own = named('example.com/v1', 'Own', 'p')
    expect(await failure({ ...texts, 'p.yaml': own })).toBe(`${refusal} 'Own'`)
    expect(await failure({ ...texts, 'p.yaml': named('builtin', 'constructor', 'p') })).toBe(`${refusal} 'constructor'`)
    expect(await failure(texts)).toContain('kustomization.yaml:2: ')
  })
})
