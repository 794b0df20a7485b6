/** Where fields of built objects were set. */
import { describe, expect, test } from 'vitest'

import { built, type Texts } from '../testing/kustomizations.ts'
import { placeOf } from './index.ts'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - {name: side, image: side:1}
      - {name: web, image: app, envFrom: [{configMapRef: {name: c}}]}
      volumes: [{name: v, secret: {secretName: s}}]
`

/** For every path its place as `file:line by`, or nothing. */
async function places(kustomization: string, paths: readonly string[], more: Texts = {}): Promise<string[]> {
  const texts = { 'kustomization.yaml': `resources: [web.yaml]\n${kustomization}`, 'web.yaml': deployment, ...more }
  const { objects } = await built(texts)
  const object = objects.find(({ text }) => text.includes('kind: Deployment'))
  return paths.map((path) => {
    const place = object && placeOf(object, path)
    return place === undefined ? '' : `${place.file}:${place.line} ${place.by}`
  })
}

const containers = 'spec.template.spec.containers'

describe('the place of a field', () => {
  test('is that of the base where nothing changed it', async () => {
    expect(await places('namePrefix: x-\n', ['kind', 'spec', `${containers}[0].image`])).toEqual(['', '', ''])
  })

  test.each([
    ['namePrefix: x-', 'metadata.name', 'namePrefix'],
    ['nameSuffix: -x', 'metadata.name', 'nameSuffix'],
    ['namespace: shop', 'metadata.namespace', 'namespace'],
    ['commonLabels: {a: b}', 'spec.selector.matchLabels.a', 'commonLabels'],
    ['commonAnnotations: {a: b}', 'metadata.annotations.a', 'commonAnnotations'],
    ['labels: [{pairs: {a: b}}]', 'metadata.labels.a', 'labels'],
    ['replicas: [{name: web, count: 2}]', 'spec.replicas', 'replicas'],
    ['images: [{name: app, newTag: v2}]', `${containers}[1].image`, 'images'],
    [
      'replacements: [{sourceValue: x, targets: [{select: {name: web}, fieldPaths: ["spec.template.spec.containers.*.image"]}]}]',
      `${containers}[1].image`,
      'replacements',
    ],
    ['configMapGenerator: [{name: c}]', `${containers}[1].envFrom[0].configMapRef.name`, 'configMapGenerator'],
    ['secretGenerator: [{name: s}]', 'spec.template.spec.volumes[0].secret.secretName', 'secretGenerator'],
    [
      'transformers: ["{apiVersion: builtin, kind: LabelTransformer, metadata: {name: l},\\n labels: {a: b}, fieldSpecs: [{path: metadata/labels, create: true}]}"]',
      'metadata.labels.a',
      'labels',
    ],
  ])('of %s', async (kustomization, path, by) => {
    expect(await places(`\n${kustomization}\n`, [path])).toEqual([`kustomization.yaml:3 ${by}`])
  })

  test('of an image is that of its entry', async () => {
    const images = 'images:\n- {name: other, newTag: v1}\n- {name: side, newTag: v1}\n- {name: app, newTag: v2}\n'
    expect(await places(images, [`${containers}[0].image`, `${containers}[1].image`])).toEqual([
      'kustomization.yaml:4 images',
      'kustomization.yaml:5 images',
    ])
  })

  test('of a patch is that of the patch, wherever lists bring its entries', async () => {
    const patch = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {hostPID: true, volumes: null, containers: [{name: web, tty: true}, {name: new, image: x}]}}}
`
    const paths = ['[0].tty', '[0].image', '[1].name', '[1].image', '[2].image'].map((path) => containers + path)
    const found = await places(
      'patches: [{path: p.yaml}]\n',
      [...paths, 'spec.template.spec.hostPID', 'spec.template.spec.volumes', 'metadata.name'],
      { 'p.yaml': patch },
    )
    const here = 'p.yaml:1 patch'
    expect(found).toEqual([here, '', here, here, '', here, here, ''])
  })

  test('of a JSON patch is that of the patch', async () => {
    const operations = `- {op: add, path: /spec/template/spec/containers/0, value: {name: first}}
- {op: replace, path: /spec/template/spec/containers/2/image, value: x}
- {op: test, path: /kind, value: Deployment}
`
    const paths = ['[0]', '[1].image', '[2].image'].map((path) => containers + path)
    expect(
      await places('patches:\n- target: {name: web}\n  path: p.yaml\n', [...paths, 'kind'], { 'p.yaml': operations }),
    ).toEqual(['p.yaml:1 patch', '', 'p.yaml:1 patch', ''])
  })

  test('is the last one', async () => {
    const text =
      'images: [{name: app, newTag: v2}]\nreplacements:\n- {sourceValue: x, targets: [{select: {name: web}, fieldPaths: ["spec.template.spec.containers.1.image"]}]}\n'
    expect(await places(text, [`${containers}[1].image`])).toEqual(['kustomization.yaml:4 replacements'])
  })
})
