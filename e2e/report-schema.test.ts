import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type JsonReport } from './json-report.ts'
import { root } from './kubescape.ts'

const schema = JSON.parse(readFileSync(join(root, 'docs/report.schema.json'), 'utf8')) as object
const ajv = new Ajv2020({ allErrors: true, strict: true })
formats.default(ajv)
const validate = ajv.compile(schema)

/** What the schema says against a report. */
function complaints(report: unknown): unknown[] {
  return validate(report)
    ? []
    : (validate.errors ?? [])
        .slice(0, 10)
        .map(({ instancePath, message, params }) => ({ instancePath, message, params }))
}

const folder = temporaryFolder()
const HOSTILE = [
  '"\\u001B[31mred\\u001B[0m"',
  '"two\\nlines\\r\\ttabbed"',
  `"quote\\" ' \\\\ back"`,
  '"<script>alert(1)</script>"',
  '"=cmd|calc!A1"',
  '"../../etc/passwd"',
  '"\\u202Egnp.exe"',
  '"\\u2028\\u2029\\u0085"',
  '"\\uFFFE\\u0000"',
  '__proto__',
  'constructor',
  '"{{ .Values.x }} ${HOME} $(id) `id` %n"',
  `"${'long'.repeat(2000)}"`,
  '"日本語 🦄 é"',
  '"a/b/c~1"',
]
writeFiles(folder, {
  'pod.yaml': podYaml('plain'),
  'clean.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: empty}\n',
  'excepted.yaml': `# kubescape:ignore C-0016 until=2020-01-01 reason\n${podYaml('excepted')}`,
  'exceptions.json':
    '{"exceptions": [{"name": "a", "controls": ["C-0013", "C-9999"], "resources": [{}], "owner": "b", "expires": "2099-01-01"}]}',
  'broken.yaml': `a: [\n---\n${podYaml('good')}`,
  'hostile.yaml': [
    ...HOSTILE.map((name) =>
      podYaml(name, `command: [${name}]`, 'securityContext:', `  ${name}: true`, '  privileged: true')
        .replace('kind: Pod', 'kind: Pod')
        .replace('metadata:', `metadata:\n  namespace: ${name}\n  labels: {${name}: ${name}}`),
    ),
    `apiVersion: ${HOSTILE[4]}\nkind: ${HOSTILE[3]}\nmetadata: {name: ${HOSTILE[0]}}\n`,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: ${HOSTILE[2]}}\nrules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]\n`,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: ${HOSTILE[2]}}\nsubjects: [{kind: ${HOSTILE[3]}, name: ${HOSTILE[7]}, namespace: ${HOSTILE[9]}}]\n`,
  ].join('---\n'),
  "odd 'folder'/\u001B[31m\n.yaml": podYaml('in-odd-file'),
})

describe('a report fits docs/report.schema.json', () => {
  test.each<readonly [string, readonly string[]]>([
    ['of the examples', ['scan', join(root, 'examples/shop')]],
    ['of the examples as a cluster', ['scan', join(root, 'examples/shop'), '--as-cluster', '-v']],
    ['of a single file', ['scan', 'pod.yaml', '--compliance-threshold', '1', '--exclude-namespaces', 'a,b']],
    ['of standard input', ['scan', '-']],
    ['of one control', ['scan', 'control', 'C-0057', 'pod.yaml']],
    ['of every framework', ['scan', 'framework', 'all', 'pod.yaml']],
    ['of one workload', ['scan', 'workload', 'Pod/plain', 'pod.yaml']],
    ['without a finding', ['scan', 'control', 'C-0057', 'clean.yaml']],
    ['of nothing that any control judges', ['scan', 'framework', 'nsa', 'clean.yaml']],
    ['with everything filtered out', ['scan', 'pod.yaml', '--include-namespaces', 'none']],
    ['with no severity left', ['scan', 'pod.yaml', '--min-severity', 'critical']],
    [
      'with exceptions and their audit',
      ['scan', 'pod.yaml', 'excepted.yaml', '--exceptions', 'exceptions.json', '--audit-exceptions'],
    ],
    ['of a broken file', ['scan', 'broken.yaml', 'missing.yaml']],
    ['of hostile names', ['scan', 'hostile.yaml', '--as-cluster']],
    ['of a folder with a hostile name', ['scan', "odd 'folder'"]],
  ])('%s', (_, args) => {
    const { report } = scanJson(args, { cwd: folder, stdin: podYaml('piped') })
    expect(complaints(report)).toEqual([])
  })

  test('hostile names arrive as they are, and nothing of them reaches the terminal', () => {
    const { report, stderr } = scanJson(['scan', 'hostile.yaml', "odd 'folder'", 'missing\u001B[31m.yaml'], {
      cwd: folder,
    })
    const names = report.resources.map(({ object }) => object.metadata?.name)
    expect(names).toEqual(expect.arrayContaining(['\u001B[31mred\u001B[0m', '__proto__', '日本語 🦄 é', 'in-odd-file']))
    expect(stderr).not.toContain('\u001B')
    expect(new Set(report.resources.map(({ resourceID }) => resourceID)).size).toBe(report.resources.length)
  })
})

describe('the schema is strict', () => {
  const { report } = scanJson(['scan', 'pod.yaml'], { cwd: folder })

  test.each<readonly [string, (copy: JsonReport) => void]>([
    ['a member that it does not know', (copy) => Object.assign(copy, { surprise: 1 })],
    ['a member that is missing', (copy) => Reflect.deleteProperty(copy.results[0]!, 'severity')],
    ['a status that it does not know', (copy) => Object.assign(copy.results[0]!, { status: 'fine' })],
    ['a score above 100', (copy) => Object.assign(copy.summaryDetails, { complianceScore: 100.5 })],
    ['a finding with a line and no column', (copy) => Reflect.deleteProperty(firstFinding(copy), 'column')],
    ['a control without an id', (copy) => Object.assign(copy.summaryDetails.controls, { privileged: {} })],
  ])('%s is refused', (_, spoil) => {
    const copy = structuredClone(report)
    expect(complaints(copy)).toEqual([])
    spoil(copy)
    expect(complaints(copy)).not.toEqual([])
  })

  function firstFinding(copy: JsonReport): object {
    return copy.results
      .flatMap(({ resources }) => resources.flatMap(({ findings }) => findings))
      .find(({ line }) => line !== undefined)!
  }
})

test('every member of the schema says what it is', () => {
  const silent: string[] = []
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, below] of Object.entries(value)) {
      if (key === 'properties') {
        for (const [name, member] of Object.entries(below as object)) {
          if (!('description' in member) && !('$ref' in member)) silent.push(`${path}/${name}`)
        }
      }
      walk(below, `${path}/${key}`)
    }
  }
  walk(schema, '')
  expect(silent).toEqual([])
})

test('a report with labels and without objects has the published shape too', () => {
  const { report } = scanJson([
    'scan',
    'examples/shop',
    '--omit-raw-resources',
    '--labels-to-copy',
    'app.kubernetes.io/name',
  ])
  expect(report).toHaveProperty('resourceLabels')
  expect(complaints(report)).toEqual([])
})
