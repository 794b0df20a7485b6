/** Scans judge by policies of one's own and by published ones: in Rego, in CEL, and as admission policies. */
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import type { JsonReport } from './json-report.ts'
import { kubescape, root, type Run } from './kubescape.ts'

const folder = temporaryFolder()
cpSync(join(root, 'examples/policies'), join(folder, 'policies'), { recursive: true })

/** Rules as they are published: privileged containers, and workloads without one that watches over them. */
const RULES = {
  privileged: `package armo_builtins

import rego.v1

deny contains msga if {
	some object in input
	some i, container in object.spec.template.spec.containers
	container.securityContext.privileged == true
	msga := {
		"alertMessage": sprintf("%v is privileged", [object.metadata.name]),
		"packagename": "armo_builtins",
		"deletePaths": [sprintf("spec.template.spec.containers[%d].securityContext.privileged", [i])],
		"alertObject": {"k8sApiObjects": [object]},
	}
}
`,
  registry: `package armo_builtins

import rego.v1

deny contains msga if {
	some object in input
	some i, container in object.spec.template.spec.containers
	some registry in data.postureControlInputs.publicRegistries
	startswith(container.image, registry)
	msga := {
		"alertMessage": "public",
		"failedPaths": [sprintf("spec.template.spec.containers[%d].image", [i])],
		"alertObject": {"k8sApiObjects": [object]},
	}
}
`,
}
const match = [{ apiGroups: ['apps'], apiVersions: ['v1'], resources: ['Deployment'] }]
const FRAMEWORK = {
  name: 'Published',
  description: 'of a release',
  controls: [
    {
      controlID: 'C-0057',
      name: 'Privileged container',
      baseScore: 8,
      rules: [{ name: 'privileged', ruleLanguage: 'Rego', match, rule: RULES.privileged }],
    },
    {
      controlID: 'C-9002',
      name: 'Public registry',
      baseScore: 5,
      rules: [
        {
          name: 'registry',
          ruleLanguage: 'Rego',
          match,
          rule: RULES.registry,
          controlConfigInputs: [
            { path: 'settings.postureControlInputs.publicRegistries', name: 'Public registries', description: 'x' },
          ],
        },
      ],
    },
  ],
}
writeFiles(folder, {
  'artifacts/published.json': JSON.stringify(FRAMEWORK),
  'artifacts/controls-inputs.json': '{"publicRegistries":["docker.io/"]}',
  'artifacts/exceptions.json': JSON.stringify([
    {
      name: 'web may',
      policyType: 'postureExceptionPolicy',
      actions: ['alertOnly'],
      resources: [{ designatorType: 'Attributes', attributes: { kind: 'Deployment', name: 'web' } }],
      posturePolicies: [{ controlID: 'C-0057' }],
    },
  ]),
  'broken/broken.rego': 'package broken\n\ndeny contains x if {\n\ty == 1\n}\n',
  'failing/failing.rego': 'package failing\n\ndeny contains "x" if count(numbers.range(1, 999999999)) == 0\n',
  'settings/.kubescape.yaml':
    'customRules: [../policies]\nframeworks: [house-rules]\ninputs:\n  trustedRegistries: [docker.io/, registry.example/]\n',
})

function run(...args: readonly string[]): Run {
  return kubescape(args, { cwd: folder, env: { HOME: folder } })
}

function scanned(...args: readonly string[]): JsonReport {
  const { stdout, stderr } = run('scan', ...args, '-f', 'json')
  expect(stderr).not.toContain('error:')
  return JSON.parse(stdout) as JsonReport
}

function statuses({ summaryDetails: { controls } }: JsonReport): Record<string, string> {
  return Object.fromEntries(Object.entries(controls).map(([id, { status }]) => [id, status]))
}

const CUSTOM = ['policies/manifests', '--custom-rules', 'policies']

describe('policies of one’s own', () => {
  test('run beside the built-in controls', () => {
    const found = statuses(scanned(...CUSTOM))
    expect(found).toMatchObject({ 'trusted-registry': 'failed', 'owner-label': 'failed', 'no-latest': 'failed' })
    expect(found).toMatchObject({ 'C-0057': 'failed', 'C-0013': 'failed' })
  })

  test.each([
    ['a framework of theirs', ['framework', 'house-rules'], ['C-0057', 'no-latest', 'owner-label', 'trusted-registry']],
    ['the framework of all of them', ['framework', 'custom-rules'], ['no-latest', 'owner-label', 'trusted-registry']],
    ['one of them', ['control', 'OWNER-LABEL'], ['owner-label']],
    ['one by its name, with a built-in one', ['control', 'Trusted registries,C-0013'], ['C-0013', 'trusted-registry']],
  ])('are chosen by %s', (_, what, ids) => {
    expect(Object.keys(statuses(scanned(...what, ...CUSTOM))).toSorted()).toEqual(ids)
  })

  test('are included and left out', () => {
    expect(Object.keys(statuses(scanned(...CUSTOM, '--include-controls', 'owner-label')))).toEqual(['owner-label'])
    expect(statuses(scanned(...CUSTOM, '--exclude-controls', 'owner-label'))).not.toHaveProperty('owner-label')
    expect(run('scan', 'control', 'owner-lable', ...CUSTOM).stderr).toContain('Did you mean "owner-label"')
  })

  test('say which fields are at fault, in terminals and reports', () => {
    const { stdout } = run('scan', 'control', 'trusted-registry', ...CUSTOM, '-v')
    expect(stdout).toContain('policies/manifests/shop.yaml:24:11')
    expect(stdout).toContain('spec.template.spec.containers[1].image')
    for (const format of ['sarif', 'junit', 'html', 'markdown', 'csv', 'gitlab-sast']) {
      const { code } = run('scan', 'framework', 'custom-rules', ...CUSTOM, '-f', format, '-o', `out.${format}`)
      expect({ format, code }).toEqual({ format, code: 0 })
    }
    expect(readFileSync(join(folder, 'out.sarif'), 'utf8')).toContain('"trusted-registry"')
  })

  test('have inputs, severities that count in gates, and exceptions', () => {
    writeFiles(folder, {
      'inputs.json': '{"trustedRegistries":["docker.io/","registry.example/"]}',
      'exceptions.yaml':
        'exceptions:\n  - name: cart\n    reason: moves soon\n    controls: [owner-label]\n    resources: [{kind: Deployment, name: cart}]\n',
    })
    const args = ['framework', 'house-rules', ...CUSTOM]
    expect(statuses(scanned(...args, '--controls-config', 'inputs.json'))['trusted-registry']).toBe('passed')
    expect(statuses(scanned(...args, '--exceptions', 'exceptions.yaml'))['owner-label']).toBe('passed')
    const gate = ['scan', 'control', 'owner-label', ...CUSTOM, '--severity-threshold']
    expect(run(...gate, 'low').code).toBe(1)
    expect(run(...gate, 'medium').code).toBe(0)
  })

  test('are named in reports by their digests', () => {
    const { metadata } = scanned(...CUSTOM) as JsonReport & {
      metadata: { scanMetadata: { policies: { path: string; digest: string; kind: string }[] } }
    }
    const { policies } = metadata.scanMetadata
    expect(policies.map(({ path }) => path)).toContain('policies/trusted-registry.rego')
    for (const { digest } of policies) expect(digest).toMatch(/^[\da-f]{64}$/)
  })

  test('are listed and explained', () => {
    expect(run('list', 'controls', '--custom-rules', 'policies').stdout).toMatch(
      /^trusted-registry +High +Trusted registries\n +custom-rules|house-rules/m,
    )
    expect(run('list', 'frameworks', '--custom-rules', 'policies', '-f', 'csv').stdout).toMatch(/^house-rules$/m)
    const { stdout } = run('explain', 'trusted-registry', '--custom-rules', 'policies')
    expect(stdout).toContain('Severity    High')
    expect(stdout).toContain('trustedRegistries: Registries whose images may run')
  })

  test('are named by the settings of a project', () => {
    const settings = ['policies/manifests', '--config', 'settings/.kubescape.yaml']
    expect(statuses(scanned(...settings))).toEqual({
      'C-0057': 'failed',
      'no-latest': 'failed',
      'owner-label': 'failed',
      'trusted-registry': 'passed',
    })
  })

  test.each([
    ['broken', /broken\/broken\.rego:4:2 .*rego_unsafe_var_error/],
    ['failing', /failing\/failing\.rego.*was stopped/],
  ])('that are %s pass nothing', (path, message) => {
    const { code, stdout, stderr } = run(
      'scan',
      'control',
      `custom-${path}`,
      'policies/manifests',
      '--custom-rules',
      path,
      '-f',
      'json',
    )
    expect(code).toBe(0)
    expect(stderr).toMatch(message)
    expect(statuses(JSON.parse(stdout) as JsonReport)).toEqual({ [`custom-${path}`]: 'skipped' })
    expect(run('scan', 'policies/manifests', '--custom-rules', path, '--fail-coverage-below', '100').code).toBe(1)
  })

  test.each([
    [['--custom-rules', 'none'], /--custom-rules none cannot be read/],
    [['--custom-rules', 'artifacts/exceptions.json'], /--custom-rules holds no policies/],
    [['--custom-rules', ''], /--custom-rules is empty/],
    [['--use-from', 'policies/house-rules.yaml'], /--use-from holds no polic/],
    [['--use-artifacts-from', 'policies/manifests'], /--use-artifacts-from holds no policies/],
    [['--use-from', 'artifacts/exceptions.json', '--custom-rules', 'policies'], /--use-from holds no policies/],
    [['--use-from', 'a.json', '--use-default'], /--use-from and --use-default contradict each other/],
  ])('that are not there end the scan: %j', (args, message) => {
    const { code, stdout, stderr } = run('scan', 'policies/manifests', ...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

describe('published policies', () => {
  const ARTIFACTS = ['policies/manifests', '--use-artifacts-from', 'artifacts']

  test('stand instead of the built-in controls, with their inputs and exceptions', () => {
    const report = scanned(...ARTIFACTS)
    expect(statuses(report)).toEqual({ 'C-0057': 'passed', 'C-9002': 'failed' })
    expect(report.summaryDetails.frameworks.map(({ name }) => name)).toEqual(['Published'])
    expect(statuses(scanned('policies/manifests', '--use-from', 'artifacts/published.json'))).toMatchObject({
      'C-0057': 'failed',
    })
  })

  test('are chosen by name, and stand beside those of one’s own', () => {
    expect(Object.keys(statuses(scanned('framework', 'published', ...ARTIFACTS)))).toEqual(['C-0057', 'C-9002'])
    expect(Object.keys(statuses(scanned('control', 'C-9002', ...ARTIFACTS)))).toEqual(['C-9002'])
    expect(run('scan', 'control', 'C-0013', ...ARTIFACTS).stderr).toContain('unknown control "C-0013"')
    const both = statuses(scanned(...ARTIFACTS, '--custom-rules', 'policies'))
    expect(Object.keys(both).toSorted()).toEqual(['C-0057', 'C-9002', 'no-latest', 'owner-label', 'trusted-registry'])
  })

  test('are compared with the built-in controls', () => {
    const diff = ['policy', 'diff', '--right', 'artifacts/published.json', 'policies/manifests']
    const { code, stdout } = run(...diff)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^1 control in common: 0 verdicts differ, 2 agree$/m)
    const weaker = JSON.stringify(FRAMEWORK).replace('container.securityContext.privileged == true', 'false')
    writeFiles(folder, { 'weaker.json': weaker })
    const different = run('policy', 'diff', '--right', 'weaker.json', 'policies/manifests', '--fail', '-f', 'json')
    expect(different.code).toBe(1)
    expect(JSON.parse(different.stdout)).toMatchObject({
      common: 1,
      agreed: 1,
      differences: [{ controlID: 'C-0057', left: 'failed', right: 'passed' }],
      onlyRight: [{ controlID: 'C-9002' }],
    })
    expect(run('policy', 'diff', '--right', 'weaker.json', 'none').code).toBe(1)
  })

  test('are locked', () => {
    const from = ['--use-artifacts-from', 'artifacts']
    expect(run('policy', 'lock', ...from)).toMatchObject({ code: 0 })
    const locked = ['policies/manifests', ...from, '--policy-lock', '.kubescape-policies.lock']
    expect(run('scan', ...locked).code).toBe(0)
    writeFiles(folder, { 'artifacts/controls-inputs.json': '{"publicRegistries":["quay.io/"]}' })
    const { code, stdout, stderr } = run('scan', ...locked)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('artifacts/controls-inputs.json is not what was locked')
    expect(run('policy', 'lock').stderr).toContain('policy lock needs policies')
  })
})
