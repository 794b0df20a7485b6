/** Charts as inputs of a scan: what is rendered, with which values, where findings are, and what hostile ones cost. */
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type JsonReport, type ResourceVerdict } from './json-report.ts'
import { kubescape, root, type Run } from './kubescape.ts'

const folder = temporaryFolder()
const CHART = 'apiVersion: v2\nname: web\nversion: 1.0.0\n'
const POD = `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-{{ .Values.name | default "web" }}
  namespace: {{ .Release.Namespace }}
spec:
  containers:
    - name: main
      image: {{ .Values.image.repository }}:{{ .Values.image.tag }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      securityContext:
        {{- toYaml .Values.securityContext | nindent 8 }}
`
const VALUES = `image:
  repository: nginx
  tag: "1.0"
  pullPolicy: IfNotPresent
securityContext:
  privileged: true
`

/** A chart in a folder of that name. */
function chart(name: string, files: Readonly<Record<string, string>> = {}): void {
  const own = { 'Chart.yaml': CHART, 'values.yaml': VALUES, 'templates/pod.yaml': POD, ...files }
  writeFiles(folder, Object.fromEntries(Object.entries(own).map(([path, text]) => [`${name}/${path}`, text])))
}

chart('web', { 'values-prod.yaml': 'securityContext: {privileged: false}\nname: prod\n' })

function run(...args: readonly string[]): Run {
  return kubescape(['scan', ...args], { cwd: folder })
}

function scan(...args: readonly string[]): JsonReport {
  const { code, report, stderr } = scanJson(['scan', 'control', 'C-0057,C-0016', ...args], { cwd: folder })
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') as string })
  return report
}

function names(report: JsonReport): string[] {
  return report.resources.map(({ object }) => String(object.metadata?.name)).toSorted()
}

function failures(report: JsonReport, control = 'C-0057'): readonly ResourceVerdict[] {
  const verdicts = report.results.find(({ controlID }) => controlID === control)?.resources ?? []
  return verdicts.filter(({ status }) => status === 'failed')
}

describe('a chart', () => {
  test('is rendered with its own values, for a release of the name and namespace that helm template takes', () => {
    const report = scan('web')
    expect(names(report)).toEqual(['release-name-web'])
    expect(report.resources[0]).toMatchObject({
      object: { metadata: { namespace: 'default' }, spec: { containers: [{ image: 'nginx:1.0' }] } },
      source: {
        path: 'web/templates/pod.yaml',
        relativePath: 'web/templates/pod.yaml',
        fileType: 'Helm Chart',
        line: 1,
        helmPath: 'web',
        helmChartName: 'web',
        helmTemplateFile: 'templates/pod.yaml',
        helmTemplateLine: 1,
      },
    })
    expect(report.scanCoverage).toMatchObject({ problems: [], degraded: false, documents: { files: 1, read: 1 } })
  })

  test('has findings at the lines of its templates, with the values to change', () => {
    const [failure] = failures(scan('web'))
    expect(failure?.findings).toEqual([
      {
        path: 'spec.containers[0].securityContext.privileged',
        file: 'web/templates/pod.yaml',
        line: 12,
        column: 13,
        exact: true,
        presentValue: 'true',
        values: [{ path: '.Values.securityContext.privileged', use: 'change', file: 'web/values.yaml', line: 6 }],
        fix: { action: 'remove', path: 'spec.containers[0].securityContext.privileged' },
      },
    ])
    const text = run('control', 'C-0057', 'web', '-v').stdout
    expect(text).toContain('web/templates/pod.yaml:12:13')
    expect(text).toContain('change .Values.securityContext.privileged (web/values.yaml:6)')
    expect(text).toContain('{{- toYaml .Values.securityContext | nindent 8 }}')
  })

  test('is found in a directory with others and with plain files, and each thing is read once', () => {
    writeFiles(folder, { 'tree/plain.yaml': podYaml('plain') })
    chart('tree/a', {
      'crds/pod.yaml': podYaml('of-crds'),
      'ci/values.yaml': 'name: ci\n',
      'extra.yaml': podYaml('extra'),
    })
    chart('tree/b', {
      'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
      'charts/sub/templates/pod.yaml': podYaml('{{ .Release.Name }}-sub'),
      'charts/sub/crds/pod.yaml': podYaml('no'),
      'files/pod.yaml': podYaml('{{ .Values.x }}', '{{- if .Values.y }}'),
    })
    const report = scan('tree')
    expect(names(report)).toEqual([
      'extra',
      'of-crds',
      'plain',
      'release-name-sub',
      'release-name-web',
      'release-name-web',
    ])
    expect(report.scanCoverage.problems).toEqual([])
    const files = report.resources.map(({ source }) => source?.path)
    expect(new Set(files).size).toBe(files.length)
    expect(names(scan('tree', '--exclude-path', 'b/', '--exclude-path', 'extra.yaml'))).toEqual([
      'of-crds',
      'plain',
      'release-name-web',
    ])
    expect(names(scan('tree', '--exclude-path', '/a/templates/'))).toEqual([
      'extra',
      'of-crds',
      'plain',
      'release-name-sub',
      'release-name-web',
    ])
  })

  test('in the present directory has files without the way to it', () => {
    const { report } = scanJson(['scan', 'control', 'C-0057', '.'], { cwd: join(folder, 'web') })
    expect(report.resources[0]?.source?.path).toBe('templates/pod.yaml')
  })

  test('is looked at through its Chart.yaml too, and one workload of it by --chart-path', () => {
    expect(names(scan('web/Chart.yaml'))).toEqual(['release-name-web'])
    const { code, stdout } = run(
      'workload',
      'Pod/release-name-web',
      '--chart-path',
      'web',
      '--file-path',
      'web/templates/pod.yaml',
    )
    expect(code).toBe(0)
    expect(stdout).toContain('Pod default/release-name-web')
  })

  test('obeys the comments of its templates, and says where they stand', () => {
    chart('ignored', { 'templates/pod.yaml': `{{- $x := 1 }}\n# kubescape:ignore C-0057 it has to\n${POD}` })
    const report = scan('ignored')
    expect(failures(report)).toEqual([])
    const [verdict] = report.results.find(({ controlID }) => controlID === 'C-0057')?.resources ?? []
    expect(verdict).toMatchObject({
      status: 'excluded',
      line: 3,
      exceptions: [{ name: 'inline-ignored/templates/pod.yaml:2', reason: 'it has to' }],
    })
  })

  test('without templates of its own for a cluster is a library, and renders nothing', () => {
    chart('library', { 'Chart.yaml': `${CHART}type: library\n`, 'pod.yaml': podYaml('beside') })
    expect(names(scan('library'))).toEqual(['beside'])
  })
})

describe('values', () => {
  test('of files and flags are laid over each other as with helm', () => {
    const of = (...args: readonly string[]): unknown => scan('web', ...args).resources[0]?.object
    expect(of('--values', 'web/values-prod.yaml')).toMatchObject({ metadata: { name: 'release-name-prod' } })
    expect(of('--values', 'web/values-prod.yaml', '--set', 'name=set')).toMatchObject({
      metadata: { name: 'release-name-set' },
    })
    expect(of('--set-string', 'image.tag=1', '--set', 'image.tag=2')).toMatchObject({
      spec: { containers: [{ image: 'nginx:1' }] },
    })
    writeFiles(folder, { 'tag.txt': '3.0' })
    expect(of('--set-file', 'image.tag=tag.txt')).toMatchObject({ spec: { containers: [{ image: 'nginx:3.0' }] } })
    expect(of('--set-json', 'image={"repository":"a","tag":"b"}')).toMatchObject({
      spec: { containers: [{ image: 'a:b' }] },
    })
    expect(of('--set-literal', 'image.tag=a,b=c')).toMatchObject({ spec: { containers: [{ image: 'nginx:a,b=c' }] } })
    expect(of('--release-name', 'shop', '--release-namespace', 'prod')).toMatchObject({
      metadata: { name: 'shop-web', namespace: 'prod' },
    })
  })

  test('of flags are told by the name of the flag, and not with what was given to it', () => {
    const { stdout } = run('control', 'C-0057', 'web', '--set', 'securityContext.privileged=true', '--view', 'resource')
    expect(stdout).toContain('change .Values.securityContext.privileged (--set)')
  })

  test('that are not there, or no values, end the scan before it begins', () => {
    for (const [args, message] of [
      [['--values', 'none.yaml'], /^error: --values cannot be read: .*none\.yaml/],
      [['--values', 'https://example.com/values.yaml'], /^error: --values https:.* would be fetched/],
      [['--values-set', 'prod'], /^error: --values-set is "prod"/],
      [['--values-set', 'a=', '--values-set', 'a='], /^error: --values-set names a twice/],
      [['--set', 'a'], /^error: failed parsing --set data: .*a/],
      [['--set-file', 'a=none.txt'], /^error: failed parsing --set-file data: .*none\.txt/],
      [['--values', 'web/templates/pod.yaml'], /^error: failed to parse web\/templates\/pod\.yaml: /],
      [['--release-name', 'Shop'], /^error: --release-name "Shop"/],
      [['--release-namespace', 'a/b'], /^error: --release-namespace "a\/b"/],
      [['--kube-version', 'new'], /^error: --kube-version is "new"/],
    ] as const) {
      const { code, stderr } = run('web', ...args)
      expect({ args, code }).toEqual({ args, code: 1 })
      expect(stderr).toMatch(message)
    }
  })

  test('without a chart to use them on are told so', () => {
    writeFiles(folder, { 'plain/pod.yaml': podYaml('plain') })
    expect(run('plain', '--set', 'a=b').stderr).toContain('no chart was found to use --set on')
  })

  test('in several sets give each its own results', () => {
    const report = scan(
      'web',
      '--values-set',
      'dev=',
      '--values-set',
      'prod=web/values-prod.yaml',
      '--set',
      'image.tag=2',
    )
    expect(names(report)).toEqual(['release-name-prod', 'release-name-web'])
    expect(report.resources.map(({ source }) => (source as { valueSet?: string }).valueSet)).toEqual(['dev', 'prod'])
    expect(failures(report).map(({ name }) => name)).toEqual(['release-name-web'])
    const text = run(
      'web',
      '--view',
      'resource',
      '--values-set',
      'dev=',
      '--values-set',
      'prod=web/values-prod.yaml',
    ).stdout
    expect(text).toContain('Pod default/release-name-web (values dev)')
    expect(text).toContain('Pod default/release-name-prod (values prod)')
  })

  test('of Kubernetes versions count', () => {
    chart('versioned', { 'Chart.yaml': `${CHART}kubeVersion: ">=1.30.0-0"\n` })
    expect(names(scan('versioned', '--kube-version', '1.31.0'))).toEqual(['release-name-web'])
    expect(run('versioned', '--kube-version', '1.20').stderr).toContain('incompatible with Kubernetes v1.20')
  })
})

describe('a chart that cannot be rendered', () => {
  test('costs only itself, and is told with the place in its template', () => {
    chart('broken/bad', { 'templates/pod.yaml': `${POD}---\n{{ required "a host is needed" .Values.host }}\n` })
    chart('broken/good')
    const { code, report } = scanJson(['scan', 'control', 'C-0057', 'broken'], { cwd: folder })
    expect(code).toBe(0)
    expect(names(report)).toEqual(['release-name-web'])
    expect(report.scanCoverage).toMatchObject({ degraded: true, documents: { unread: 1 } })
    expect(report.scanCoverage.problems).toMatchObject([
      { code: 'charts/render', file: 'broken/bad/templates/pod.yaml', line: 14, column: 4 },
    ])
    expect(report.scanCoverage.problems[0]?.message).toContain('a host is needed')
    const named = run('control', 'C-0057', 'broken/bad')
    expect(named.code).toBe(1)
    expect(named.stderr).toContain('broken/bad/templates/pod.yaml:14:4')
    expect(names(scan('broken', '--set', 'host=a'))).toEqual(['release-name-web', 'release-name-web'])
  })

  test('for want of its dependencies is judged without them, and not silently', () => {
    chart('umbrella', {
      'Chart.yaml': `${CHART}dependencies:\n  - {name: db, version: 1.x, repository: "https://charts.invalid"}\n`,
    })
    const { report } = scanJson(['scan', 'control', 'C-0057', 'umbrella'], { cwd: folder })
    expect(names(report)).toEqual(['release-name-web'])
    const [problem] = report.scanCoverage.problems
    expect(problem).toMatchObject({ code: 'charts/dependencies', file: 'umbrella' })
    expect(problem?.message).toContain('db')
    expect(problem?.hint).toContain('helm dependency build umbrella')
    expect(report.scanCoverage.degraded).toBe(true)
  })

  test('as YAML afterwards has its problem in the template', () => {
    chart('torn', { 'templates/torn.yaml': '# a comment\n{{ if true }}\na: [\n{{ end }}\n' })
    const { report } = scanJson(['scan', 'control', 'C-0057', 'torn'], { cwd: folder })
    expect(names(report)).toEqual(['release-name-web'])
    expect(report.scanCoverage.problems).toMatchObject([{ file: 'torn/templates/torn.yaml' }])
  })
})

describe('a hostile chart', () => {
  test.each([
    [
      'calls itself for ever',
      { 'templates/a.yaml': '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}' },
    ],
    ['loops for ever', { 'templates/a.yaml': '{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}' }],
    ['writes for ever', { 'templates/a.yaml': '{{ range until 100000 }}{{ repeat 100000 "a" }}{{ end }}' }],
    ['nests for ever', { 'templates/a.yaml': `${'{{ if 1 }}'.repeat(20_000)}${'{{ end }}'.repeat(20_000)}` }],
    [
      'has values that explode',
      {
        'values.yaml': `a: &a [1,1]\n${'bcdefghijklmnopqrstuvwxyz'
          .split('')
          .map(
            (name, at) => `${name}: &${name} [*${'abcdefghijklmnopqrstuvwxy'[at]},*${'abcdefghijklmnopqrstuvwxy'[at]}]`,
          )
          .join('\n')}\n`,
      },
    ],
    ['is no chart', { 'Chart.yaml': '[]' }],
    ['is called by a way out', { 'Chart.yaml': 'apiVersion: v2\nname: ../../etc\nversion: 1.0.0\n' }],
  ])('that %s costs only itself', (name, files) => {
    const path = `hostile/${name.replaceAll(' ', '-')}`
    chart(path, files)
    writeFiles(folder, { [`${path}/beside.yaml`]: podYaml('beside') })
    const { report } = scanJson(['scan', 'control', 'C-0057', path], { cwd: folder })
    expect(names(report)).toContain('beside')
    expect(report.scanCoverage.problems.length).toBeGreaterThan(0)
  })

  test('reads nothing outside of what is scanned', () => {
    writeFiles(folder, { 'secret.txt': 'hunter2-hunter2', 'outside/templates/pod.yaml': podYaml('outside') })
    chart('linked', {
      'templates/pod.yaml': podYaml('{{ .Files.Get "secret.txt" | default "none" }}{{ .Files.Get "../secret.txt" }}'),
    })
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'linked/secret.txt'))
    symlinkSync(join(folder, 'outside'), join(folder, 'linked/charts'))
    const { stdout, stderr, report } = scanJson(['scan', 'control', 'C-0057', 'linked'], { cwd: folder })
    expect(stdout + stderr).not.toContain('hunter2')
    expect(names(report)).toEqual(['none'])
    expect(report.scanCoverage.problems.map(({ code }) => code)).toEqual([
      'sources/link-outside',
      'sources/link-outside',
    ])
  })

  test('shows no secrets of its templates', () => {
    chart('secrets', {
      'templates/pod.yaml': podYaml(
        'web',
        'env:',
        '  - name: A',
        '    value: literal-hunter2',
        '  - name: B',
        '    value: {{ .Values.b | default "default-hunter2" }}',
        'securityContext: {privileged: true}',
      ),
      'templates/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: secret-hunter2}\n',
    })
    for (const format of ['json', 'html', 'sarif', 'pretty-printer', 'markdown', 'ndjson']) {
      const { stdout } = run('secrets', '-f', format, '-v', '-o', '/dev/stdout')
      expect({ format, isOpen: stdout.includes('hunter2') }).toEqual({ format, isOpen: false })
    }
  })
})

describe('the example', () => {
  test('fails with its own values and passes more with those of production', () => {
    const scanned = (...args: readonly string[]): JsonReport =>
      scanJson(['scan', 'framework', 'nsa', 'examples/web-chart', ...args], { cwd: root }).report
    const [own, prod] = [scanned(), scanned('--values', 'examples/web-chart/values-prod.yaml')]
    expect(failures(own)).toHaveLength(1)
    expect(failures(prod)).toHaveLength(0)
    expect(prod.summaryDetails.complianceScore).toBeGreaterThan(own.summaryDetails.complianceScore)
  })
})
