import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { scanJson } from './json-report.ts'
import { kubescape, launcher, run, type Run } from './kubescape.ts'

const folder = temporaryFolder()
writeFiles(folder, {
  'pod.yaml': podYaml('plain'),
  'privileged.yaml': podYaml('bad', 'securityContext:', '  privileged: true'),
})

function scan(...args: readonly string[]): Run {
  return kubescape(['scan', ...args], { cwd: folder })
}

function lastLine({ stderr }: Run): string {
  return stderr.trimEnd().split('\n').at(-1) ?? ''
}

const { report } = scanJson(['scan', 'pod.yaml'], { cwd: folder })
const { complianceScore, resourcesSeverityCounters: failures } = report.summaryDetails

test('the pod of these tests has high and no critical failures, and a score in the middle', () => {
  expect(failures.highSeverity).toBeGreaterThan(0)
  expect(failures.criticalSeverity).toBe(0)
  expect(complianceScore).toBeGreaterThan(20)
  expect(complianceScore).toBeLessThan(95)
})

describe('--compliance-threshold', () => {
  const views = [
    ['security', ['pod.yaml']],
    ['control', ['pod.yaml', '--view', 'control']],
    ['resource', ['pod.yaml', '--view', 'resource']],
    ['json', ['pod.yaml', '--format', 'json']],
    ['framework', ['framework', 'nsa', 'pod.yaml']],
    ['control command', ['control', 'C-0016', 'pod.yaml']],
  ] as const

  test.each(views)('ends a scan below it with 1 and its name, after the report: %s', (_, args) => {
    const ended = scan(...args, '--compliance-threshold', '99')
    expect(ended.code).toBe(1)
    expect(ended.stdout.length).toBeGreaterThan(500)
    expect(lastLine(ended)).toMatch(
      /^gate failed: --compliance-threshold 99: the overall compliance score is \d+\.\d\d$/,
    )
  })

  test('lets a score that is not below pass', () => {
    const ended = scan('pod.yaml', '--compliance-threshold', String(Math.floor(complianceScore)))
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' })
    expect(scan('pod.yaml', `--compliance-threshold=${Math.ceil(complianceScore)}`).code).toBe(1)
  })

  test('100 lets pass what has nothing wrong', () => {
    expect(scan('control', 'C-0057', 'pod.yaml', '--compliance-threshold', '100').code).toBe(0)
  })

  test.each(['NaN', '101', '-1', '-0.1', 'abc', '', 'Infinity', '50%'])('"%s" is refused before the scan', (value) => {
    const ended = scan('pod.yaml', `--compliance-threshold=${value}`)
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: --compliance-threshold is "${value}"\nGive a number from 0 to 100.\n`,
    })
  })
})

describe('--severity-threshold', () => {
  test.each(['low', 'medium', 'high', ' HIGH '])(
    '%s fails with high failures, with the gate in the last line',
    (severity) => {
      const ended = scan('pod.yaml', '--severity-threshold', severity)
      const name = severity.trim().toLowerCase()
      const counted = { low: failures.lowSeverity + failures.mediumSeverity, medium: failures.mediumSeverity, high: 0 }
      const number = failures.highSeverity + counted[name as 'low' | 'medium' | 'high']
      expect(ended.code).toBe(1)
      expect(lastLine(ended)).toMatch(
        new RegExp(`^gate failed: --severity-threshold ${name}: ${number} failures? of that severity or worse$`),
      )
    },
  )

  test('critical passes without critical failures', () => {
    expect(scan('pod.yaml', '--severity-threshold', 'critical').code).toBe(0)
  })

  test('looks at every failing resource, so one bad pod among good ones is enough', () => {
    expect(scan('control', 'C-0057', 'pod.yaml', '--severity-threshold', 'high').code).toBe(0)
    expect(scan('control', 'C-0057', 'pod.yaml', 'privileged.yaml', '--severity-threshold', 'high').code).toBe(1)
  })

  test.each(['extreme', 'none', 'High,Low'])('%s is refused before the scan', (value) => {
    const ended = scan('pod.yaml', '--severity-threshold', value)
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: '' })
    expect(ended.stderr).toBe(
      `error: --severity-threshold does not know "${value}"\nUse one of low, medium, high, critical.\n`,
    )
  })
})

describe('what a gate sees', () => {
  test('is the whole report, whatever severities are shown', () => {
    const shown = scanJson(['scan', 'pod.yaml', '--min-severity', 'critical'], { cwd: folder })
    expect(shown.code).toBe(0)
    expect(shown.report.summaryDetails.resourcesSeverityCounters.highSeverity).toBe(0)
    const gated = scan('pod.yaml', '--min-severity', 'critical', '--severity-threshold', 'high')
    expect(lastLine(gated)).toMatch(/^gate failed: --severity-threshold high/)
    const compliance = scan('pod.yaml', '--max-severity', 'low', '--compliance-threshold', '100')
    expect(lastLine(compliance)).toBe(
      `gate failed: --compliance-threshold 100: the overall compliance score is ${complianceScore.toFixed(2)}`,
    )
  })

  test('is told even when nothing else is', () => {
    const ended = scan('pod.yaml', '--severity-threshold', 'high', '--logger', 'fatal', '--format', 'json')
    expect(ended.stderr).toMatch(/^gate failed: [^\n]+\n$/)
  })

  test('is told after what could not be read', () => {
    const ended = scan('pod.yaml', 'missing.yaml', '--severity-threshold', 'high')
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(
      /missing\.yaml does not exist[^]*1 problem in what was named[^]*\ngate failed: [^\n]+\n$/,
    )
  })

  test('is the same when the reader of the report went away', () => {
    const leave = (flag: string): Run =>
      run('bash', ['-c', `"$0" scan pod.yaml -f json ${flag} | head -c 9 >&2; exit \${PIPESTATUS[0]}`, launcher], {
        cwd: folder,
      })
    expect(leave('')).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^[^\n]*Overall compliance score: \d+%\n[^\n]*$/),
    })
    const gated = leave('--compliance-threshold 100')
    expect(gated.code).toBe(1)
    expect(gated.stderr).toContain('gate failed: --compliance-threshold 100')
  })
})

test('neither gate is set without its flag, however bad the report is', () => {
  expect(scan('privileged.yaml').code).toBe(0)
})

test.each([
  ['--min-severity', 'urgent'],
  ['--max-severity', '9'],
])('%s %s is refused', (flag, value) => {
  const ended = scan('pod.yaml', flag, value)
  expect(ended).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: ${flag} does not know "${value}"\nUse one of low, medium, high, critical.\n`,
  })
})

test('a least severity above the most is refused', () => {
  const ended = scan('pod.yaml', '--min-severity', 'high', '--max-severity', 'low')
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('--min-severity high is above --max-severity low')
})
