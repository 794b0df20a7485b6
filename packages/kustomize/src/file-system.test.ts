import { describe, expect, test } from 'vitest'

import { configMap, failure, names, type Texts } from '../testing/kustomizations.ts'

const base = {
  'base/kustomization.yaml': 'resources: [b.yaml]\n',
  'base/b.yaml': configMap('b'),
  'up.yaml': configMap('up'),
}

/** Why a kustomization in a folder is refused where it may read no files above it. */
function refused(kustomization: string, more: Texts = {}): Promise<string> {
  const texts = { ...base, 'top/kustomization.yaml': kustomization, ...more }
  return failure(texts, 'top', { isRestricted: true })
}

describe('files above a kustomization', () => {
  test.each([
    ['resources', 'resources: [../up.yaml]\n'],
    ['patches', 'resources: [../base]\npatches: [{path: ../up.yaml}]\n'],
    ['generators', 'configMapGenerator: [{name: c, files: [../up.yaml]}]\n'],
    ['configurations', 'configurations: [../up.yaml]\n'],
    ['schemas', 'openapi: {path: ../up.yaml}\n'],
    ['replacements', 'replacements: [{path: ../up.yaml}]\n'],
    ['transformers', 'resources: [../base]\ntransformers: [../up.yaml]\n'],
  ])('are no %s of it', async (_, kustomization) => {
    expect(await refused(kustomization)).toMatch(
      /^top\/kustomization\.yaml:\d: .*security; file 'up\.yaml' is not in or below 'top'/,
    )
  })

  test('are read where nothing says otherwise, as Kubescape reads them', async () => {
    const texts = { ...base, 'top/kustomization.yaml': 'resources: [../up.yaml]\n' }
    expect(await names(texts, 'top')).toEqual(['ConfigMap up'])
  })
})

test('folders above a kustomization are its bases, and read their own files', async () => {
  expect(await refused('resources: [../base]\n')).toBe('it was built')
  const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [c.yaml]\n'
  const more = { 'part/kustomization.yaml': component, 'part/c.yaml': configMap('c') }
  expect(await refused('components: [../part]\n', more)).toBe('it was built')
})
