import { expect, test } from 'vitest'
import { output } from '../../testing/charts.ts'

test.each([
  ['typeOf .Values', 'chartutil.Values'],
  ['typeOf .Values.number', 'float64'],
  ['typeOf .Values.missing', '<nil>'],
  ['typeOf .Values.list', '[]interface {}'],
  ['kindOf .Values', 'map'],
  ['kindOf .Values.missing', 'invalid'],
  ['kindOf (semver "1.2.3")', 'ptr'],
  ['kindIs "float64" .Values.number', 'true'],
  ['typeIs "string" "x"', 'true'],
  ['typeIsLike "semver.Version" (semver "1.2.3")', 'true'],
  ['typeIs "semver.Version" (semver "1.2.3")', 'false'],
  ['deepEqual .Values.list (list 1.0)', 'true'],
  ['deepEqual .Values.number 1', 'false'],
])('%s', (call, text) => {
  expect(output(`{{ ${call} }}`, 'number: 1\nlist: [1]\n')).toBe(text)
})
