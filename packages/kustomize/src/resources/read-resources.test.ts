import { expect, test } from 'vitest'

import { failure, names } from '../../testing/kustomizations.ts'

/** Why a file of resources is refused. */
function refused(text: string): Promise<string> {
  return failure({ 'kustomization.yaml': 'resources: [objects.yaml]\n', 'objects.yaml': text })
}

test('the same key twice in a mapping is refused, with its line', async () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: one\n  a: two\n'
  expect(await refused(text)).toMatch(/^objects\.yaml:7: .*MalformedYAMLError/)
  expect(await refused(`apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n---\n${text}`)).toMatch(/^objects\.yaml:12: /)
})

test('what is no YAML is refused, with its line', async () => {
  expect(await refused('apiVersion: v1\nkind: [ConfigMap\n')).toMatch(/^objects\.yaml:\d+: .*MalformedYAMLError/)
})

test('an object without a kind or a name is refused', async () => {
  expect(await refused('apiVersion: v1\nmetadata: {name: c}\n')).toContain('missing metadata.kind')
  expect(await refused('apiVersion: v1\nkind: ConfigMap\n')).toContain('missing metadata.name')
})

test('the objects of lists stand for themselves, and documents without anything count for nothing', async () => {
  const items = 'items:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n'
  const text = `---\n# nothing\n---\napiVersion: v1\nkind: ConfigMapList\n${items}---\n{}\n`
  const files = { 'kustomization.yaml': 'resources: [objects.yaml]\n', 'objects.yaml': text }
  expect(await names(files)).toEqual(['ConfigMap b'])
})
