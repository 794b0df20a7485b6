import { expect, test } from 'vitest'

import { splitManifests } from './split-manifests.ts'

test.each([
  ['a: 1\n---\nb: 2\n', ['a: 1', 'b: 2']],
  ['---\na: 1', ['a: 1']],
  ['a: 1\n--- # comment\nb: 2', ['a: 1', '# comment\nb: 2']],
  ['a: 1\n---b: 2', ['a: 1', 'b: 2']],
  ['a: 1\n  \n\n---   \n\n  b: 2', ['a: 1', 'b: 2']],
  ['a: 1\n---\n---\n# only', ['a: 1', '---\n# only']],
  ['a: x---y', ['a: x---y']],
  ['a: 1\n  --- b', ['a: 1\n  --- b']],
  ['', []],
])('%j', (text, documents) => {
  expect(splitManifests(text)).toEqual(documents)
})
