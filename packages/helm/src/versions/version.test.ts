import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareVersions, parseVersion, printVersion, type Version } from './version.ts'

function version(text: string): Version {
  const parsed = parseVersion(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.version
}

test.each([
  ['1.2.3', '1.2.3'],
  ['v1.2', '1.2.0'],
  ['7', '7.0.0'],
  ['01.02', '1.2.0'],
  ['1.2.3-beta.1+b.5', '1.2.3-beta.1+b.5'],
  ['v1.29.4-gke.1', '1.29.4-gke.1'],
])('%s is %s', (text, normal) => {
  expect(printVersion(version(text))).toBe(normal)
  expect(version(text).original).toBe(text)
})

test.each([
  ['', 'invalid semantic version'],
  ['1.2.3.4', 'invalid semantic version'],
  ['1.2.3-', 'invalid semantic version'],
  [' 1.2.3', 'invalid semantic version'],
  ['1.2.3-01', 'version segment starts with 0'],
  ['1.2.3-a..b', 'invalid semantic version'],
  [
    '99999999999999999999',
    'error parsing version segment: strconv.ParseUint: parsing "99999999999999999999": value out of range',
  ],
  ['1'.repeat(5000), 'invalid semantic version'],
])('%j is none: %s', (text, problem) => {
  expect(parseVersion(text)).toEqual({ problem })
})

test('the order is that of semver.org, 11', () => {
  const ordered = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.1.0',
    '10.0.0',
  ]
  for (const [at, a] of ordered.entries())
    for (const [other, b] of ordered.entries())
      expect(Math.sign(compareVersions(version(a), version(b)))).toBe(Math.sign(at - other))
  expect(compareVersions(version('1.0.0+a'), version('1.0.0+b'))).toBe(0)
})

test('any text is a version or none', () => {
  const piece = fc.constantFrom('1', '0', '20', '.', '-', '+', 'v', 'x', 'beta', ' ', '99999999999999999999')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const parsed = parseVersion(text)
        if ('version' in parsed) expect(compareVersions(version(printVersion(parsed.version)), parsed.version)).toBe(0)
        else expect(parsed.problem).not.toBe('')
      },
    ),
    { numRuns: 2000 },
  )
})
