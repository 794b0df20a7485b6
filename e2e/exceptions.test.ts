/** Exceptions of every form: what they cover, how it is counted in both layouts, and what gates see of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type ControlVerdict, type JsonReport, type ResourceResult } from './json-report.ts'
import { kubescape } from './kubescape.ts'

const privileged = (name: string): string => podYaml(name, 'securityContext:', '  privileged: true')
const folder = temporaryFolder()
const namespaced = privileged('bad').replace('  name: bad', '  name: bad\n  namespace: shop')
const metadata = (...lines: readonly string[]): string =>
  namespaced.replace('  namespace: shop', ['  namespace: shop', ...lines.map((line) => `  ${line}`)].join('\n'))

const simple = { name: 'x', controls: ['C-0057'], resources: [{ namespace: 'sh*', kind: 'Pod', name: 'bad' }] }
const posture = {
  name: 'x',
  policyType: 'postureExceptionPolicy',
  actions: ['alertOnly'],
  resources: [{ designatorType: 'Attributes', attributes: { kind: 'Pod', name: 'b.d' } }],
  posturePolicies: [{ controlID: 'C-0057' }],
}
const security = (kind: string): object => ({
  apiVersion: 'kubescape.io/v1beta1',
  kind,
  metadata: { name: 'x', ...(kind === 'SecurityException' ? { namespace: 'shop' } : {}) },
  spec: { posture: [{ controlID: 'C-0057' }], match: { resources: [{ kind: 'Pod', name: 'bad' }] } },
})
const configMap = (key: string, text: string): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kubescape-exceptions' },
  data: { [key]: text },
})

const FORMS: Readonly<Record<string, string>> = {
  'simple.json': JSON.stringify({ exceptions: [simple] }),
  'simple.yaml': 'exceptions:\n- name: x\n  controls: [C-0057]\n  resources:\n  - name: bad\n',
  'single.yaml': 'name: x\ncontrols: [C-0057]\nresources:\n- name: bad\n',
  'array.json': JSON.stringify([posture]),
  'policy.json': JSON.stringify(posture),
  'security.yaml': JSON.stringify(security('SecurityException')),
  'cluster-security.yaml': JSON.stringify(security('ClusterSecurityException')),
  'config-map.json': JSON.stringify(configMap('exceptions.json', JSON.stringify({ exceptions: [simple] }))),
  'config-map.yaml': JSON.stringify(configMap('exceptions.yaml', JSON.stringify([posture]))),
  'list.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [security('SecurityException')] }),
  'documents.yaml': `# nothing\n---\n${JSON.stringify({ exceptions: [] })}\n---\n${JSON.stringify([posture])}\n`,
}

/** What is scanned, and the flags, for each way to make the same exception. */
const WAYS: readonly (readonly [way: string, scanned: string, ...flags: string[]])[] = [
  ...Object.keys(FORMS).map((name) => [name, 'bad.yaml', '--exceptions', name] as const),
  ['an annotation', 'annotated.yaml'],
  ['a comment for the object', 'commented.yaml'],
  ['a comment for the field', 'field.yaml'],
]

writeFiles(folder, {
  ...FORMS,
  'bad.yaml': namespaced,
  'annotated.yaml': metadata('annotations: {kubescape.io/skip-controls: C-0057}'),
  'commented.yaml': `# kubescape:ignore C-0057 reason\n${namespaced}`,
  'field.yaml': namespaced.replace('privileged: true', 'privileged: true # kubescape:ignore C-0057 reason'),
  'others.yaml': [privileged('other'), podYaml('fine')].join('---\n'),
  'expired.json': JSON.stringify({ exceptions: [{ ...simple, expires: '2020-01-01' }] }),
  'unknown.json': JSON.stringify({ exceptions: [{ ...simple, controls: ['C-9999'] }] }),
  'broad.json': JSON.stringify({ exceptions: [{ ...simple, name: 'broad', resources: [{}] }] }),
  'idle.json': JSON.stringify({ exceptions: [{ ...simple, name: 'idle', resources: [{ name: 'gone' }] }] }),
  'wrong.json': JSON.stringify({ exceptions: [{ name: 'x', controls: 'C-0057' }] }),
  'many.json': JSON.stringify({
    exceptions: Array.from({ length: 12 }, (_, at) => ({ ...simple, name: `e${at}`, expires: '2020-01-01' })),
  }),
})

function scan<Result = ControlVerdict>(scanned: string, ...flags: readonly string[]): JsonReport<Result> {
  return scanJson<Result>(['scan', 'control', 'C-0057', scanned, 'others.yaml', ...flags], { cwd: folder }).report
}

describe.each(WAYS)('%s', (_, scanned, ...flags) => {
  test('excludes the resource, and counts it as excluded in layout v3', () => {
    const { results, summaryDetails } = scan(scanned, ...flags)
    const [result] = results
    expect(result?.resourcesResult).toEqual({
      failedResources: 1,
      passedResources: 1,
      skippedResources: 0,
      excludedResources: 1,
      allResources: 3,
    })
    expect(summaryDetails.ResourceCounters).toMatchObject({
      failedResources: 1,
      passedResources: 1,
      excludedResources: 1,
    })
    const excluded = result?.resources.find(({ status }) => status === 'excluded')
    expect(excluded).toMatchObject({ name: 'bad', findings: [], exceptions: [{}] })
    expect(summaryDetails).toMatchObject({ complianceScore: 66.666664, complianceWithoutExceptions: 33.333332 })
  })

  test('counts it in layout v2 as the reference does', () => {
    const { results, summaryDetails } = scan<ResourceResult>(scanned, ...flags, '--format-version', 'v2')
    expect(summaryDetails.controls['C-0057']).toMatchObject({
      ResourceCounters: { failedResources: 1, passedResources: 2, skippedResources: 0, excludedResources: 0 },
      subStatusCounters: { ignoredResources: 1 },
    })
    const bad = results.find(({ resourceID }) => resourceID.endsWith('/bad'))
    expect(bad?.controls[0]?.status).toEqual({ status: 'passed', subStatus: 'w/exceptions', info: '' })
  })

  test('takes it from the gates', () => {
    const gated = (...gate: readonly string[]): number | null =>
      kubescape(['scan', 'control', 'C-0057', scanned, ...flags, ...gate], { cwd: folder }).code
    expect(gated('--severity-threshold', 'high')).toBe(0)
    expect(gated('--compliance-threshold', '100')).toBe(0)
  })
})

test('without an exception the gates fail', () => {
  for (const gate of [
    ['--severity-threshold', 'high'],
    ['--compliance-threshold', '100'],
  ]) {
    expect(kubescape(['scan', 'control', 'C-0057', 'bad.yaml', ...gate], { cwd: folder }).code).toBe(1)
  }
})

describe('what accepts nothing', () => {
  const stderr = (...flags: readonly string[]): string =>
    kubescape(['scan', 'control', 'C-0057', 'bad.yaml', ...flags], { cwd: folder }).stderr

  test('has ended, or names no control, and a line says so', () => {
    expect(stderr('--exceptions', 'expired.json')).toBe(
      'expired.json:1  exception "x" ended 2020-01-01T23:59:59Z and accepts nothing\n',
    )
    expect(stderr('--exceptions', 'unknown.json')).toBe(
      'unknown.json:1  exception "x" names C-9999, which no control answers to\n',
    )
    expect(stderr('--exceptions', 'many.json').trim().split('\n')).toHaveLength(6)
    expect(stderr('--exceptions', 'many.json')).toMatch(
      /\n7 more exceptions have ended; --audit-exceptions tells of all\n$/,
    )
  })

  test.each([
    [
      ['--exceptions', 'wrong.json'],
      /^error: --exceptions wrong.json:1:28: exception "x": controls is no list\n.*lint/,
    ],
    [['--exceptions', 'gone.json'], /^error: --exceptions cannot be read: ENOENT/],
    [['--exceptions', 'simple.json,'], /^error: --exceptions has an empty entry/],
    [['--exceptions', 'bad.yaml'], /^error: --exceptions bad.yaml:1:1: Pod shop\/bad: is no exception\n/],
  ])('%j is refused before the scan', (flags, message) => {
    const run = kubescape(['scan', 'control', 'C-0057', 'bad.yaml', ...flags], { cwd: folder })
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) })
  })
})

describe('--audit-exceptions', () => {
  const files = 'simple.json,expired.json,unknown.json,broad.json,idle.json'
  const flags = ['--exceptions', files, '--audit-exceptions']

  test.each(['v3', 'v2'])('tells in layout %s what became of each', (version) => {
    const { exceptionAudit } = scan('bad.yaml', ...flags, '--format-version', version)
    expect(exceptionAudit?.summary).toEqual({
      total: 5,
      active: 4,
      expired: 1,
      matched: 2,
      unused: 2,
      invalidControl: 1,
    })
    expect(exceptionAudit?.items.map((item) => [item.name, item.status, item.matchCount, item.broad])).toEqual([
      ['x', 'matched', 1, false],
      ['x', 'expired', 0, false],
      ['x', 'invalid', 0, false],
      ['broad', 'matched', 2, true],
      ['idle', 'unused', 0, false],
    ])
    expect(exceptionAudit?.items[0]?.matchedResources).toMatchObject([
      { kind: 'Pod', namespace: 'shop', name: 'bad', controlID: 'C-0057' },
    ])
    expect(scan('bad.yaml', '--exceptions', files).exceptionAudit).toBeUndefined()
  })

  test('tells it in the terminal, and -v lists what is excluded', () => {
    const { stdout } = kubescape(['scan', 'control', 'C-0057', 'bad.yaml', ...flags, '-v'], { cwd: folder })
    expect(stdout).toContain('Exceptions: 5 (2 matched, 1 unused, 1 expired, 1 invalid)')
    expect(stdout).toContain('  - over-broad: broad (broad.json:1) bound to no kind, name, label or place')
    expect(stdout).toMatch(
      /Excluded by exceptions\n {2}Pod shop\/bad {2}bad.yaml:1\n {4}High {6}C-0057 Privileged container\n {6}by x\n/,
    )
  })
})

describe('kubescape exceptions add', () => {
  const add = (...args: readonly string[]): ReturnType<typeof kubescape> =>
    kubescape(['exceptions', 'add', ...args], { cwd: folder })
  const wanted = ['--control', 'C-0057', '--resource', 'shop/Pod/bad', '--reason', 'it "must"']

  test('writes what the next scan takes, and keeps what is there', () => {
    expect(add(...wanted, '--owner', 'alice', '--expires', '2099-01-01')).toMatchObject({ code: 0, stderr: '' })
    expect(scan('bad.yaml', '--exceptions', '.kubescape-exceptions.yaml').results[0]?.resources[0]?.exceptions).toEqual(
      [{ name: 'c-0057-pod-bad', reason: 'it "must"', owner: 'alice', expires: '2099-01-01T23:59:59Z' }],
    )
  })

  test.each([
    ['block.yaml', '# head\nexceptions: # list\n- name: a # first\n  controls: [C-0013]\n# tail\n'],
    ['deep.yaml', 'exceptions:\n    - name: a\n      controls:\n          - C-0013'],
    ['flow.yaml', 'exceptions: [{name: a, controls: [C-0013]}] # end\n'],
    ['object.json', '{\n  "exceptions": [\n    {"name": "a", "controls": ["C-0013"]}\n  ]\n}\n'],
    ['empty-list.json', '{"exceptions": []}'],
    ['comment.yaml', '# nothing yet\n'],
    ['other.yaml', `${JSON.stringify([posture])}\n`],
    ['windows.yaml', 'exceptions:\r\n- name: a\r\n  controls: [C-0013]\r\n'],
  ])('adds to %s and changes nothing else', (name, text) => {
    writeFiles(folder, { [name]: text })
    const listed = (): string[] =>
      (
        JSON.parse(kubescape(['exceptions', 'list', name, '-f', 'json'], { cwd: folder }).stdout) as { name: string }[]
      ).map((each) => each.name)
    const before = listed()
    expect(add(...wanted, '--file', name)).toMatchObject({ code: 0, stderr: '' })
    const after = readFileSync(join(folder, name), 'utf8')
    let at = 0
    for (const piece of text.split(/(?<=[\n[\]])/)) {
      at = after.indexOf(piece.trim(), at)
      expect(at).toBeGreaterThanOrEqual(0)
    }
    expect(listed()).toEqual([...before, 'c-0057-pod-bad'])
  })

  test.each([
    [['--control', 'C-9999'], /unknown control "C-9999"/],
    [['--resource', 'bad'], /--resource is "bad"/],
    [['--reason', ' '], /--reason is empty/],
    [['--expires', 'soon'], /expires is "soon", which is no date/],
    [['--file', 'array.json'], /nothing can be added to/],
    [['--file', 'wrong.json'], /controls is no list/],
    [['--name', 'x', '--file', 'simple.yaml'], /--name: "x" is taken/],
    [
      ['--from', 'report.json', '--resource', 'Pod/gone'],
      /no failure of C-0057 on Pod\/gone\nIt has failures on shop\/Pod\/bad/,
    ],
    [['--from', 'bad.yaml'], /is no JSON/],
  ])('%j is refused, and nothing is written', (args, message) => {
    kubescape(['scan', 'bad.yaml', '-f', 'json', '-o', 'report.json'], { cwd: folder })
    writeFiles(folder, { 'target.yaml': '# kept\n' })
    const files = ['target.yaml', 'array.json', 'wrong.json', 'simple.yaml'].map((name) => join(folder, name))
    const before = files.map((file) => readFileSync(file, 'utf8'))
    expect(add(...wanted, '--file', 'target.yaml', ...args)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(message),
    })
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before)
  })
})

describe('kubescape exceptions', () => {
  test('lint names every place, and fails for errors only', () => {
    const lint = kubescape(['exceptions', 'lint', 'wrong.json', 'expired.json'], { cwd: folder })
    expect(lint.code).toBe(1)
    expect(lint.stdout).toMatch(/^expired\.json:1:1 {2}warning: exception "x": ended 2020-01-01T23:59:59Z/m)
    expect(lint.stdout).toMatch(/^wrong\.json:1:28 {2}error: exception "x": controls is no list$/m)
    expect(lint.stdout).toMatch(/\n1 usable exception, 2 errors, \d warnings\n$/)
    expect(kubescape(['exceptions', 'lint', 'expired.json'], { cwd: folder }).code).toBe(0)
  })

  test.each(Object.keys(FORMS))('test of %s foretells what a scan says', (file) => {
    const plain = ['scan', 'framework', 'nsa', 'bad.yaml', 'others.yaml']
    kubescape([...plain, '-f', 'json', '-o', 'before.json'], { cwd: folder })
    const { report } = scanJson([...plain, '--exceptions', file], { cwd: folder })
    const { stdout } = kubescape(['exceptions', 'test', file, '--report', 'before.json', '-f', 'json'], { cwd: folder })
    const trial = JSON.parse(stdout) as {
      covered: { controlID: string; name: string }[]
      complianceScore: { after: number }
    }
    expect(trial.covered.map(({ controlID, name }) => [controlID, name])).toEqual([['C-0057', 'bad']])
    expect(trial.complianceScore.after).toBeCloseTo(report.summaryDetails.complianceScore, 3)
  })

  test('list shows them, as does kubescape list exceptions', () => {
    const listed = kubescape(['exceptions', 'list', 'simple.json', 'expired.json'], { cwd: folder })
    expect(listed.stdout).toMatch(/^x +C-0057 +expired +2020-01-01T23:59:59Z +expired\.json:1$/m)
    expect(kubescape(['list', 'exceptions', 'simple.json', 'expired.json'], { cwd: folder }).stdout).toBe(listed.stdout)
  })
})
