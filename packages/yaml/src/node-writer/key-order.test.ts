import { expect, test } from 'vitest'
import { compareKeys } from './key-order.ts'

test.each([
  ['-', '_', '9', '10', 'A', 'B', 'a', 'a1', 'a2', 'a10', 'b', 'é'],
  ['a1b', 'a10'],
  ['v1alpha1', 'v1beta1', 'v2'],
  ['a', 'a.b', 'ab'],
  ['a1', 'a01', 'a02'],
  ['x100', 'x101', 'x1000'],
  ['a99999999999999999998', 'a99999999999999999999'],
  ['\u{1f600}', 'a'],
])('keys are in order: %s, %s ...', (...keys) => {
  for (const [index, key] of keys.entries()) {
    expect(compareKeys(key, key)).toBe(0)
    for (const later of keys.slice(index + 1)) {
      expect(compareKeys(key, later)).toBeLessThan(0)
      expect(compareKeys(later, key)).toBeGreaterThan(0)
    }
  }
})
