import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConstraints, satisfies } from './constraint.ts'
import { parseVersion } from './version.ts'

function matches(constraint: string, text: string): boolean | string {
  const parsed = parseConstraints(constraint)
  const version = parseVersion(text)
  if ('problem' in parsed) return parsed.problem
  return 'problem' in version ? version.problem : satisfies(version.version, parsed.constraints)
}

/** Constraint, versions in the range, versions outside. */
const ranges: readonly [string, string, string][] = [
  ['1.2.3', '1.2.3 v1.2.3', '1.2.4 1.2.3-rc1'],
  ['=1.2', '1.2.0 1.2.9', '1.3.0 1.1.9'],
  ['1.x', '1.0.0 1.99.0', '2.0.0 0.9.0 1.5.0-rc1'],
  ['*', '0.0.0 7.1.2', '1.2.3-alpha'],
  ['*-0', '1.2.3-alpha 1.2.3', ''],
  ['>1', '2.0.0', '1.0.1 1.9.9'],
  ['>1.1', '1.2.0 2.0.0', '1.1.0 1.1.9'],
  ['>1.1.0', '1.1.1', '1.1.0'],
  ['<1.2', '1.1.9 0.1.0', '1.2.0 1.2.0-rc1'],
  ['<1.21-0', '1.20.9', '1.21.0-alpha 1.21.0'],
  ['<=1', '1.9.9 0.1.0', '2.0.0'],
  ['<=1.1', '1.1.9 1.0.0 0.9.9', '1.2.0 2.0.0'],
  ['=<1.1.0', '1.1.0', '1.1.1'],
  ['>=1.19', '1.19.0 2.0.0', '1.18.9 1.20.0-gke.1'],
  ['=>1.19-0', '1.19.0-gke.1 1.20.0-gke.1 1.19.0', '1.18.0'],
  ['!=1.2', '1.3.0 2.2.0', '1.2.0 1.2.9'],
  ['!=1', '2.0.0', '1.0.0 1.5.0'],
  ['!=1.2.3', '1.2.4', '1.2.3'],
  ['~1.2.3', '1.2.3 1.2.9', '1.3.0 1.2.2'],
  ['~>1.2', '1.2.0 1.2.9', '1.3.0'],
  ['~1', '1.0.0 1.9.0', '2.0.0'],
  ['~*', '0.1.0 9.0.0', ''],
  ['~0.0.0', '1.2.3', ''],
  ['^1.2.3', '1.2.3 1.9.0', '2.0.0 1.2.2'],
  ['^0.2.3', '0.2.3 0.2.9', '0.3.0 1.0.0'],
  ['^0.0.3', '0.0.3', '0.0.4 0.1.3'],
  ['^0.0', '0.0.9', '0.1.0 1.0.0'],
  ['^0', '0.9.9', '1.0.0'],
  // A star after the caret is a zero: https://github.com/Masterminds/semver/issues/317
  ['^*', '0.0.0', '0.0.1 1.0.0'],
  ['^1.2.0-beta.2', '1.2.0-beta.3 1.3.0-alpha 1.2.0', '1.2.0-beta.1'],
  ['>=1.1, <2, !=1.2.3 || >3', '1.1.0 1.9.9 4.0.0', '1.2.3 2.0.0 3.0.0'],
  ['>= 1.2 < 2.0||3.x', '1.2.0 3.4.5', '2.0.0 4.0.0'],
  ['1.2 - 1.4', '1.2.0 1.4.9', '1.1.9 1.5.0'],
  ['1.2 - 1.4 || 2 - 3', '1.3.0 2.0.0 3.9.9', '1.5.0 4.0.0'],
  ['>=1.22.0-0 <1.30', '1.27.3+k3s1 1.25.0-rc.1', '1.30.0 1.21.0'],
  ['v1.2.3', '1.2.3', '1.2.4'],
]

describe('ranges', () => {
  test.each(ranges)('%s', (constraint, inside, outside) => {
    const words = (text: string) => text.split(' ').filter(Boolean)
    for (const text of words(inside)) expect([text, matches(constraint, text)]).toEqual([text, true])
    for (const text of words(outside)) expect([text, matches(constraint, text)]).toEqual([text, false])
  })
})

test.each([
  ['', 'improper constraint: '],
  ['badConstraint', 'improper constraint: badConstraint'],
  ['>>1', 'improper constraint: >>1'],
  ['1.2,', 'improper constraint: 1.2,'],
  ['>=1.2<2', 'improper constraint: >=1.2<2'],
  ['1.2.3.4', 'improper constraint: 1.2.3.4'],
  ['>=1 || ', 'improper constraint:  '],
  ['1|2', 'constraint parser error'],
  ['1'.repeat(5000), `improper constraint: ${'1'.repeat(50)}...`],
])('%j is none: %s', (constraint, problem) => {
  expect(matches(constraint, '1.0.0')).toBe(problem)
})

test('any text is a constraint or none', () => {
  const piece = fc.constantFrom(
    '1',
    '2.3',
    '4.5.6',
    '-0',
    '-rc.1',
    ' - ',
    ' ',
    ',',
    '||',
    '>',
    '<',
    '=',
    '!=',
    '~',
    '^',
    'x',
    '*',
    '|',
    'v',
    '.',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        expect(matches(text, '1.2.3-rc.1')).not.toBe('')
      },
    ),
    { numRuns: 3000 },
  )
})
