/** Kustomization files: which fields they may have, and what is wrong with those that cannot be built. */
import { describe, expect, test } from 'vitest'

import { built, configMap, failure, names } from '../../testing/kustomizations.ts'

const beginning = 'kustomization.yaml:'

describe('a kustomization file', () => {
  test.each([
    [
      'resources: a.yaml',
      '1: invalid Kustomization: json: cannot unmarshal string into Go struct field Kustomization.resources of type []string',
    ],
    [
      'resources: [1]',
      '1: invalid Kustomization: json: cannot unmarshal number into Go struct field Kustomization.resources of type string',
    ],
    ['nope: 1', '1: invalid Kustomization: json: unknown field "nope"'],
    ['resources: []\npatches:\n- {path: a, targets: {}}', '3: invalid Kustomization: json: unknown field "targets"'],
    [
      'images: {}',
      '1: invalid Kustomization: json: cannot unmarshal object into Go struct field Kustomization.images of type []types.Image',
    ],
    [
      'namePrefix: [a]',
      '1: invalid Kustomization: json: cannot unmarshal array into Go struct field Kustomization.namePrefix of type string',
    ],
    [
      'replicas:\n- name: a\n  count: "1"',
      '3: invalid Kustomization: json: cannot unmarshal string into Go struct field Replica.replicas.count of type int64',
    ],
    [
      'labels:\n- includeSelectors: x',
      '2: invalid Kustomization: json: cannot unmarshal string into Go struct field Label.labels.includeSelectors of type bool',
    ],
    ['kind: Deployment', '1: Failed to read kustomization file under .:\nkind should be Kustomization or Component'],
    [
      'apiVersion: v1\nresources: []',
      '1: Failed to read kustomization file under .:\napiVersion for Kustomization should be kustomize.config.k8s.io/v1beta1',
    ],
    [
      'kind: Component\napiVersion: kustomize.config.k8s.io/v1beta1',
      '2: Failed to read kustomization file under .:\napiVersion for Component should be kustomize.config.k8s.io/v1alpha1',
    ],
    ['kind: Kustomization', '1: kustomization.yaml is empty'],
    ['{}', '1: kustomization.yaml is empty'],
    ['# nothing', '1: kustomization.yaml is empty'],
    ['- a', '1: invalid Kustomization: json: cannot unmarshal array into Go value of type types.Kustomization'],
  ])('%j is refused', async (text, expected) => {
    expect(await failure({ 'kustomization.yaml': `${text}\n` })).toBe(`${beginning}${expected}`)
  })

  test('may spell its fields in any case, as Go reads them', async () => {
    expect(
      await names({ 'kustomization.yaml': 'Resources: [a.yaml]\nnameprefix: x-\n', 'a.yaml': configMap('a') }),
    ).toEqual(['ConfigMap x-a'])
  })

  test('may have no resources', async () => {
    expect((await built({ 'kustomization.yaml': 'resources: []\n' })).output).toBe('')
  })

  test('is one of its folder', async () => {
    const text = 'resources: []\n'
    expect(await failure({ 'kustomization.yaml': text, Kustomization: text })).toBe(
      'kustomization.yaml:: Found multiple kustomization files: kustomization.yaml, Kustomization',
    )
    expect(await failure({ 'a.yaml': '' })).toBe(
      ":: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '.'",
    )
  })

  test('that is no YAML tells its line', async () => {
    expect(await failure({ 'kustomization.yaml': 'resources:\n- a\n b: c\n' })).toMatch(
      /^kustomization.yaml:\d: invalid Kustomization: /,
    )
  })

  test('warns of deprecated fields', async () => {
    const { warnings } = await built({
      'kustomization.yaml': 'bases: [base]\ncommonLabels: {a: b}\n',
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': configMap('a'),
    })
    expect(warnings).toEqual([
      "'bases' is deprecated. Please use 'resources' instead.",
      "'commonLabels' is deprecated. Please use 'labels' instead.",
    ])
  })
})

describe('what is named', () => {
  const missing =
    "accumulating resources: accumulation err='accumulating resources from 'gone.yaml': open gone.yaml: no such file or directory'"

  test('tells its entry when it is missing', async () => {
    expect(await failure({ 'kustomization.yaml': 'resources:\n- gone.yaml\n' })).toBe(`${beginning}2: ${missing}`)
    expect(await failure({ 'kustomization.yaml': 'components:\n- gone\n' })).toMatch(
      /^kustomization.yaml:2: accumulating components: accumulateDirectory: "couldn't make target for path '[^']+': unable to find/,
    )
    expect(await failure({ 'kustomization.yaml': 'configurations:\n- gone\n' })).toBe(
      `${beginning}2: open gone: no such file or directory`,
    )
    expect(await failure({ 'kustomization.yaml': 'crds:\n- gone\n' })).toBe(
      `${beginning}2: open gone: no such file or directory`,
    )
    expect(await failure({ 'kustomization.yaml': 'openapi: {path: gone}\n' })).toBe(
      `${beginning}1: open gone: no such file or directory`,
    )
  })

  test('tells the innermost file', async () => {
    const texts = {
      'kustomization.yaml': 'resources: [a]\n',
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources:\n\n- c.yaml\n',
    }
    expect(await failure(texts)).toMatch(
      /^b\/kustomization.yaml:3: accumulating resources from 'a': accumulating resources from '..\/b': /,
    )
    expect(await failure({ ...texts, 'b/c.yaml': `${configMap('c')}---\na: [\n` })).toMatch(
      /^b\/c.yaml:[67]: .*MalformedYAMLError/,
    )
    expect(await failure({ ...texts, 'b/c.yaml': 'kind: A\nmetadata: {}\n' })).toMatch(
      /^b\/c.yaml:1: .*missing metadata.name in object {A}/,
    )
    expect(await failure({ ...texts, 'b/c.yaml': 'metadata: {name: a}\n' })).toMatch(
      /^b\/c.yaml:1: .*missing metadata.kind/,
    )
    expect(await failure({ ...texts, 'b/c.yaml': 'text\n' })).toMatch(/^b\/c.yaml:1: .*a document is no object/)
  })

  test('may not lead back', async () => {
    const cycle = /cycle detected: candidate root '.*' contains visited root '.*'/
    expect(await failure({ 'kustomization.yaml': 'resources:\n- .\n' })).toMatch(cycle)
    expect(
      await failure(
        { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources:\n- ../a\n' },
        'a',
      ),
    ).toMatch(/^b\/kustomization.yaml:2: .*cycle detected: candidate root 'a' contains visited root 'a'/)
    expect(
      await failure({ 'kustomization.yaml': 'resources: []\n', 'a/kustomization.yaml': 'resources: [..]\n' }, 'a'),
    ).toMatch(cycle)
    const component = 'kind: Component\n'
    expect(
      await failure({
        'kustomization.yaml': 'components: [a]\n',
        'a/kustomization.yaml': `${component}components: [../b]\n`,
        'b/kustomization.yaml': `${component}components: [../a]\n`,
      }),
    ).toMatch(cycle)
  })

  test.each([
    'https://example.com/base.yaml',
    'github.com/owner/repo//base?ref=v1',
    'git@example.com:owner/repo.git',
    'git::ssh://example.com/repo',
    'ssh://git@example.com/repo',
  ])('is not fetched: %s', async (url) => {
    const texts = {
      'kustomization.yaml': `resources:\n- ${url}\n`,
      'got/kustomization.yaml': 'resources: [a.yaml]\n',
      'got/a.yaml': configMap('a'),
    }
    expect(await failure(texts)).toBe(
      `${beginning}2: ${url} is fetched from somewhere else, which a build does not do unasked`,
    )
    const { objects } = await built(texts, '.', { bring: (given) => (given === url ? 'got' : '') })
    expect(objects).toHaveLength(1)
  })
})
