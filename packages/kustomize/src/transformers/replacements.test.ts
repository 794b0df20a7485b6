/** Replacements and variables. */
import { describe, expect, test } from 'vitest'

import { failure, named, output, outputOf } from '../../testing/kustomizations.ts'

const objects = `${named('v1', 'ConfigMap', 'from')}data: {host: db.example.com, port: "5432", list: "a-b-c"}
---
apiVersion: example.com/v1
kind: Thing
metadata:
  name: to
  labels: {x: y}
  annotations: {a.b/c: old}
spec:
  count: 1
  image: r/app:1
  env:
  - {name: HOST, value: old}
  - {name: HOST_2, value: old}
  texts: [p, q]
`

const source = (field: string, options = ''): string =>
  `source: {kind: ConfigMap, name: from, fieldPath: ${field}${options}}`

/** What a replacement in the Thing makes of it. */
async function thing(from: string, paths: string, more = ''): Promise<string> {
  const text = await outputOf(
    `replacements: [{${from}, targets: [{select: {kind: Thing}, fieldPaths: [${paths}]${more}}]}]`,
    objects,
  )
  return text.slice(text.indexOf('kind: Thing'))
}

describe('a replacement', () => {
  test.each([
    ['a field', 'spec.image', '', 'image: db.example.com\n'],
    ['an annotation', '"metadata.annotations.[a.b/c]"', '', 'a.b/c: db.example.com\n'],
    ['an escaped name', '"metadata.annotations.a\\\\.b/c"', '', 'a.b/c: db.example.com\n'],
    [
      'an entry by its place',
      'spec.env.0.value',
      '',
      '- name: HOST\n    value: db.example.com\n  - name: HOST_2\n    value: old\n',
    ],
    [
      'an entry by its name',
      '"spec.env.[name=^HOST$].value"',
      '',
      'name: HOST\n    value: db.example.com\n  - name: HOST_2\n    value: old\n',
    ],
    [
      'entries that hold a text, as kustomize finds them',
      '"spec.env.[name=HOST].value"',
      '',
      'name: HOST\n    value: db.example.com\n  - name: HOST_2\n    value: db.example.com\n',
    ],
    [
      'all entries',
      '"spec.env.*.value"',
      '',
      'name: HOST\n    value: db.example.com\n  - name: HOST_2\n    value: db.example.com\n',
    ],
    ['a text of a list', '"spec.texts.[=q]"', '', 'texts:\n  - p\n  - db.example.com\n'],
    ['a part', 'spec.image', ', options: {delimiter: ":", index: 1}', 'image: r/app:db.example.com\n'],
    ['the first part', 'spec.image', ', options: {delimiter: "/"}', 'image: db.example.com/app:1\n'],
    ['a part before', 'spec.image', ', options: {delimiter: "/", index: -1}', 'image: db.example.com/r/app:1\n'],
    ['a part behind', 'spec.image', ', options: {delimiter: ":", index: 9}', 'image: r/app:1:db.example.com\n'],
    ['a new field', 'spec.new.deep', ', options: {create: true}', 'new:\n    deep: db.example.com\n'],
    [
      'a new entry',
      '"spec.env.[name=NEW].value"',
      ', options: {create: true}',
      '- name: NEW\n    value: db.example.com\n',
    ],
    ['a new entry by its place', 'spec.texts.2', ', options: {create: true}', '- q\n  - db.example.com\n'],
  ])('sets %s', async (_, paths, more, expected) => {
    expect(await thing(source('data.host'), paths, more)).toContain(expected)
  })

  test('takes a part of its source, a written value, or the name', async () => {
    expect(await thing(source('data.list', ', options: {delimiter: "-", index: 1}'), 'spec.image')).toContain(
      'image: b\n',
    )
    expect(await thing('sourceValue: fixed', 'spec.image')).toContain('image: fixed\n')
    expect(await thing('source: {kind: ConfigMap}', 'spec.image')).toContain('image: from\n')
    expect(await thing('source: {kind: Thing, fieldPath: metadata.labels}', 'spec.env')).toContain('env:\n    x: "y"\n')
  })

  test('keeps the kind of text that is there', async () => {
    expect(await thing(source('data.port'), 'spec.image')).toContain('image: "5432"\n')
    expect(await thing('source: {kind: Thing, fieldPath: spec.count}', 'spec.image')).toContain('image: "1"\n')
    expect(await thing(source('data.port'), 'spec.count')).toContain('count: 5432\n')
    expect(await thing('source: {kind: Thing, fieldPath: spec.env}', 'spec.image')).toContain('image: ""\n')
  })

  test('makes what its text looks like', async () => {
    expect(await thing(source('data.port'), 'spec.new', ', options: {create: true}')).toContain('new: 5432\n')
    expect(await thing('sourceValue: "true"', 'spec.new', ', options: {create: true}')).toContain('new: true\n')
    expect(await thing('sourceValue: "a: b"', 'spec.new', ', options: {create: true}')).toContain("new: 'a: b'\n")
    const list = 'source: {kind: Thing, fieldPath: spec.texts}'
    expect(await thing(list, 'spec.new', ', options: {create: true}')).toContain('new:\n  - p\n  - q\n')
  })

  test('selects by names and labels, and rejects', async () => {
    const of = async (target: string): Promise<boolean> => {
      const all = `replacements: [{sourceValue: new, targets: [{${target}, fieldPaths: [spec.image]}, {select: {kind: ConfigMap}, fieldPaths: [data.host]}]}]`
      return (await outputOf(all, objects)).includes('image: new')
    }
    expect(await of('select: {name: to}')).toBe(true)
    expect(await of('select: {name: t.*}')).toBe(false)
    expect(await of('select: {labelSelector: "x=y"}')).toBe(true)
    expect(await of('select: {kind: Thing, labelSelector: "x=z"}')).toBe(false)
    expect(await of('select: {kind: Thing}, reject: [{name: to}]')).toBe(false)
    expect(await of('select: {kind: Thing}, reject: [{annotationSelector: a.b/c}]')).toBe(false)
    expect(await of('select: {kind: Thing}, reject: [{name: other}]')).toBe(true)
  })

  test('may stand in files, one or several', async () => {
    const one = `${source('data.host')}\ntargets: [{select: {kind: Thing}, fieldPaths: [spec.image]}]\n`.replace(
      'source: {',
      'source: {',
    )
    expect(await outputOf('replacements: [{path: r.yaml}]', objects, { 'r.yaml': one })).toContain(
      'image: db.example.com',
    )
    const several = '- {sourceValue: a, targets: [{select: {kind: Thing}, fieldPaths: [spec.image]}]}\n'
    expect(await outputOf('replacements: [{path: r.yaml}]', objects, { 'r.yaml': several })).toContain('image: a')
  })

  test('follows names that are going to change', async () => {
    const text = await outputOf(
      'namePrefix: x-\nreplacements: [{source: {kind: ConfigMap, name: from}, targets: [{select: {name: to}, fieldPaths: [spec.image]}]}]',
      objects,
    )
    expect(text).toContain('image: x-from')
  })

  test.each([
    ['{targets: [{select: {kind: Thing}}]}', 'replacements must specify a source'],
    [`{${source('data.host')}}`, 'replacements must specify a source and at least one target'],
    [`{${source('data.host')}, targets: [{fieldPaths: [a]}]}`, 'target must specify resources to select'],
    [
      `{${source('data.gone')}, targets: [{select: {kind: Thing}}]}`,
      'fieldPath `data.gone` is missing for replacement source ConfigMap.[noVer].[noGrp]/from.[noNs]',
    ],
    ['{source: {kind: Gone}, targets: [{select: {kind: Thing}}]}', 'nothing selected by'],
    ['{source: {version: v1}, targets: [{select: {kind: Thing}}]}', 'multiple matches for selector'],
    [
      `{${source('data.host')}, targets: [{select: {kind: Thing}, fieldPaths: [spec.gone]}]}`,
      'unable to find field "spec.gone" in replacement target',
    ],
    [
      `{${source('data.host')}, targets: [{select: {kind: Thing}, fieldPaths: [spec.texts.7]}]}`,
      'index 7 specified but only 2 elements found',
    ],
    [
      `{${source('data.host', ', options: {delimiter: "-", index: 4}')}, targets: [{select: {kind: Thing}}]}`,
      'options.index 4 is out of bounds for value db.example.com',
    ],
    [
      `{${source('data.host')}, targets: [{select: {kind: Thing}, fieldPaths: [spec.count]}]}`,
      'cannot decode !!str `db.example.com` as a !!int',
    ],
    [
      '{source: {kind: Thing, fieldPath: spec.env, options: {delimiter: x}}, targets: [{select: {kind: Thing}}]}',
      'delimiter option can only be used with scalar nodes',
    ],
    [
      '{source: {kind: Gone, name: g, options: {delimiter: x, index: 1}}, targets: [{select: {kind: Thing}}]}',
      'nothing selected by Gone.[noVer].[noGrp]/g.[noNs]:delimiter(x),index(1)',
    ],
    ['{path: gone.yaml}', 'open gone.yaml: no such file or directory'],
    ['{path: gone.yaml, sourceValue: a}', 'cannot specify both path and inline replacement'],
    ['{source: {apiVersion: v1}}', 'invalid Kustomization: json: unknown field "apiVersion"'],
  ])('%s ends the build', async (entry, expected) => {
    const message = await failure({
      'kustomization.yaml': `resources: [o.yaml]\nreplacements:\n- ${entry}\n`,
      'o.yaml': objects,
    })
    expect(message).toContain(`kustomization.yaml:3: ${expected}`)
  })
})

describe('vars', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p, annotations: {a: $(HOST)}}\nspec:\n  containers:\n  - args: ["$(HOST):$(PORT)", $(PORT), $$(HOST), $(OTHER)]\n    image: $(HOST)\n'
  const vars = `vars:
- name: HOST
  objref: {apiVersion: v1, kind: ConfigMap, name: from}
  fieldref: {fieldpath: data.host}
- name: PORT
  objref: {apiVersion: v1, kind: ConfigMap, name: from}
  fieldref: {fieldpath: data.port}
`

  test('stand in fields that may hold them', async () => {
    const text = await output({
      'kustomization.yaml': `resources: [o.yaml, p.yaml]\n${vars}`,
      'o.yaml': objects,
      'p.yaml': pod,
    })
    expect(text).toContain('- db.example.com:5432\n    - "5432"\n    - $(HOST)\n    - $(OTHER)\n    image: $(HOST)\n')
    expect(text).toContain('a: db.example.com\n')
  })

  test('stand in fields of a configuration', async () => {
    const text = await output({
      'kustomization.yaml': `resources: [o.yaml]\nconfigurations: [c.yaml]\n${vars}`,
      'o.yaml': objects.replace('r/app:1', '$(HOST)/app'),
      'c.yaml': 'varReference: [{kind: Thing, path: spec/image}]\n',
    })
    expect(text).toContain('image: db.example.com/app\n')
  })

  test('are names as they come to be, where they tell no field', async () => {
    const text = await output({
      'kustomization.yaml':
        'namePrefix: x-\nresources: [o.yaml, p.yaml]\nvars: [{name: HOST, objref: {apiVersion: v1, kind: ConfigMap, name: from}}]\n',
      'o.yaml': objects,
      'p.yaml': pod,
    })
    expect(text).toContain('a: x-from\n')
  })

  test.each([
    [
      'of no object',
      'objref: {apiVersion: v1, kind: ConfigMap, name: gone}',
      "var 'V' cannot be mapped to a field in the set of known resources",
    ],
    [
      'of no field',
      'objref: {apiVersion: v1, kind: ConfigMap, name: from}, fieldref: {fieldpath: data.gone}',
      "field specified in var 'V' not found in corresponding resource",
    ],
  ])('%s end the build', async (_, entry, expected) => {
    const message = await failure({
      'kustomization.yaml': `resources: [o.yaml]\nvars:\n- {name: V, ${entry}}\n`,
      'o.yaml': objects,
    })
    expect(message).toContain(`kustomization.yaml:3: ${expected}`)
  })

  test('mean an object where they are told', async () => {
    const base = { 'base/kustomization.yaml': `resources: [o.yaml]\n${vars}`, 'base/o.yaml': objects, 'p.yaml': pod }
    const other = `${named('v1', 'ConfigMap', 'from')}  namespace: other\ndata: {host: other.example.com}\n`
    const text = await output({
      'kustomization.yaml': 'resources: [base, p.yaml, other.yaml]\n',
      'other.yaml': other,
      ...base,
    })
    expect(text).toContain('a: db.example.com\n')
  })

  test('may come by several bases', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [one, two]\n',
      'one/kustomization.yaml': 'namePrefix: one-\nresources: [../base]\n',
      'two/kustomization.yaml': 'namePrefix: two-\nresources: [../base]\n',
      'base/kustomization.yaml':
        'resources: [o.yaml, p.yaml]\nvars: [{name: HOST, objref: {apiVersion: v1, kind: ConfigMap, name: from}}]\n',
      'base/o.yaml': objects,
      'base/p.yaml': pod,
    }
    expect(await output(texts)).toContain('a: one-from\n')
  })

  test('of a type without its group are of nothing', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [o.yaml]\nvars: [{name: V, objref: {kind: Thing, name: to}}]\n',
      'o.yaml': objects,
    }
    expect(await failure(texts)).toContain("var 'V' cannot be mapped to a field")
  })

  test('of one name are one', async () => {
    const texts = {
      'kustomization.yaml': `resources: [base]\n${vars.replace('data.host', 'data.port')}`,
      'base/kustomization.yaml': `resources: [o.yaml]\n${vars}`,
      'base/o.yaml': objects,
    }
    expect(await failure(texts)).toBe("kustomization.yaml:3: var 'HOST' already encountered")
  })
})
