/** Paths to fields. */

import { expect, test } from 'vitest'
import { parsePath, valueAt } from './path.ts'

test.each([
  ['', []],
  ['a', ['a']],
  [
    'spec.template.spec.containers[0].securityContext.privileged',
    ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'privileged'],
  ],
  ['data[KEY]', ['data', 'KEY']],
  ['metadata.labels[app.kubernetes.io/name]', ['metadata', 'labels', 'app.kubernetes.io/name']],
  ["metadata.annotations['x.y/z']", ['metadata', 'annotations', 'x.y/z']],
  ["a['it\\'s'][\"q\"]", ['a', "it's", 'q']],
  ['"quoted.key".b', ['quoted.key', 'b']],
  ['items[3].spec', ['items', 3, 'spec']],
  ['[0][1]', [0, 1]],
  ['a[007]', ['a', '007']],
  ['a[', ['a', '']],
  ['a.', ['a', '']],
])('%s', (path, steps) => {
  expect(parsePath(path)).toEqual(steps)
})

test('finds values, and nothing on prototypes', () => {
  const value = { a: [{ 80: 'x' }], 'b.c': 1 }
  expect(valueAt(value, '')).toBe(value)
  expect(valueAt(value, 'a[0][80]')).toBe('x')
  expect(valueAt(value, '["b.c"]')).toBe(1)
  expect(valueAt(value, 'a[1].x')).toBe(undefined)
  expect(valueAt(value, 'constructor')).toBe(undefined)
  expect(valueAt(value, 'a.length')).toBe(undefined)
})
