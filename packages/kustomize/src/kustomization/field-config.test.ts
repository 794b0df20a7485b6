import { expect, test } from 'vitest'

import { failure, named, output, outputOf } from '../../testing/kustomizations.ts'
import { mergeSpecs } from './field-config.ts'

const path = 'spec/x'

test('fields are added to others, but for those that are there', () => {
  expect(mergeSpecs([{ path, kind: 'A' }], [{ path, kind: 'B' }])).toHaveLength(2)
  expect(mergeSpecs([{ path, kind: 'A' }], [{ path, kind: 'A' }])).toHaveLength(1)
  expect(mergeSpecs([{ path, kind: 'A' }], [{ path }])).toEqual([{ path, kind: 'A' }])
  expect(mergeSpecs([{ path }], [{ path, kind: 'A' }])).toHaveLength(2)
})

test('fields that are made and not made are a contradiction', async () => {
  expect(() => mergeSpecs([{ path }], [{ path, create: true }])).toThrow('conflicting fieldspecs')
  const labels = 'labels:\n- pairs: {a: b}\n  fields: [{path: metadata/labels, create: false}]\n'
  expect(await failure({ 'kustomization.yaml': labels })).toBe('kustomization.yaml:2: conflicting fieldspecs')
})

test('a configuration says where names of own kinds stand, and what else is changed', async () => {
  const configuration = `nameReference:
- kind: Bee
  fieldSpecs: [{path: spec/bee, kind: Hive}, {path: spec/others, kind: Hive}]
commonAnnotations: [{path: spec/notes, kind: Hive, create: true}]
images: [{path: spec/honey, kind: Hive}]
replicas: [{path: spec/size, kind: Hive}]
`
  const hive = `${named('e.x/v1', 'Hive', 'hive')}spec: {bee: bee, others: [bee, fly], honey: app:1, size: 1}\n`
  const text = await output({
    'kustomization.yaml': `resources: [h.yaml]
configurations: [c.yaml]
namePrefix: x-
commonAnnotations: {a: b}
images: [{name: app, newTag: "2"}]
replicas: [{name: hive, count: 3}]
`,
    'c.yaml': configuration,
    'h.yaml': `${hive}---\n${named('e.x/v1', 'Bee', 'bee')}`,
  })
  expect(text).toContain(`  name: x-hive
spec:
  bee: x-bee
  honey: app:2
  notes:
    a: b
  others:
  - x-bee
  - fly
  size: 3
`)
})

test('own fields of labels leave out the kinds that they do not name, as in kustomize', async () => {
  const labels = 'labels:\n- pairs: {a: b}\n  fields: [{path: metadata/labels, kind: Bee, create: true}]\n'
  expect(await outputOf(labels, named('e.x/v1', 'Hive', 'hive'))).toBe(named('e.x/v1', 'Hive', 'hive'))
  expect(await outputOf(labels, named('e.x/v1', 'Bee', 'bee'))).toContain('labels:\n    a: b\n')
})
