/** Fields of one document, found in another one. */
import { expect, test } from 'vitest'

import { namedPath, numberedPath, pathIn, stepsIn } from './field-steps.ts'

const object = {
  spec: { containers: [{ name: 'a' }, { name: 'web', image: 'x', args: ['1', '2'] }] },
  labels: { 'a.b/c': '' },
}

test.each([
  ['spec.containers[1].image', 'spec.containers[name=web].image', 'spec.containers[0].image'],
  ['spec.containers[1].args[1]', 'spec.containers[name=web].args[1]', 'spec.containers[0].args[1]'],
  ['spec.containers[0]', 'spec.containers[name=a]', 'spec.containers[0]'],
  ['labels[a.b/c]', 'labels.a.b/c', 'labels[a.b/c]'],
  ['', '', ''],
])('%s', (path, named, other) => {
  const steps = stepsIn(object, path)
  expect(namedPath(steps)).toBe(named)
  expect(pathIn({ spec: { containers: [{ name: 'web' }] } }, steps)).toBe(other)
  expect(pathIn(object, steps)).toBe(path)
  expect(numberedPath(steps)).toBe(path.replace(/\[(?=a)/, '.').replace(/c\]/, 'c'))
})
