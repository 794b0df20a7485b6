/** table: every flag of Kubescape's scan and what it does here: it has its effect, is refused with the reason, or says that it has none. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import type { JsonReport } from './json-report.ts'
import { kubescape, type Run } from './kubescape.ts'

const folder = temporaryFolder()
const SECRET = 'hunter2-hunter2'
const MOVING = `package moving

deny contains "it moves" if {
	print("looking at", input.kind)
	some container in input.spec.template.spec.containers
	container.image == "nginx"
}
`
/** A rule as it is published. */
const PUBLISHED = {
  name: 'moving',
  ruleLanguage: 'Rego',
  match: [{ apiGroups: ['apps'], apiVersions: ['v1'], resources: ['Deployment'] }],
  rule: `package armo_builtins

import rego.v1

deny contains {"alertMessage": "it moves", "failedPaths": [], "alertObject": {"k8sApiObjects": [object]}} if {
	some object in input
	object.spec.template.spec.containers[_].image == "nginx"
}
`,
}
writeFiles(folder, {
  'app/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {team: red, tier: front}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: main
          image: nginx
          securityContext: {privileged: true}
          env: [{name: DB_PASSWORD, value: ${SECRET}}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
`,
  'app/pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: extra, namespace: bank}
spec: {containers: [{name: main, image: nginx}]}
`,
  'app/.kubescapeignore': 'ignored.yaml\n',
  'app/ignored.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: ignored}\nspec: {containers: [{name: a, image: b}]}\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
  'chart/values.yaml': 'name: own\n',
  'chart/other.yaml': 'name: other\n',
  'chart/name.txt': 'filed',
  'chart/templates/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: "{{ .Release.Name }}-{{ .Values.name }}"}\nspec: {containers: [{name: a, image: b}]}\n',
  'rules/moving.rego': MOVING,
  'artifacts/shop.json': JSON.stringify({
    name: 'Shop',
    controls: [{ controlID: 'C-9001', name: 'Moving', baseScore: 5, rules: [PUBLISHED] }],
  }),
  'inputs.json': '{"publicRegistries":["docker.io"]}',
  'exceptions.json': '{"exceptions":[{"name":"e","controls":["C-0057"],"resources":[{"kind":"*"}]}]}',
})
const env = { HOME: join(folder, 'home'), KUBECONFIG: '' }

function run(...args: readonly string[]): Run {
  return kubescape(['scan', ...args], { cwd: folder, env })
}

function json(...args: readonly string[]): JsonReport {
  const { stdout, stderr } = run('app', '-f', 'json', ...args)
  expect(stderr).not.toContain('error:')
  return JSON.parse(stdout) as JsonReport
}

function names(report: JsonReport): string[] {
  return report.resources.map(({ object }) => String(object?.metadata?.name)).toSorted()
}

/** Names of what the chart renders. */
function chartNames(...args: readonly string[]): string[] {
  return names(JSON.parse(run('chart', '-f', 'json', ...args).stdout) as JsonReport)
}

/** What the published control says, which is the only one. */
function onlyPublished(...args: readonly string[]): string | undefined {
  const { controls } = json(...args).summaryDetails
  expect(Object.keys(controls)).toEqual(['C-9001'])
  return controls['C-9001']?.status
}

const plain = json()
const plainText = run('app')

test('the files of this table', () => {
  expect(names(plain)).toEqual(['extra', 'web', 'web'])
  expect(plainText.code).toBe(0)
})

/** Flags, and how to see that they have their effect on a scan of files. */
const effects: Readonly<Record<string, () => void>> = {
  '--exclude-namespaces': () => expect(names(json('--exclude-namespaces', 'shop'))).toEqual(['extra']),
  '-e': () => expect(names(json('-e', 'bank'))).toEqual(['web', 'web']),
  '--include-namespaces': () => expect(names(json('--include-namespaces', 'bank'))).toEqual(['extra']),
  '--include-kinds': () => expect(names(json('--include-kinds', 'pod'))).toEqual(['extra']),
  '--exclude-kinds': () => expect(names(json('--exclude-kinds', 'Pod,service'))).toEqual(['web']),
  '--label-selector': () => expect(names(json('--label-selector', 'team=red'))).toEqual(['web']),
  '--exclude-path': () => expect(names(json('--exclude-path', 'pod.yaml'))).toEqual(['web', 'web']),
  '--no-ignore-file': () => expect(names(json('--no-ignore-file'))).toContain('ignored'),
  '--controls-config': () => {
    expect(plain.summaryDetails.controls['C-0001']?.status).not.toBe('passed')
    expect(json('--controls-config', 'inputs.json').summaryDetails.controls['C-0001']?.status).not.toBe(
      plain.summaryDetails.controls['C-0001']?.status,
    )
  },
  '--exceptions': () =>
    expect(json('--exceptions', 'exceptions.json').summaryDetails.controls['C-0057']?.status).toBe('passed'),
  '--audit-exceptions': () =>
    expect(JSON.stringify(json('--exceptions', 'exceptions.json', '--audit-exceptions'))).toContain('exceptionAudit'),
  '--honor-inline-exceptions': () => expect(run('app', '--honor-inline-exceptions=false').code).toBe(0),
  '--exclude-controls': () =>
    expect(json('--exclude-controls', 'c-0057').summaryDetails.controls).not.toHaveProperty('C-0057'),
  '--skip-controls': () =>
    expect(json('--skip-controls', 'C-0057').summaryDetails.controls).not.toHaveProperty('C-0057'),
  '--include-controls': () => {
    expect(Object.keys(json('--include-controls', 'c-0057').summaryDetails.controls)).toEqual(['C-0057'])
    expect(run('app', '--include-controls', 'C-9999').stderr).toContain('unknown control "C-9999"')
  },
  '--custom-rules': () => {
    const { controls } = json('--custom-rules', 'rules').summaryDetails
    expect(controls['custom-moving']?.status).toBe('failed')
    expect(controls['C-0057']?.status).toBe('failed')
  },
  '--enable-rego-prints': () => {
    expect(run('app', '--custom-rules', 'rules', '--enable-rego-prints').stderr).toMatch(/looking at Deployment/)
    expect(run('app', '--custom-rules', 'rules').stderr).not.toContain('looking at')
  },
  '--use-from': () => expect(onlyPublished('--use-from', 'artifacts/shop.json')).toBe('failed'),
  '--use-artifacts-from': () => expect(onlyPublished('--use-artifacts-from', 'artifacts')).toBe('failed'),
  '--use-default': () => {
    expect(run('app', '--use-default', '--cache-dir', 'none').stderr).toContain('kubescape download artifacts')
    expect(onlyPublished('--use-default', '--cache-dir', 'artifacts')).toBe('failed')
  },
  '--controls-version': () => {
    expect(run('app', '--controls-version', 'v2.0.1').stderr).toContain('download artifacts --controls-version v2.0.1')
    expect(run('app', '--controls-version', 'a/b').stderr).toContain('no tag of a release')
    writeFiles(folder, { 'cache/releases/v2.0.1/shop.json': readFileSync(join(folder, 'artifacts/shop.json')) })
    expect(onlyPublished('--controls-version', 'v2.0.1', '--cache-dir', 'cache')).toBe('failed')
  },
  '--policy-lock': () => {
    expect(run('app', '--policy-lock', 'lock').stderr).toContain('--policy-lock does nothing without policies')
    const lock = ['policy', 'lock', '--custom-rules', 'rules', '-o', 'policies.lock']
    expect(kubescape(lock, { cwd: folder, env }).code).toBe(0)
    expect(run('app', '--custom-rules', 'rules', '--policy-lock', 'policies.lock').code).toBe(0)
    writeFiles(folder, { 'changed/moving.rego': `${MOVING}\n` })
    expect(run('app', '--custom-rules', 'changed', '--policy-lock', 'policies.lock').code).toBe(1)
  },
  '--values': () => expect(chartNames('--values', 'chart/other.yaml')).toEqual(['release-name-other']),
  '--values-set': () =>
    expect(chartNames('--values-set', 'own=', '--values-set', 'other=chart/other.yaml')).toEqual([
      'release-name-other',
      'release-name-own',
    ]),
  '--set': () => expect(chartNames('--set', 'name=set')).toEqual(['release-name-set']),
  '--set-string': () => expect(chartNames('--set-string', 'name=1')).toEqual(['release-name-1']),
  '--set-file': () => expect(chartNames('--set-file', 'name=chart/name.txt')).toEqual(['release-name-filed']),
  '--set-json': () => expect(chartNames('--set-json', 'name="json"')).toEqual(['release-name-json']),
  '--set-literal': () => expect(chartNames('--set-literal', 'name=literal')).toEqual(['release-name-literal']),
  '--release-name': () => expect(chartNames('--release-name', 'shop')).toEqual(['shop-own']),
  '--release-namespace': () => {
    const report = JSON.parse(run('chart', '-f', 'json', '--release-namespace', 'bank').stdout) as JsonReport
    expect(report.resources[0]?.resourceID).toContain('/bank/Pod/')
  },
  '--kube-version': () => expect(run('chart', '--kube-version', 'none').stderr).toContain('--kube-version is "none"'),
  '--scan-timeout': () => expect(run('app', '--scan-timeout', 'soon').code).toBe(1),
  '--control-timeout': () => expect(run('app', '--control-timeout', 'soon').code).toBe(1),
  '--cluster-name': () => expect(json('--cluster-name', 'prod').clusterName).toBe('prod'),
  '--format': () => expect(run('app', '--format', 'json').stdout).toMatch(/^\{/),
  '-f': () => expect(run('app', '-f', 'csv').stdout).not.toBe(plainText.stdout),
  '--output': () => {
    expect(run('app', '-f', 'json', '--output', 'named').code).toBe(0)
    expect(readFileSync(join(folder, 'named.json'), 'utf8')).toMatch(/^\{/)
  },
  '-o': () => expect(run('app', '-o', 'app/web.yaml/x').stderr).toMatch(/^error: cannot write/m),
  '--format-version': () => expect(json('--format-version', 'v2').workloads).toBeUndefined(),
  '--verbose': () => expect(run('app', '--verbose').stdout.length).toBeGreaterThan(plainText.stdout.length),
  '-v': () => expect(run('app', '-v').stdout.length).toBeGreaterThan(plainText.stdout.length),
  '--show-evidence': () => {
    expect(plainText.stdout).not.toContain('web.yaml:12')
    const { stdout } = run('app', '--show-evidence')
    expect(stdout).toContain('securityContext.privileged: true')
    expect(run('app', '-E').stdout).toBe(stdout)
    const passed = (text: string): number => text.match(/^│.* 0 │.*100%/gm)?.length ?? 0
    const control = ['framework', 'nsa', 'app'] as const
    expect(passed(run(...control, '-E').stdout)).toBe(passed(run(...control).stdout))
    expect(passed(run(...control, '-v').stdout)).toBeGreaterThan(passed(run(...control).stdout))
  },
  '--show-secrets': () => {
    expect(run('app', '-E').stdout).not.toContain(SECRET)
    expect(run('app', '-E', '--show-secrets').stdout).toContain(SECRET)
    expect(run('app', '-f', 'json', '--show-secrets').stdout).not.toContain(SECRET)
    expect(run('app', '-f', 'html,json', '-o', 'open', '--show-secrets').code).toBe(0)
    for (const name of ['open.html', 'open.json'])
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(SECRET)
  },
  '--view': () => {
    for (const view of ['security', 'control', 'resource']) expect(run('app', '--view', view).code).toBe(0)
    expect(run('app', '--view', 'resource').stdout).not.toBe(plainText.stdout)
  },
  '--min-severity': () => {
    const { controls } = json('--min-severity', 'HIGH').summaryDetails
    expect(controls).not.toHaveProperty('C-0017')
    expect(controls).toHaveProperty('C-0057')
  },
  '--max-severity': () => expect(json('--max-severity', 'low').summaryDetails.controls).not.toHaveProperty('C-0057'),
  '--labels-to-copy': () => {
    for (const version of ['v2', 'v3']) {
      const { resourceLabels } = json('--labels-to-copy', 'team,none', '--format-version', version) as JsonReport & {
        resourceLabels: object
      }
      const [[id, labels] = ['', {}], ...others] = Object.entries(resourceLabels)
      expect(others).toEqual([])
      expect(id).toMatch(/shop\/Deployment\/web$/)
      expect(labels).toEqual({ team: 'red' })
    }
    expect(plain).not.toHaveProperty('resourceLabels')
  },
  '--omit-raw-resources': () => {
    for (const version of ['v2', 'v3']) {
      const { resources } = json('--omit-raw-resources', '--format-version', version)
      expect(resources).toHaveLength(plain.resources.length)
      for (const resource of resources) expect(resource).not.toHaveProperty('object')
    }
  },
  '--print-attack-tree': () => {
    expect(plainText.stdout).not.toContain('Attack paths')
    expect(run('app', '--print-attack-tree').stdout).toMatch(/Attack paths\n(?: {2}.*\n)+ {7}└─ /)
  },
  '--compliance-threshold': () => expect(run('app', '--compliance-threshold', '100').code).toBe(1),
  '--severity-threshold': () => expect(run('app', '--severity-threshold', 'low').code).toBe(1),
  '--fail-coverage-below': () => expect(run('app', '--fail-coverage-below', '100').code).toBe(1),
  '--fail-on-degraded-config': () => {
    expect(run('app', '--fail-on-degraded-config').code).toBe(0)
    expect(run('app', '--fail-on-degraded-config', '--exceptions', 'none.json').code).toBe(1)
  },
  '--write-baseline': () => expect(run('app', '--write-baseline', 'since.json').stderr).toContain('since.json'),
  '--baseline': () => {
    run('app', '--write-baseline', 'since.json')
    expect(run('app', '--baseline', 'since.json').stderr).toMatch(/^Baseline: 0 new/m)
  },
  '--baseline-fail-on-new': () => {
    run('app', '--write-baseline', 'narrow.json', '--exclude-controls', 'C-0057')
    expect(run('app', '--baseline', 'narrow.json', '--baseline-fail-on-new').code).toBe(1)
  },
  '--baseline-severity-threshold': () => {
    run('app', '--write-baseline', 'narrow.json', '--exclude-controls', 'C-0057')
    const gate = ['--baseline', 'narrow.json', '--baseline-fail-on-new', '--baseline-severity-threshold']
    expect(run('app', ...gate, 'critical').code).toBe(0)
    expect(run('app', ...gate, 'high').code).toBe(1)
  },
  '--baseline-granularity': () =>
    expect(run('app', '--baseline', 'since.json', '--baseline-granularity', 'control').stderr).toMatch(/^Baseline: 0/m),
  '--submit': () => expect(run('app', '--submit').stderr).toContain('--submit: no server is known'),
  '--server': () => expect(run('app', '--server', 'http://a/').stderr).toContain('does nothing without --submit'),
  '--keep-local': () => expect(run('app', '--keep-local').stdout).toBe(plainText.stdout),
  '--logger': () => expect(run('app', '-f', 'json', '-o', 'x', '--logger', 'error').stderr).toBe(''),
  '-l': () => expect(run('app', '-f', 'json', '-o', 'x', '-l', 'error').stderr).toBe(''),
}

describe('a flag that works on files', () => {
  test.each(Object.entries(effects))('%s', (_, check) => check())
})

describe('a flag that works on clusters finds none here, and says so', () => {
  const flags = [
    '--kubeconfig missing.yaml',
    '--kube-context nowhere',
    '--host-scan',
    '--enable-host-scan',
    '--host-scan=true',
    '--host-scan=false',
    '--dry-run',
  ]
  test.each(flags)('%s', (flag) => {
    const { code, stdout, stderr } = run(...flag.split(' '))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/kubeconfig|no cluster|--host-scan-image/)
  })
})

/** With a value where they take one. */
const refused: readonly string[] = [
  '--scan-images',
  '--image-scan-concurrency 2',
  '--image-platform linux/arm64',
  '--use-default-matchers',
  '--registry-mapping a=b',
  '--registry-username me',
  '--registry-password hunter2',
  '--registry-token hunter2',
  '--registry-authority registry.example',
  '--grype-db-url https://localhost/',
  '--skip-db-update',
  '--only-fixable',
  '--incremental',
  '--hide',
  '--encrypt',
  '--account 2ce5daf4-e28d-4e6e-a239-03fda048070b',
  '--access-key hunter2',
]

describe('a flag that is refused', () => {
  const commands = [['app'], ['framework', 'nsa', 'app'], ['control', 'C-0057', 'app']] as const
  test.each(refused)('%s', (flag) => {
    const [name = ''] = flag.split(' ')
    for (const command of commands) {
      const { code, stdout, stderr } = run(...command, ...flag.split(' '))
      const [first = '', hint = '', ...rest] = stderr.split('\n')
      expect({ code, stdout, rest }).toEqual({ code: 1, stdout: '', rest: [''] })
      expect(first).toMatch(new RegExp(`^error: ${name} is refused: \\S.{15,}$`))
      expect(hint).toMatch(/^[A-Zk].{20,}$/)
      expect(stderr).not.toContain('hunter2')
    }
    expect(run('app', `${name}=x`).stderr).toContain(`error: ${name} is refused: `)
  })

  test('not to want it is no reason to refuse', () => {
    const off = ['--scan-images=false', '--hide=false', '--encrypt=FALSE', '--incremental=false']
    expect(run('app', ...off)).toEqual(plainText)
  })

  test('help does not show it, and a wrong spelling of another flag is still understood', () => {
    const { stdout } = run('--help')
    for (const flag of refused) expect(stdout).not.toMatch(new RegExp(`${flag.split(' ')[0]}(?![-\\w])`))
    expect(run('app', '--show-evidense').stderr).toContain('Did you mean --show-evidence?')
  })
})

describe('a flag without effect says so', () => {
  test.each([
    ['--fail-threshold', ['--fail-threshold', '0']],
    ['--fail-threshold', ['-t', '0']],
    ['--enable-streaming', ['--enable-streaming']],
    ['--enable-streaming', ['--enable-streaming=true']],
  ])('%s as %s', (name, args) => {
    const { code, stdout, stderr } = run('app', ...args)
    expect({ code, stdout }).toEqual({ code: 0, stdout: plainText.stdout })
    expect(stderr).toMatch(new RegExp(`^${name} has no effect`))
    expect(stderr.split('\n')).toHaveLength(plainText.stderr.split('\n').length + 1)
  })
})

describe('what contradicts itself is refused before the scan', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--submit', '--keep-local'], /--submit and --keep-local contradict/],
    [['--submit', '--omit-raw-resources'], /--submit and --omit-raw-resources contradict/],
    [['--compliance-threshold', 'NaN'], /--compliance-threshold is "NaN"/],
    [['--compliance-threshold', '100.1'], /--compliance-threshold is "100.1"/],
    [['--fail-coverage-below', '-1'], /--fail-coverage-below/],
    [['--severity-threshold', 'huge'], /--severity-threshold does not know "huge"/],
    [['--baseline-severity-threshold', 'huge', '--baseline', 'x'], /--baseline-severity-threshold does not know/],
    [['--min-severity', 'high', '--max-severity', 'low'], /--min-severity high is above --max-severity low/],
    [['--include-kinds', ' '], /--include-kinds is empty/],
    [['--labels-to-copy', ','], /--labels-to-copy is empty/],
    [['--label-selector', 'a in b'], /--label-selector cannot be read/],
    [['--exclude-controls', 'C-0057,'], /an empty control name/],
    [['--format', ''], /--format has an empty entry/],
    [['--format', 'nope'], /--format does not know "nope"/],
    [['--output', 'app/web.yaml/report'], /cannot write app\/web\.yaml\/report/],
  ]
  test.each(cases)('%s', (args, message) => {
    const { code, stdout, stderr } = run('app', ...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test.each([[' medium '], ['Critical'], ['LOW']])('severities are read forgivingly: "%s"', (severity) => {
    expect(run('app', '--severity-threshold', severity).stderr).not.toContain('does not know')
  })
})
