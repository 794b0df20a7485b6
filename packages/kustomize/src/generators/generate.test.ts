import { describe, expect, test } from 'vitest'

import { built, failure, output } from '../../testing/kustomizations.ts'

const NO_HASH = 'generatorOptions: {disableNameSuffixHash: true}\n'

/** What a generator over a base makes; both are entries of `configMapGenerator` or `secretGenerator`. */
function over(field: string, base: string, entry: string): Promise<string> {
  return output({
    'base/kustomization.yaml': `${field}:\n- ${base}\n`,
    'kustomization.yaml': `${NO_HASH}resources: [base]\n${field}:\n- ${entry}\n`,
  })
}

describe('a generator that merges', () => {
  test('adds data, labels and annotations, and wins where both have them', async () => {
    const base = '{name: c, literals: [a=1, b=2], options: {labels: {l: old, m: old}, annotations: {note: old}}}'
    const entry = '{name: c, behavior: merge, literals: [b=3, c=4], options: {labels: {m: new}}}'
    expect(await over('configMapGenerator', base, entry)).toBe(`apiVersion: v1
data:
  a: "1"
  b: "3"
  c: "4"
kind: ConfigMap
metadata:
  annotations:
    note: old
  labels:
    l: old
    m: new
  name: c
`)
  })

  test('says anew what type a Secret has, and whether it may change', async () => {
    const base = '{name: s, type: kubernetes.io/tls, literals: [a=1], options: {immutable: true}}'
    expect(await over('secretGenerator', base, '{name: s, behavior: merge, literals: [b=2]}')).toBe(`apiVersion: v1
data:
  a: MQ==
  b: Mg==
kind: Secret
metadata:
  name: s
type: Opaque
`)
  })

  test('keeps the name that an overlay gave', async () => {
    const text = await output({
      'base/kustomization.yaml': 'namePrefix: p-\nnamespace: n1\nconfigMapGenerator:\n- {name: c, literals: [a=1]}\n',
      'kustomization.yaml': `${NO_HASH}resources: [base]
configMapGenerator:
- {name: p-c, namespace: n1, behavior: merge, literals: [b=2]}
`,
    })
    expect(text).toContain('data:\n  a: "1"\n  b: "2"\n')
    expect(text).toContain('  name: p-c\n  namespace: n1\n')
  })

  test('finds what is written in a file, and turns it into texts', async () => {
    const text = await output({
      'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: 1, b: 2}\n',
      'kustomization.yaml': `${NO_HASH}resources: [c.yaml]
configMapGenerator:
- {name: c, behavior: merge, literals: [b=3]}
`,
    })
    expect(text).toContain('data:\n  a: "1"\n  b: "3"\n')
  })

  test('needs something to merge with', async () => {
    const text = await failure({ 'kustomization.yaml': 'configMapGenerator:\n- {name: c, behavior: merge}\n' })
    expect(text).toContain('does not exist; cannot merge or replace')
  })
})

describe('a generator that replaces', () => {
  test('leaves nothing but the name, labels and annotations', async () => {
    const base = '{name: c, literals: [a=1], options: {immutable: true, labels: {l: old}}}'
    const entry = '{name: c, behavior: replace, literals: [b=2]}'
    expect(await over('configMapGenerator', base, entry)).toBe(`apiVersion: v1
data:
  b: "2"
kind: ConfigMap
metadata:
  labels:
    l: old
  name: c
`)
  })
})

test('an object that was merged stands where it was made, one that was replaced where that happened', async () => {
  const entries = 'configMapGenerator:\n- {name: c, literals: [a=1]}\n- {name: d, literals: [a=1]}\n'
  const { objects } = await built({
    'base/kustomization.yaml': entries,
    'kustomization.yaml': `resources: [base]
configMapGenerator:
- {name: c, behavior: merge, literals: [b=2]}
- {name: d, behavior: replace, literals: [b=2]}
`,
  })
  expect(objects.map(({ source: { file, line } }) => `${file}:${line}`)).toEqual([
    'base/kustomization.yaml:2',
    'kustomization.yaml:4',
  ])
  expect(objects[0]?.changes[0]).toEqual({
    file: 'kustomization.yaml',
    line: 3,
    by: 'configMapGenerator',
    paths: ['data.b'],
  })
})

test('a generator that creates refuses what is there', async () => {
  const files = {
    'base/kustomization.yaml': 'configMapGenerator:\n- {name: c, literals: [a=1]}\n',
    'kustomization.yaml': 'resources: [base]\nconfigMapGenerator:\n- {name: c, literals: [a=1]}\n',
  }
  expect(await failure(files)).toContain('behavior must be merge or replace')
})

describe('options', () => {
  test('of all generators hold where one says nothing of its own', async () => {
    const text = await output({
      'kustomization.yaml': `generatorOptions:
  disableNameSuffixHash: true
  immutable: true
  labels: {l: all, m: all}
configMapGenerator:
- name: c
  options: {immutable: false, disableNameSuffixHash: false, labels: {m: own}}
`,
    })
    expect(text).toBe(`apiVersion: v1
immutable: true
kind: ConfigMap
metadata:
  labels:
    l: all
    m: own
  name: c
`)
  })
})

describe('data', () => {
  test('that is no text is base64, in lines of 70 characters', async () => {
    const text = await output({
      'kustomization.yaml': `${NO_HASH}configMapGenerator:\n- {name: c, files: [data.bin]}\n`,
      'data.bin': '\uDCFF'.repeat(60),
    })
    expect(text).toContain(`binaryData:\n  data.bin: |\n    ${'/'.repeat(70)}\n    ${'/'.repeat(10)}\n`)
  })

  test('of Secrets is base64 as well; short values stand in one line', async () => {
    const text = await output({
      'kustomization.yaml': `${NO_HASH}secretGenerator:\n- {name: s, literals: [a=b], files: [key=long.txt]}\n`,
      'long.txt': 'x'.repeat(54),
    })
    expect(text).toContain(`data:\n  a: Yg==\n  key: |\n    ${'eHh4'.repeat(17)}eH\n    h4\n`)
  })
})
