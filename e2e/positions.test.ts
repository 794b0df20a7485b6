import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type Finding, type JsonReport } from './json-report.ts'
import { root } from './kubescape.ts'

const folder = temporaryFolder()

const DOCUMENTS = `# a comment before anything

---
# the first document
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # and one here


  labels: {app: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostPID: true
      "hostNetwork": true
      containers:
      - name: main
        image: nginx:latest

        securityContext:
          # why not
          privileged: true
          allowPrivilegeEscalation: true
          capabilities: {add: [NET_ADMIN, SYS_ADMIN]}
      - {name: side, image: side, securityContext: {privileged: true, runAsUser: 0}}
...
# between documents
---
apiVersion: v1
kind: List
items:
# the first item
- apiVersion: v1
  kind: Pod
  metadata: {name: first}
  spec:
    hostIPC: true
    containers: [{name: a, image: a, securityContext: {privileged: true}}]
-
  apiVersion: v1
  kind: Pod
  metadata:
    name: second
  spec:
    volumes:
    - name: root
      hostPath:
        path: /
    containers:
    - name: a
      image: a
      ports:
      - {containerPort: 80, hostPort: 80}
      env:
      - name: PASSWORD
        value: 'text'
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
rules:
- apiGroups: ["*"]
  resources: ["*"]
  verbs:
  - get
  - "*"
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: all}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}
subjects:
- {kind: User, name: anna, apiGroup: rbac.authorization.k8s.io}
`

writeFiles(folder, {
  'documents.yaml': DOCUMENTS,
  'windows.yaml': DOCUMENTS.replaceAll('\n', '\r\n'),
  'mark.yaml': `\uFEFF${DOCUMENTS}`,
  'pods.json': JSON.stringify(
    [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'one' },
        spec: { hostPID: true, containers: [{ name: 'a', image: 'a' }] },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'two' },
        spec: { hostIPC: true, containers: [{ name: 'a', image: 'a' }] },
      },
    ],
    null,
    2,
  ),
})

/** The key at the end of a path; undefined where it ends in an index. */
function lastKey(path: string): string | undefined {
  return /\[\d+\]$/.test(path) ? undefined : (/\[([^\][]+)\]$/.exec(path)?.[1] ?? path.split('.').at(-1))
}

function findings(report: JsonReport): (Finding & { readonly controlID: string })[] {
  return report.results.flatMap(({ controlID, resources }) =>
    resources.flatMap((resource) => resource.findings.map((finding) => ({ ...finding, controlID }))),
  )
}

/** Findings whose place does not hold the field that their path names. */
function misplaced(report: JsonReport, cwd: string): object[] {
  return findings(report).filter(({ path, file, line, column, exact }) => {
    if (path === '') return false
    if (file === undefined || line === undefined || column === undefined) return true
    const lines = readFileSync(join(cwd, file), 'utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
    const text = lines[line - 1]
    if (text === undefined || column > text.length + 1) return true
    const key = lastKey(path)
    if (exact !== true || key === undefined) return false
    const there = text.slice(column - 1)
    return !(there.startsWith(key) || there.startsWith(`"${key}"`) || there.startsWith(`'${key}'`))
  })
}

describe.each(['documents.yaml', 'windows.yaml', 'mark.yaml'])('positions in %s', (file) => {
  const { report } = scanJson(['scan', file, '--as-cluster'], { cwd: folder })
  const lines = DOCUMENTS.split('\n')

  function place(control: string, path: string, name: string): unknown {
    const resource = report.results
      .find(({ controlID }) => controlID === control)
      ?.resources.find((each) => each.name === name)
    const { line, column, exact } = resource?.findings.find((each) => each.path === path) ?? {}
    return { text: lines[(line ?? 0) - 1]?.slice((column ?? 0) - 1), exact }
  }

  test('are those of the fields that the paths name', () => {
    expect(findings(report).length).toBeGreaterThan(60)
    expect(findings(report).filter(({ exact }) => exact).length).toBeGreaterThan(20)
    expect(misplaced(report, folder)).toEqual([])
  })

  test.each([
    ['C-0038', 'spec.template.spec.hostPID', 'web', 'hostPID: true'],
    ['C-0041', 'spec.template.spec.hostNetwork', 'web', '"hostNetwork": true'],
    ['C-0057', 'spec.template.spec.containers[0].securityContext.privileged', 'web', 'privileged: true'],
    [
      'C-0057',
      'spec.template.spec.containers[1].securityContext.privileged',
      'web',
      'privileged: true, runAsUser: 0}}',
    ],
    ['C-0038', 'spec.hostIPC', 'first', 'hostIPC: true'],
    ['C-0044', 'spec.containers[0].ports[0].hostPort', 'second', 'hostPort: 80}'],
  ])('%s %s of %s is "%s"', (control, path, name, text) => {
    expect(place(control, path, name)).toEqual({ text, exact: true })
  })

  test('of objects are the lines where their documents begin', () => {
    const starts = Object.fromEntries(
      report.resources.flatMap(({ object, source }) => (source ? [[String(object.metadata?.name), source.line]] : [])),
    )
    expect(starts['web']).toBeLessThanOrEqual(lines.indexOf('kind: Deployment') + 1)
    expect(starts['all']).toBeGreaterThan(lines.indexOf('    name: second'))
  })

  test('of role bindings lead into the role', () => {
    const rule = findings(report).find(({ path }) => path === 'relatedObjects[1].rules[0].verbs[1]')
    expect({ text: lines[(rule?.line ?? 0) - 1], exact: rule?.exact }).toEqual({ text: '  - "*"', exact: true })
  })
})

test('positions in a JSON list are those of its items', () => {
  const { report } = scanJson(['scan', 'pods.json'], { cwd: folder })
  expect(misplaced(report, folder)).toEqual([])
  const text = readFileSync(join(folder, 'pods.json'), 'utf8').split('\n')
  const shown = findings(report)
    .filter(({ controlID }) => controlID === 'C-0038')
    .map(({ line }) => text[(line ?? 0) - 1]?.trim())
  expect(shown).toEqual(['"hostPID": true,', '"hostIPC": true,'])
})

test('positions in the examples are those of the fields that the paths name', () => {
  const { report } = scanJson(['scan', 'examples/shop', '--as-cluster'])
  expect(findings(report).length).toBeGreaterThan(150)
  expect(misplaced(report, root)).toEqual([])
})

test('a value is shown as it stands', () => {
  const { report } = scanJson(['scan', 'documents.yaml'], { cwd: folder })
  const shown = new Set(findings(report).map(({ path, presentValue }) => `${path}=${presentValue}`))
  expect(shown).toContain('spec.template.spec.containers[0].securityContext.privileged=true')
  expect(shown).toContain('spec.template.spec.containers[0].securityContext.capabilities.add[1]=SYS_ADMIN')
})
