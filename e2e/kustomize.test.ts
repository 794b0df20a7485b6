/** Kustomizations as inputs of a scan: overlays are built, bases are not counted twice, findings point at bases and patches. */
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type JsonReport, type ResourceVerdict } from './json-report.ts'
import { kubescape, root } from './kubescape.ts'

const folder = temporaryFolder()
const HEAD = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n'
const DEPLOYMENT = `# kubescape:ignore C-0016 it is needed
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: main
          image: nginx
          securityContext:
            allowPrivilegeEscalation: true
`
const PRIVILEGED = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: main
          securityContext:
            privileged: true
`

writeFiles(folder, {
  'app/base/kustomization.yaml': `${HEAD}resources: [deployment.yaml]\n`,
  'app/base/deployment.yaml': DEPLOYMENT,
  'app/overlays/dev/kustomization.yaml': `${HEAD}namespace: dev\nresources: [../../base]\npatches: [{path: patch.yaml}]\n`,
  'app/overlays/dev/patch.yaml': PRIVILEGED,
  'app/overlays/dev/beside.yaml': podYaml('beside'),
  'app/overlays/prod/kustomization.yml': `${HEAD}namespace: prod\nnamePrefix: my-\nresources: [../../base]\n`,
})

function scan(...args: readonly string[]): JsonReport {
  const { code, report, stderr } = scanJson(['scan', 'control', 'C-0057,C-0016', ...args], { cwd: folder })
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') as string })
  return report
}

/** Kind, namespace and name of everything that was judged. */
function names(report: JsonReport): string[] {
  return report.resources
    .map(({ object: { kind, metadata } }) => [kind, metadata?.namespace, metadata?.name].filter(Boolean).join('/'))
    .toSorted()
}

function failures(report: JsonReport, control = 'C-0057'): readonly ResourceVerdict[] {
  const verdicts = report.results.find(({ controlID }) => controlID === control)?.resources ?? []
  return verdicts.filter(({ status }) => status === 'failed')
}

describe('a kustomization', () => {
  test('is built for each overlay, and its base is not counted once more', () => {
    const report = scan('app')
    expect(names(report)).toEqual(['Deployment/dev/web', 'Deployment/prod/my-web', 'Pod/beside'])
    const sources = report.resources.map(({ source }) => source)
    expect(sources).toMatchObject([
      { path: 'app/base/deployment.yaml', fileType: 'Kustomize Directory', kustomizeDirectoryName: 'app/overlays/dev' },
      {
        path: 'app/base/deployment.yaml',
        fileType: 'Kustomize Directory',
        kustomizeDirectoryName: 'app/overlays/prod',
      },
      { path: 'app/overlays/dev/beside.yaml', fileType: 'YAML' },
    ])
    expect(new Set(report.resources.map(({ resourceID }) => resourceID)).size).toBe(3)
    expect(report.scanCoverage).toMatchObject({ problems: [], degraded: false })
  })

  test('is built when it alone is named, by its directory or its file', () => {
    expect(names(scan('app/overlays/prod'))).toEqual(['Deployment/prod/my-web'])
    expect(names(scan('app/overlays/prod/kustomization.yml'))).toEqual(['Deployment/prod/my-web'])
    expect(names(scan('app/base'))).toEqual(['Deployment/web'])
  })

  test('has findings at the patch that made them, and at the base where nothing did', () => {
    const report = scan('app/overlays/dev')
    expect(failures(report)[0]?.findings).toMatchObject([
      {
        path: 'spec.template.spec.containers[0].securityContext.privileged',
        file: 'app/overlays/dev/patch.yaml',
        line: 10,
      },
    ])
    const { report: all } = scanJson(
      ['scan', 'control', 'C-0016', 'app/overlays/prod', '--honor-inline-exceptions=false'],
      {
        cwd: folder,
      },
    )
    expect(failures(all, 'C-0016')[0]?.findings[0]).toMatchObject({
      file: 'app/base/deployment.yaml',
      line: 15,
      exact: true,
    })
  })

  test('obeys the comments of its base', () => {
    const verdicts = scan('app/overlays/prod').results.find(({ controlID }) => controlID === 'C-0016')?.resources
    expect(verdicts?.map(({ status }) => status)).toEqual(['excluded'])
  })

  test('that cannot be built costs only itself, and its files are scanned one by one', () => {
    writeFiles(folder, {
      'broken/kustomization.yaml': `${HEAD}resources: [pod.yaml, missing.yaml]\n`,
      'broken/pod.yaml': podYaml('single'),
    })
    const { report } = scanJson(['scan', 'control', 'C-0057', 'broken', 'app'], { cwd: folder })
    expect(names(report)).toEqual(['Deployment/dev/web', 'Deployment/prod/my-web', 'Pod/beside', 'Pod/single'])
    expect(report.scanCoverage.problems).toMatchObject([{ code: 'kustomizations/build' }])
    expect(report.scanCoverage.problems[0]?.message).toContain('missing.yaml')
    expect(report.scanCoverage.degraded).toBe(true)
  })

  test('whose base is elsewhere in the network is refused, and nothing is fetched', () => {
    writeFiles(folder, { 'remote/kustomization.yaml': `${HEAD}resources: ["https://example.invalid/base?ref=v1"]\n` })
    const { code, stderr } = kubescape(['scan', 'remote'], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toContain('example.invalid')
  })
})

describe('a hostile kustomization', () => {
  test('that builds on itself ends', () => {
    writeFiles(folder, {
      'cycle/a/kustomization.yaml': `${HEAD}resources: [../b]\n`,
      'cycle/b/kustomization.yaml': `${HEAD}resources: [../a]\n`,
      'cycle/pod.yaml': podYaml('beside'),
    })
    const { report } = scanJson(['scan', 'control', 'C-0057', 'cycle'], { cwd: folder })
    expect(names(report)).toEqual(['Pod/beside'])
    expect(report.scanCoverage.problems.length).toBeGreaterThan(0)
  })

  test('reads nothing outside of its directory', () => {
    writeFiles(folder, {
      'secret.txt': 'hunter2-hunter2',
      'greedy/a/kustomization.yaml': `${HEAD}configMapGenerator: [{name: a, files: [../../secret.txt]}]\n`,
      'greedy/b/kustomization.yaml': `${HEAD}configMapGenerator: [{name: b, files: [link.txt]}]\n`,
      'greedy/pod.yaml': podYaml('beside'),
    })
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'greedy/b/link.txt'))
    const { stdout, stderr, report } = scanJson(['scan', 'control', 'C-0057,C-0012', 'greedy', '-v'], { cwd: folder })
    expect(stdout + stderr).not.toContain('hunter2')
    expect(names(report)).toEqual(['Pod/beside'])
    expect(report.scanCoverage.problems.filter(({ code }) => code === 'kustomizations/build')).toHaveLength(2)
  })
})

test('the example: dev is open, prod is not', () => {
  const { report } = scanJson(['scan', 'control', 'C-0057,C-0038', 'examples/web-kustomize'], { cwd: root })
  expect(names(report)).toContain('Deployment/web-prod/web')
  for (const control of ['C-0057', 'C-0038']) {
    expect(failures(report, control).map(({ namespace }) => namespace)).toEqual(['web-dev'])
  }
})

describe('what a kustomization decides', () => {
  test('is found where it decides: images, inline patches, operations, generators, charts', () => {
    writeFiles(folder, {
      'mixed/kustomization.yaml': [
        HEAD.trimEnd(),
        'resources: [web.yaml]',
        'images:',
        '  - name: nginx',
        '    newName: k8s.gcr.io/nginx',
        'patches:',
        '  - path: operations.yaml',
        '    target: {kind: Deployment}',
        '  - patch: |-',
        '      apiVersion: apps/v1',
        '      kind: Deployment',
        '      metadata: {name: web}',
        '      spec: {template: {spec: {hostPID: true}}}',
        'configMapGenerator:',
        '  - name: settings',
        '    literals: [password=hunter2-hunter2]',
        'helmCharts:',
        '  - name: db',
        '    releaseName: own',
        '    valuesInline: {name: inline}',
        '',
      ].join('\n'),
      'inputs.json': '{"untrustedRegistries":["k8s.gcr.io"]}',
      'mixed/web.yaml': DEPLOYMENT,
      'mixed/operations.yaml':
        '- op: add\n  path: /metadata/labels\n  value: {a: b}\n- op: add\n  path: /spec/template/spec/containers/0/securityContext\n  value: {privileged: true}\n',
      'mixed/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
      'mixed/charts/db/templates/pod.yaml': podYaml('{{ .Release.Name }}-{{ .Values.name }}'),
    })
    const config = ['--controls-config', 'inputs.json']
    const { report, stdout } = scanJson(['scan', 'control', 'C-0057,C-0038,C-0001,C-0012', 'mixed', ...config], {
      cwd: folder,
    })
    expect(names(report).map((name) => name.replace(/-\w+$/, ''))).toEqual([
      'ConfigMap/settings',
      'Deployment/web',
      'Pod/own',
    ])
    expect(report.scanCoverage.problems).toEqual([])
    expect(stdout).not.toContain('hunter2')
    const placeOf = (control: string): unknown => {
      const [finding] = failures(report, control)[0]?.findings ?? []
      return `${finding?.file}:${finding?.line}`
    }
    expect(placeOf('C-0057')).toBe('mixed/operations.yaml:4')
    expect(placeOf('C-0038')).toMatch(/^mixed\/kustomization\.yaml:1[0-4]$/)
    expect(placeOf('C-0001')).toMatch(/^mixed\/kustomization\.yaml:5$/)
    expect(placeOf('C-0012')).toMatch(/^mixed\/kustomization\.yaml:1[67]$/)
  })

  test('is offered as an edit in the file of a base that no patch changes, and nowhere else', () => {
    const fixesOf = (path: string): string => {
      const { stdout } = kubescape(
        ['scan', 'control', 'C-0016', path, '--honor-inline-exceptions=false', '-f', 'sarif'],
        {
          cwd: folder,
        },
      )
      const { runs } = JSON.parse(stdout) as { runs: { results: { fixes?: unknown[] }[] }[] }
      return JSON.stringify(runs[0]?.results.map(({ fixes }) => fixes))
    }
    expect(fixesOf('app/overlays/prod')).toContain('"uri":"app/base/deployment.yaml"')
    expect(fixesOf('app/overlays/dev')).not.toContain('base/deployment.yaml')
  })
})
