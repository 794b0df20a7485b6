import { describe, expect, test } from 'vitest'
import { scanJson, statusOf } from './json-report.ts'

const FILE = 'e2e/fixtures/hardened-deployment.yaml'
/** Controls about the fields that the manifest sets, and about what it does not use. */
const MUST_PASS = [
  [
    'C-0013',
    'C-0016',
    'C-0017',
    'C-0034',
    'C-0038',
    'C-0041',
    'C-0044',
    'C-0045',
    'C-0046',
    'C-0048',
    'C-0055',
    'C-0057',
  ],
  ['C-0061', 'C-0062', 'C-0074', 'C-0075', 'C-0268', 'C-0269', 'C-0270', 'C-0271'],
].flat()

describe('the Deployment that follows the usual advice', () => {
  const { code, stderr, report } = scanJson(['scan', FILE])

  test('is read without a word, its image with a shortened digest included', () => {
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^Overall compliance score: \d+%\n$/) })
    expect(report.scanCoverage.problems).toEqual([])
  })

  test.each(MUST_PASS)('passes %s', (control) => {
    expect(statusOf(report, control, 'myapp')).toBe('passed')
  })

  test('fails only where it says nothing', () => {
    const failed = report.results.filter(({ resources }) => resources.some(({ status }) => status === 'failed'))
    expect(failed.map(({ controlID }) => controlID).filter((control) => MUST_PASS.includes(control))).toEqual([])
    for (const { controlID, resources } of failed) {
      expect({ controlID, kinds: resources.map(({ kind }) => kind) }).toEqual({ controlID, kinds: ['Deployment'] })
    }
  })

  test.each(['allcontrols', 'nsa', 'mitre', 'security', 'all'])(
    'is judged by every control of %s without breaking any',
    (framework) => {
      const run = scanJson(['scan', 'framework', framework, FILE])
      expect({ code: run.code, problems: run.report.scanCoverage.problems }).toEqual({ code: 0, problems: [] })
      expect(run.report.results.length).toBeGreaterThan(5)
    },
  )
})
