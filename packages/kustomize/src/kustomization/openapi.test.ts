import { expect, test } from 'vitest'

import { built, failure, named, output, type Texts } from '../../testing/kustomizations.ts'

const merged = (key: string): object => ({
  type: 'array',
  items: { $ref: '#/definitions/item' },
  'x-kubernetes-patch-merge-key': key,
  'x-kubernetes-patch-strategy': 'merge',
})

/** A description of the kind Hive, whose bees are told apart by names, and whose frames hold frames. */
const schema = JSON.stringify({
  definitions: {
    hive: {
      properties: { spec: { properties: { bees: merged('name'), frames: { $ref: '#/definitions/frame' } } } },
      'x-kubernetes-group-version-kind': [{ group: 'e.x', version: 'v1', kind: 'Hive' }],
    },
    item: { properties: { name: { type: 'string' } } },
    frame: { properties: { cells: merged('id'), inner: { $ref: '#/definitions/frame' } } },
  },
})

const hive = (spec: string, version = 'v1'): string => `${named(`e.x/${version}`, 'Hive', 'h')}spec: ${spec}\n`
const pod = (volumes: string): string => `${named('v1', 'Pod', 'p')}spec: {volumes: ${volumes}}\n`

/** A hive or a pod under a patch, in folders that the kustomization may name. */
const folders: Texts = {
  'hive/kustomization.yaml': 'openapi: {path: s.json}\nresources: [h.yaml]\npatches: [{path: p.yaml}]\n',
  'hive/s.json': schema,
  'hive/h.yaml': hive('{bees: [{name: a, size: 1}, {name: b}]}'),
  'hive/p.yaml': hive('{bees: [{name: a, size: 2}]}'),
  'pod/kustomization.yaml': 'resources: [p.yaml]\npatches: [{path: q.yaml}]\n',
  'pod/p.yaml': pod('[{name: a}, {name: b}]'),
  'pod/q.yaml': pod('[{name: c}]'),
}
const bees = '  bees:\n  - name: a\n    size: 2\n  - name: b\n'
const allVolumes = '  volumes:\n  - name: c\n  - name: a\n  - name: b\n'
const lastVolume = '  volumes:\n  - name: c\n'

test('a description says by which keys lists are merged', async () => {
  expect(await output(folders, 'hive')).toContain(bees)
})

test('types may name themselves', async () => {
  const text = await output({
    ...folders,
    'kustomization.yaml': 'openapi: {path: hive/s.json}\nresources: [h.yaml]\npatches: [{path: p.yaml}]\n',
    'h.yaml': hive('{frames: {inner: {inner: {cells: [{id: a}, {id: b}]}}}}'),
    'p.yaml': hive('{frames: {inner: {inner: {cells: [{id: c}]}}}}'),
  })
  expect(text).toContain('cells:\n        - id: c\n        - id: a\n        - id: b\n')
})

test('it is about its version alone', async () => {
  const text = await output({
    ...folders,
    'kustomization.yaml': 'openapi: {path: hive/s.json}\nresources: [h.yaml]\npatches: [{path: p.yaml}]\n',
    'h.yaml': hive('{bees: [{name: a}]}', 'v2'),
    'p.yaml': hive('{bees: [{name: b}]}', 'v2'),
  })
  expect(text).toContain('spec:\n  bees:\n  - name: b\n')
})

test('it is instead of the types of Kubernetes from where it is met, as in kustomize', async () => {
  const inOrder = (order: string): Promise<string> =>
    output({ ...folders, 'kustomization.yaml': `resources: ${order}\n` })
  expect(await inOrder('[pod, hive]')).toContain(allVolumes)
  const text = await inOrder('[hive, pod]')
  expect(text).toContain(bees)
  expect(text).toContain(lastVolume)
})

test('the first description counts', async () => {
  const text = await output({
    ...folders,
    'kustomization.yaml': 'openapi: {path: none.json}\nresources: [hive]\n',
    'none.json': '{"definitions": {}}',
  })
  expect(text).toContain('spec:\n  bees:\n  - name: a\n    size: 2\n')
  expect(text).not.toContain('name: b')
})

test('types that name each other in every way are read once', async () => {
  const names = Array.from({ length: 200 }, (_, at) => `t${at}`)
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name}` }]))
  const type = { properties, 'x-kubernetes-group-version-kind': [{ group: 'e.x', version: 'v1', kind: 'Hive' }] }
  const definitions = Object.fromEntries(names.map((name) => [name, type]))
  const { objects } = await built({
    ...folders,
    'kustomization.yaml': 'openapi: {path: s.json}\nresources: [hive]\n',
    's.json': JSON.stringify({ definitions }),
  })
  expect(objects).toHaveLength(1)
  const loop = { definitions: { a: { $ref: '#/definitions/a', 'x-kubernetes-group-version-kind': [{ kind: 'A' }] } } }
  const texts = { 'kustomization.yaml': 'openapi: {path: s.json}\n', 's.json': JSON.stringify(loop) }
  expect(await failure(texts)).toBe('it was built')
})
