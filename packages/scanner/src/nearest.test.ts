/** Suggestions for misspelt names. */
import { expect, test } from 'vitest'

import { nearest } from './nearest.ts'

test.each([
  ['nsa', ['NSA', 'MITRE'], ['NSA']],
  ['mitr', ['NSA', 'MITRE'], ['MITRE']],
  ['C-0058', ['C-0059', 'C-0057', 'C-0158', 'C-9999'], ['C-0059', 'C-0057', 'C-0158']],
  ['host network acess', ['HostNetwork access', 'Privileged container'], ['HostNetwork access']],
  ['something else', ['NSA'], []],
  ['', ['ab', 'NSA'], ['ab']],
])('for "%s" of %j are %j', (name, known, suggested) => {
  expect(nearest(name, known)).toEqual(suggested)
})

test('are at most three, nearest first', () => {
  expect(nearest('aaaa', ['aabb', 'aaaa', 'aaab', 'baaa', 'abaa'])).toEqual(['aaaa', 'aaab', 'baaa'])
})
