import { once } from 'node:events'
import net from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, startKubescape } from './kubescape.ts'

const folder = temporaryFolder()
writeFiles(folder, {
  'pod.yaml': podYaml('plain', 'securityContext:', '  privileged: true'),
  'fine.yaml': podYaml('plain'),
  // C-0236 needs signatures that are not there, so the coverage is not whole.
  'gates/compliance.yaml': 'thresholds: {compliance: 100}',
  'gates/severity.yaml': 'thresholds: {severity: low}',
  'gates/coverage.yaml': 'thresholds: {coverage: 100}',
  'gates/framework.yaml': 'thresholds: {frameworks: {AllControls: 100}}',
  'gates/control.yaml': 'thresholds: {controls: {C-0057: 100}}',
  'gates/baseline.yaml': 'baseline: {file: ../fine.json, failOnNew: true}',
})
// Of every control, as a scan by less is compared in what both have judged.
kubescape(['scan', 'fine.yaml', '--write-baseline', 'fine.json', '-f', 'json', '-o', 'whatever'], { cwd: folder })

/** How a scan can be asked for, with the controls that it needs for each gate to have something to say. */
const scans: Readonly<Record<string, readonly string[]>> = {
  'security view': ['scan', 'pod.yaml'],
  'control view': ['scan', 'pod.yaml', '--view', 'control'],
  'resource view': ['scan', 'pod.yaml', '--view', 'resource'],
  framework: ['scan', 'framework', 'allcontrols', 'pod.yaml'],
  control: ['scan', 'control', 'C-0048,C-0057,C-0236', 'pod.yaml'],
  workload: ['scan', 'workload', 'Pod/plain', 'pod.yaml'],
  json: ['scan', 'pod.yaml', '--format', 'json'],
  'severities cut': ['scan', 'pod.yaml', '--min-severity', 'critical', '--max-severity', 'critical'],
}

/** Each gate by its flags and by a file, with what the last line says and the code of the default map. */
const gates: readonly (readonly [name: string, flags: readonly string[], told: RegExp, code: number])[] = [
  ['compliance', ['--compliance-threshold', '100'], /^gate failed: --compliance-threshold 100: the overall/, 3],
  ['severity', ['--severity-threshold', 'low'], /^gate failed: --severity-threshold low: \d+ failures? of/, 3],
  ['coverage', ['--fail-coverage-below', '100'], /^gate failed: --fail-coverage-below 100: the coverage score is/, 4],
  ['framework', [], /^gate failed: thresholds\.frameworks\.AllControls 100: its compliance score is/, 3],
  ['control', [], /^gate failed: thresholds\.controls\.C-0057 100: its compliance score is 0\.00$/, 3],
  ['baseline', ['--baseline', 'fine.json', '--baseline-fail-on-new'], /^gate failed: --baseline-fail-on-new: /, 6],
]

const table = gates.flatMap(([gate, flags, told, code]) =>
  Object.entries(scans)
    // A scan of single controls has no frameworks.
    .filter(([scan]) => gate !== 'framework' || scan !== 'control')
    .map(([scan, args]) => ({ gate, scan, args, flags, told, code })),
)

describe('every gate holds in every view, by file and by flag, and has its code', () => {
  test.each(table)('$gate, $scan', ({ gate, args, flags, told, code }) => {
    const byFile = kubescape([...args, '--config', `gates/${gate}.yaml`, '--exit-code-map'], { cwd: folder })
    expect(byFile.stderr.trimEnd().split('\n').at(-1)).toMatch(told)
    expect(byFile.code).toBe(code)
    expect(byFile.stdout.length).toBeGreaterThan(100)
    if (flags.length === 0) return
    const byFlag = kubescape([...args, ...flags, '--no-config'], { cwd: folder })
    expect(byFlag.stderr.trimEnd().split('\n').at(-1)).toMatch(told)
    expect(byFlag).toEqual({ code: 1, stdout: expect.any(String), stderr: expect.any(String) })
  })

  test.each(Object.entries(scans))('and none fails a scan that meets it: %s', (_, args) => {
    const loose = ['--compliance-threshold', '1', '--fail-coverage-below', '1', '--fail-on-degraded-config']
    expect(kubescape([...args, ...loose, '--exit-code-map'], { cwd: folder }).code).toBe(0)
  })
})

test('all gates that fail are listed, and the last line is the first of them', () => {
  writeFiles(folder, {
    'all.yaml': `exitCodes: {threshold: 7}
thresholds: {compliance: 100, severity: low, coverage: 100, frameworks: {AllControls: 100}, controls: {C-0057: 100}}
baseline: {file: fine.json, failOnNew: true}`,
  })
  const { code, stderr } = kubescape(['scan', 'pod.yaml', '--config', 'all.yaml'], { cwd: folder })
  const told = stderr.split('\n').filter((line) => line.startsWith('gate failed'))
  expect(told.map((line) => /^gate failed: (\S+)/.exec(line)?.[1])).toEqual([
    '--baseline-fail-on-new:',
    'thresholds.controls.C-0057',
    'thresholds.frameworks.AllControls',
    '--fail-coverage-below',
    '--severity-threshold',
    '--compliance-threshold',
  ])
  expect(stderr.endsWith(`${told.at(-1)}\n`)).toBe(true)
  expect(code).toBe(7)
})

describe('--exit-code-map', () => {
  test.each([
    ['nothing wrong', ['scan', 'pod.yaml', '--exit-code-map'], 0],
    ['a flag that there is not', ['scan', 'pod.yaml', '--nosuch', '--exit-code-map'], 2],
    ['a framework that there is not', ['scan', 'framework', 'nsaa', 'pod.yaml', '--exit-code-map'], 2],
    ['something named that is not there', ['scan', 'pod.yaml', 'missing.yaml', '--exit-code-map'], 4],
    ['nothing to scan', ['scan', 'gates', '--exit-code-map'], 1],
    [
      'a threshold before what is not there',
      ['scan', 'pod.yaml', 'missing.yaml', '--severity-threshold', 'low', '--exit-code-map'],
      3,
    ],
    ['codes of its own', ['scan', 'pod.yaml', '--severity-threshold', 'low', '--exit-code-map', 'threshold=42'], 42],
    ['codes for something else', ['scan', 'pod.yaml', '--severity-threshold', 'low', '--exit-code-map=coverage=42'], 1],
    ['a code that hides failures', ['scan', 'pod.yaml', '--exit-code-map=threshold=0'], 1],
    ['without the flag', ['scan', 'pod.yaml', '--nosuch'], 1],
  ] as const)('%s', (_, args, code) => {
    expect(kubescape(args, { cwd: folder }).code).toBe(code)
  })
})

describe('--explain-score', () => {
  test('ends a report for people with a section whose sums are those of the scan', () => {
    const { stdout, stderr } = kubescape(['scan', 'pod.yaml', '--explain-score'], { cwd: folder })
    expect(stderr).toBe('')
    const [, score, sum, controls] = /^Compliance: ([\d.]+) = ([\d.]+) \/ (\d+), the mean/m.exec(stdout) ?? []
    expect(Number(sum) / Number(controls)).toBeCloseTo(Number(score), 1)
    const [, failed, undecided] = /^ {2}= 100 - ([\d.]+) for failed resources - ([\d.]+) for/m.exec(stdout) ?? []
    expect(100 - Number(failed) - Number(undecided)).toBeCloseTo(Number(score), 1)
    expect(stdout).toMatch(/\nOverall compliance score: \d+%\n$/)
  })

  test('is a member of the JSON report, and stands beside it on standard error', () => {
    const { stdout, stderr } = kubescape(['scan', 'pod.yaml', '--explain-score', '-f', 'json'], { cwd: folder })
    const { scoreExplanation, summaryDetails } = JSON.parse(stdout) as {
      scoreExplanation: { compliance: { sum: number; controls: number } }
      summaryDetails: { complianceScore: number }
    }
    const { sum, controls } = scoreExplanation.compliance
    expect(sum / controls).toBeCloseTo(summaryDetails.complianceScore, 3)
    expect(stderr).toMatch(/^How the scores come about\nCompliance: /)
    const plain = kubescape(['scan', 'pod.yaml', '-f', 'json'], { cwd: folder })
    expect(plain.stdout).not.toContain('scoreExplanation')
  })
})

describe('--scan-timeout', () => {
  test('ends a scan that takes too long, such as one of a server that never answers', async () => {
    const server = net.createServer(() => undefined).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as net.AddressInfo
    writeFiles(folder, {
      kubeconfig: `apiVersion: v1
kind: Config
current-context: silent
contexts: [{name: silent, context: {cluster: silent, user: me}}]
clusters: [{name: silent, cluster: {server: 'http://127.0.0.1:${port}'}}]
users: [{name: me, user: {token: abc}}]
`,
    })
    const args = ['scan', '--kubeconfig', 'kubeconfig', '--scan-timeout', '1s', '--exit-code-map=error=9']
    const { code, stdout, stderr } = await startKubescape(args, { cwd: folder }).ended
    server.close()
    expect({ code, stdout }).toEqual({ code: 9, stdout: '' })
    expect(stderr).toContain('error: the scan took longer than --scan-timeout allows, 1 s, and was given up\n')
  })

  test.each(['10m', '1h30m', '0', '0s'])('%s lets a short scan end', (time) => {
    expect(kubescape(['scan', 'pod.yaml', '--scan-timeout', time], { cwd: folder }).code).toBe(0)
  })

  test.each(['soon', '10', '-1s', ''])('"%s" is refused', (time) => {
    const { code, stderr } = kubescape(['scan', 'pod.yaml', `--scan-timeout=${time}`], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toContain(`error: --scan-timeout is "${time}"\n`)
  })
})

describe('--control-timeout', () => {
  /** Looks at 4000 times 4000 pairs for each object: for so many objects that takes many seconds, and no single one reaches a limit. */
  const SLOW = `# METADATA
# title: Slow
# custom: {id: ACME-1, severity: High, match: [{kinds: [Pod]}]}
package slow

import rego.v1

deny contains "a product is 0" if {
	some i in numbers.range(1, 4000)
	some j in numbers.range(1, 4000)
	i * j == 0
}
`
  const QUICK = `# METADATA
# title: Quick
# custom: {id: ACME-2, severity: High, match: [{kinds: [Pod]}]}
package quick

import rego.v1

deny contains "it sees the processes of its node" if input.spec.hostPID
`
  const pods = Array.from({ length: 60 }, (_, at) => at).map(
    (at) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: web-${at}}\nspec: {hostPID: true, containers: [{name: web}]}\n`,
  )
  const scan = ['scan', 'control', 'ACME-1,ACME-2', 'pods', '--custom-rules', 'timed', '-f', 'json']

  beforeAll(() => {
    writeFiles(folder, { 'pods/pods.yaml': pods.join('---\n'), 'timed/slow.rego': SLOW, 'timed/quick.rego': QUICK })
  })

  test('stops the control that takes longer, skips what it did not judge, and lets others end', () => {
    const { code, stdout, stderr } = kubescape([...scan, '--control-timeout', '1s'], { cwd: folder })
    expect(code).toBe(0)
    const { summaryDetails } = JSON.parse(stdout) as {
      summaryDetails: { controls: Record<string, { status: string; ResourceCounters: Record<string, number> }> }
    }
    const { 'ACME-1': slow, 'ACME-2': quick } = summaryDetails.controls
    expect(slow?.status).toBe('skipped')
    expect(slow?.ResourceCounters['skippedResources']).toBeGreaterThan(0)
    expect(quick).toMatchObject({ status: 'failed', ResourceCounters: { failedResources: 60 } })
    expect(stderr).toMatch(/control ACME-1: the check \S+ was stopped, since it took longer than 1 s\n/)
  })

  test('ends nothing where the time of the whole scan is over: the scan has failed', () => {
    const { code, stdout, stderr } = kubescape([...scan, '--scan-timeout', '1s'], { cwd: folder })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('error: the scan took longer than --scan-timeout allows, 1 s, and was given up\n')
  })

  test.each(['10m', '1h30m', '0', '0s'])('%s lets a short scan end', (time) => {
    expect(kubescape(['scan', 'pod.yaml', '--control-timeout', time], { cwd: folder }).code).toBe(0)
  })

  test.each(['soon', '10', '-1s', ''])('"%s" is refused', (time) => {
    const { code, stderr } = kubescape(['scan', 'pod.yaml', `--control-timeout=${time}`], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toContain(`error: --control-timeout is "${time}"\n`)
  })

  test('is lower than that of the scan', () => {
    const withScan = (time: string): string =>
      kubescape(['scan', 'pod.yaml', '--control-timeout', '2m', '--scan-timeout', time], { cwd: folder }).stderr
    for (const time of ['1m', '2m', '120s']) {
      expect(withScan(time)).toContain('error: --control-timeout is not lower than --scan-timeout\n')
    }
    for (const time of ['3m', '0']) expect(withScan(time)).not.toContain('error')
  })
})
