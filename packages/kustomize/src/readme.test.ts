/** The example of the README, as it stands there. */
import { expect, test } from 'vitest'

import { build } from './index.ts'

test('the example of the README does what it says', async () => {
  const texts: Record<string, string> = {
    'base/kustomization.yaml': 'resources: [pod.yaml]',
    'base/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n',
    'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n',
  }
  const { output, objects } = await build(
    {
      read: (path) => texts[path],
      kind: (path) =>
        path in texts
          ? 'file'
          : Object.keys(texts).some((each) => each.startsWith(`${path}/`))
            ? 'directory'
            : undefined,
    },
    'prod',
  )
  expect(output).toContain('name: prod-web')
  expect(objects[0]?.source.file).toBe('base/pod.yaml')
  expect(objects[0]?.changes).toMatchObject([
    { file: 'prod/kustomization.yaml', line: 2, by: 'namePrefix', paths: ['metadata.name'] },
  ])
})
