/** Comparing scans: what stays the same when files change, what is new, what nobody can tell, and what ends a pipeline. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { load } from 'js-yaml'
import { temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, type Run } from './kubescape.ts'

interface Item {
  readonly resourceID: string
  readonly controlID: string
  readonly severity: string
  readonly baseStatus: string
  readonly headStatus: string
  readonly path: string
  readonly reason: string
}

interface Comparison {
  readonly summary: Readonly<Record<string, number>>
  readonly warnings: readonly string[]
  readonly new: readonly Item[]
  readonly resolved: readonly Item[]
  readonly unchanged: readonly Item[]
  readonly incomparable: readonly Item[]
}

type Files = Readonly<Record<string, string>>

const web = (...containers: readonly string[]): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
${containers.join('')}`

const container = (name: string, ...lines: readonly string[]): string =>
  [`- name: ${name}`, `  image: registry.example/${name}:1`, ...lines.map((line) => `  ${line}`)]
    .map((line) => `        ${line}\n`)
    .join('')

const PRIVILEGED = 'securityContext: {privileged: true}'
const BASE: Files = { 'k8s/web.yaml': web(container('app'), container('log', PRIVILEGED)) }

/** A folder with these files, scanned. */
function scanned(files: Files, ...args: readonly string[]): { folder: string; report: string } {
  const folder = writeFiles(temporaryFolder(), files)
  const report = join(folder, 'report.json')
  const { code, stderr } = kubescape(['scan', 'k8s', '--format', 'json', '--output', report, ...args], { cwd: folder })
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Report written') })
  return { folder, report }
}

function compare(base: string, head: string, ...args: readonly string[]): Comparison {
  const { code, stdout, stderr } = kubescape(['diff', base, head, '--format', 'json', ...args])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Comparison
}

function ids(items: readonly Item[]): string[] {
  return items.map(({ controlID, path }) => `${controlID} ${path}`)
}

const base = scanned(BASE)
const failures = compare(base.report, base.report).summary['unchanged'] ?? 0

test('a report compared with itself has no changes, and these files have failures', () => {
  expect(failures).toBeGreaterThan(10)
  expect(compare(base.report, base.report).summary).toEqual({
    new: 0,
    resolved: 0,
    unchanged: failures,
    incomparable: 0,
  })
})

describe('nothing is new when', () => {
  const changes: Readonly<Record<string, Files>> = {
    'lines move': { 'k8s/web.yaml': `# a comment\n\n# and another\n${BASE['k8s/web.yaml']}` },
    'a file is renamed': { 'k8s/deep/app.yaml': BASE['k8s/web.yaml'] ?? '' },
    'another document comes first': {
      'k8s/web.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: first}\n---\n${BASE['k8s/web.yaml']}`,
    },
    'containers change places': { 'k8s/web.yaml': web(container('log', PRIVILEGED), container('app')) },
  }
  const layouts = [['v3'], ['v2', '--format-version', 'v2']] as const
  const cases = Object.entries(changes).flatMap(([name, files]) =>
    layouts.map(([layout, ...args]) => [name, layout, files, args] as const),
  )

  test.each(cases)('%s (%s)', (_, __, files, args) => {
    const before = args.length === 0 ? base : scanned(BASE, ...args)
    const { report } = scanned(files, ...args)
    const comparison = compare(before.report, report)
    const added = [...comparison.new, ...comparison.incomparable].filter(({ resourceID }) => resourceID.endsWith('web'))
    expect(ids(added)).toEqual([])
    expect(comparison.resolved).toEqual([])
  })
})

describe('of resources with the same name', () => {
  const other = (name: string): string => web(container(name))
  const twins: Files = { 'k8s/a.yaml': other('one'), 'k8s/b.yaml': other('two') }

  test('each is held against itself when both files are renamed', () => {
    const { report } = scanned({ 'k8s/x.yaml': twins['k8s/b.yaml'] ?? '', 'k8s/y.yaml': twins['k8s/a.yaml'] ?? '' })
    const { summary } = compare(scanned(twins).report, report)
    expect(summary).toMatchObject({ new: 0, resolved: 0, incomparable: 0 })
  })

  test('the one that changed is told by its file', () => {
    const { report } = scanned({ ...twins, 'k8s/a.yaml': web(container('one', PRIVILEGED)) })
    const comparison = compare(scanned(twins).report, report)
    expect(comparison.new.map(({ controlID }) => controlID)).toContain('C-0057')
    expect(comparison.new.every((item) => 'file' in item && item.file === 'k8s/a.yaml')).toBe(true)
  })
})

describe('what changed', () => {
  const worse = scanned({ 'k8s/web.yaml': web(container('app', PRIVILEGED), container('log', PRIVILEGED)) })

  test('a second container with the same fault is new by evidence, and no new failure of the control', () => {
    const privileged = ({ controlID }: Item): boolean => controlID === 'C-0057'
    const byEvidence = compare(base.report, worse.report)
    expect(ids(byEvidence.new.filter(privileged))).toEqual([
      'C-0057 spec.template.spec.containers[0].securityContext.privileged',
    ])
    expect(byEvidence.unchanged.filter(privileged)).toHaveLength(1)
    const byControl = compare(base.report, worse.report, '--granularity', 'control')
    expect(byControl.new.filter(privileged)).toEqual([])
    expect(byControl.unchanged.filter(privileged)).toHaveLength(1)
  })

  test('the other way round it is resolved', () => {
    const { summary } = compare(worse.report, base.report)
    expect(summary['new']).toBe(0)
    expect(summary['resolved']).toBeGreaterThan(0)
  })

  test('a resource that came is new, and one that went is resolved, with the reason', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: extra}\nspec: {containers: [{name: a, image: b}]}\n'
    const { report } = scanned({ ...BASE, 'k8s/pod.yaml': pod })
    const came = compare(base.report, report)
    expect(came.new.length).toBeGreaterThan(5)
    expect(new Set(came.new.map(({ baseStatus }) => baseStatus))).toEqual(new Set(['absent']))
    const went = compare(report, base.report)
    expect(new Set(went.resolved.map(({ reason }) => reason))).toEqual(new Set(['the resource is gone']))
    expect(went.resolved).toHaveLength(came.new.length)
  })
})

describe('nobody can tell, so nothing is resolved, when', () => {
  test('the control was not asked for', () => {
    const { report } = scanned(BASE, '--exclude-controls', 'C-0057')
    const { summary, incomparable } = compare(base.report, report)
    expect(summary).toMatchObject({ new: 0, resolved: 0, incomparable: 1 })
    expect(incomparable[0]).toMatchObject({
      controlID: 'C-0057',
      baseStatus: 'failed',
      headStatus: 'not evaluated',
      reason: 'the control was not asked for now',
    })
    expect(compare(report, base.report).incomparable[0]?.reason).toBe('the control was not asked for before')
  })

  test('the namespace was left out', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: extra}\nspec: {containers: [{name: a, image: b}]}\n'
    const files = { ...BASE, 'k8s/pod.yaml': pod }
    const { report } = scanned(files, '--exclude-namespaces', 'shop')
    const { summary, incomparable } = compare(scanned(files).report, report)
    expect(summary).toMatchObject({ new: 0, resolved: 0 })
    expect(new Set(incomparable.map(({ reason }) => reason))).toEqual(new Set(['namespace shop was left out now']))
  })

  test('a file could not be read', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: extra}\nspec: {containers: [{name: a, image: b}]}\n'
    const before = scanned({ ...BASE, 'k8s/pod.yaml': pod })
    const { report } = scanned({ ...BASE, 'k8s/pod.yaml': 'apiVersion: v1\nkind: Pod\n\tbroken: [\n' })
    const { summary, incomparable, warnings } = compare(before.report, report)
    expect(summary).toMatchObject({ new: 0, resolved: 0 })
    expect(incomparable.length).toBeGreaterThan(5)
    expect(incomparable[0]?.reason).toBe('the resource is not there now, but not everything could be read')
    expect(warnings).toEqual(['Not everything could be read now'])
  })

  test('other frameworks were asked for', () => {
    const folder = base.folder
    const [nsa, mitre] = ['nsa', 'mitre'].map((name) => {
      const file = join(folder, `${name}.json`)
      kubescape(['scan', 'framework', name, 'k8s', '--format', 'json', '--output', file], { cwd: folder })
      return file
    })
    const { summary, warnings } = compare(nsa ?? '', mitre ?? '')
    expect(summary).toMatchObject({ new: 0, resolved: 0, unchanged: 0 })
    expect(summary['incomparable']).toBeGreaterThan(5)
    expect(warnings).toEqual(['Nothing can be compared: "framework nsa" was asked for before, "framework mitre" now'])
  })

  test('one was a cluster', () => {
    const report = JSON.parse(readFileSync(base.report, 'utf8')) as {
      metadata: { scanMetadata: object; targetMetadata: object }
    }
    Object.assign(report.metadata.scanMetadata, { scanningTarget: 0 })
    report.metadata.targetMetadata = { clusterContextMetadata: { contextName: 'prod' } }
    const file = join(base.folder, 'cluster.json')
    writeFileSync(file, JSON.stringify(report))
    const { summary, warnings } = compare(file, base.report)
    expect(summary).toEqual({ new: 0, resolved: 0, unchanged: 0, incomparable: failures })
    expect(warnings).toEqual(['Nothing can be compared: cluster "prod" before, files now'])
  })
})

describe('kubescape diff', () => {
  const worse = scanned({ 'k8s/web.yaml': web(container('app', PRIVILEGED), container('log')) })
  const diff = (...args: readonly string[]): Run => kubescape(['diff', base.report, worse.report, ...args])

  test('ends with 0 whatever it finds, and with 1 for new failures when asked', () => {
    expect(diff().code).toBe(0)
    const { code, stdout, stderr } = diff('--fail-on-new')
    expect(code).toBe(1)
    expect(stdout).toContain('C-0057')
    expect(stderr).toMatch(/^gate failed: --fail-on-new: \d+ new failures?\n$/)
  })

  test('counts the severities that it is told to', () => {
    expect(diff('--fail-on-new', '--severity-threshold', 'critical')).toMatchObject({ code: 0, stderr: '' })
    expect(diff('--fail-on-new', '--severity-threshold', 'HIGH').stderr).toMatch(/of severity high or worse\n$/)
  })

  test('counts what cannot be compared', () => {
    const { report } = scanned(BASE, '--exclude-controls', 'C-0057')
    const { code, stderr } = kubescape(['diff', report, base.report, '--fail-on-new'])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'gate failed: --fail-on-new: 1 failure that cannot be compared\n',
    })
  })

  test('has an exit code of its own where codes are told apart', () => {
    expect(diff('--fail-on-new', '--exit-code-map').code).toBe(6)
  })

  test('shows people what is new and resolved, and how much stayed', () => {
    const { stdout } = diff()
    expect(stdout).toContain('New failures (')
    expect(stdout).toContain('Resolved (')
    expect(stdout).toMatch(/Deployment shop\/web {2}web\.yaml:\d+|Deployment shop\/web {2}k8s\/web\.yaml:\d+/)
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ new, 0 not comparable, \d+ resolved, \d+ unchanged$/)
  })

  test('writes YAML with the members of JSON', () => {
    expect(load(diff('--format', 'yaml').stdout)).toEqual(JSON.parse(diff('--format', 'json').stdout))
  })

  test('writes Markdown whose tables hold', () => {
    const lines = diff('--format', 'markdown').stdout.split('\n')
    expect(lines[0]).toBe('## Kubescape: New failures')
    const rows = lines.filter((line) => line.startsWith('| High'))
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row.split('|')).toHaveLength(7)
  })

  test('writes files with the extension of the format', () => {
    const file = join(base.folder, 'out/diff')
    const { code, stdout, stderr } = diff('--format', 'markdown', '--output', file)
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: `Comparison written to ${file}.md\n` })
    expect(readFileSync(`${file}.md`, 'utf8')).toBe(diff('--format', 'markdown').stdout)
  })
})

describe('scan --baseline', () => {
  const file = join(base.folder, 'baseline.json')
  kubescape(['scan', 'k8s', '--write-baseline', file], { cwd: base.folder })
  const worse = scanned({ 'k8s/web.yaml': web(container('app', PRIVILEGED), container('log')) })
  const scan = (...args: readonly string[]): Run =>
    kubescape(['scan', 'k8s', '--format', 'json', ...args], { cwd: worse.folder })

  test.each([
    ['a baseline file', file],
    ['a report', base.report],
  ])('says what is new since %s, and keeps standard output clean', (_, since) => {
    const { code, stdout, stderr } = scan('--baseline', since)
    expect(code).toBe(0)
    expect(() => JSON.parse(stdout) as unknown).not.toThrow()
    expect(stderr).toMatch(/^new: High C-0057 Privileged container: Deployment shop\/web /m)
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^Baseline: \d+ new, 0 not comparable, \d+ resolved, \d+ unchanged$/,
    )
  })

  test('agrees with diff', () => {
    const { summary } = compare(file, worse.report)
    const { new: added, resolved, unchanged } = summary
    expect(scan('--baseline', base.report).stderr).toContain(
      `Baseline: ${added} new, 0 not comparable, ${resolved} resolved, ${unchanged} unchanged`,
    )
  })

  test.each([[], ['--view', 'control'], ['--view', 'resource'], ['-f', 'pretty-printer']])(
    'gates in every view: %s %s',
    (...args) => {
      const { code, stderr } = scan('--baseline', file, '--baseline-fail-on-new', ...args)
      expect(code).toBe(1)
      expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^gate failed: --baseline-fail-on-new: \d+ new failures?$/)
    },
  )

  test('lets pass what was there before', () => {
    const args = ['scan', 'k8s', '--baseline', file, '--baseline-fail-on-new']
    const { code, stderr } = kubescape(args, { cwd: base.folder })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Baseline: 0 new, 0 not comparable, 0 resolved, \d+ unchanged\n$/)
  })

  test('counts the severities and the granularity that it is told to', () => {
    const gate = ['--baseline', file, '--baseline-fail-on-new']
    expect(scan(...gate, '--baseline-severity-threshold', 'critical').code).toBe(0)
    expect(scan(...gate, '--baseline-severity-threshold', 'high').code).toBe(1)
    const both = writeFiles(temporaryFolder(), {
      'k8s/web.yaml': web(container('app', PRIVILEGED), container('log', PRIVILEGED)),
    })
    expect(kubescape(['scan', 'k8s', ...gate], { cwd: both }).code).toBe(1)
    expect(kubescape(['scan', 'k8s', ...gate, '--baseline-granularity', 'control'], { cwd: both }).code).toBe(0)
  })

  test('does not take for new what exceptions accept, nor for resolved in silence', () => {
    const exceptions =
      '[{"name":"e","policyType":"postureExceptionPolicy","actions":["alertOnly"],"resources":[{"designatorType":"Attributes","attributes":{"kind":".*"}}],"posturePolicies":[{"controlID":"C-0057"}]}]'
    writeFiles(worse.folder, { 'accepted.json': exceptions })
    writeFiles(base.folder, { 'accepted.json': exceptions })
    const found = (run: Run): string => run.stderr.match(/^new: .* C-0057 .*$/m)?.[0] ?? ''
    expect(found(scan('--baseline', file))).not.toBe('')
    expect(found(scan('--baseline', file, '--exceptions', 'accepted.json'))).toBe('')
    const now = scanned(BASE, '--exceptions', writeFiles(temporaryFolder(), { 'e.json': exceptions }) + '/e.json')
    const gone = compare(base.report, now.report).resolved.filter(({ controlID }) => controlID === 'C-0057')
    expect(gone).toMatchObject([{ headStatus: 'excluded', reason: 'accepted by an exception' }])
    expect(compare(now.report, base.report).new.map(({ controlID }) => controlID)).toContain('C-0057')
  })

  test('sees failures that are not shown', () => {
    expect(scan('--baseline', file, '--baseline-fail-on-new', '--max-severity', 'low').code).toBe(1)
  })

  test('a baseline file has a line for each resource, and the same scan writes the same lines', () => {
    const again = join(base.folder, 'again.json')
    kubescape(['scan', 'k8s', '--write-baseline', again], { cwd: base.folder })
    const lines = (path: string): string[] =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => !line.startsWith('"generationTime"'))
    expect(lines(again)).toEqual(lines(file))
    expect(lines(file).filter((line) => line.startsWith('{"id"'))).toHaveLength(1)
  })
})

describe('flags that make no sense are refused', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['diff a.json b.json --format xml', /--format does not know "xml" for comparisons/],
    ['diff a.json b.json --format json,yaml', /--format does not know "json,yaml" for comparisons/],
    ['diff a.json b.json --granularity line', /--granularity does not know "line"/],
    ['diff a.json b.json --severity-threshold bad', /--severity-threshold does not know "bad"/],
    ['diff a.json', /missing required argument 'head'/],
    ['scan k8s --baseline-fail-on-new', /--baseline-fail-on-new does nothing without --baseline/],
    ['scan k8s --baseline-granularity control', /--baseline-granularity does nothing without --baseline/],
    ['scan k8s --baseline-severity-threshold high', /--baseline-severity-threshold does nothing without --baseline/],
    ['scan k8s --baseline b --write-baseline b --baseline-fail-on-new', /name the same file/],
    ['scan k8s --baseline=', /--baseline is empty/],
    ['scan k8s --write-baseline=', /--write-baseline is empty/],
  ]

  test.each(refused)('%s', (typed, message) => {
    const { code, stdout, stderr } = kubescape(typed.split(' '), { cwd: base.folder })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })
})
