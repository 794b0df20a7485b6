/** Reports say what policies say, in every format that has a place for it: bounded, harmless, and without secrets. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { temporaryFolder, writeFiles } from './folder.ts'
import type { JsonReport } from './json-report.ts'
import { kubescape, type Run } from './kubescape.ts'

const folder = temporaryFolder()

/** A control about Deployments and Secrets with such a body; `message` is what it says. */
function regoControl(id: string, body: string): string {
  return `# METADATA
# title: ${id}
# custom:
#   id: ${id}
#   severity: High
#   match: [{resources: [Deployment, Secret]}]
package ${id}

import rego.v1

deny contains {"message": message, "path": "metadata.labels.owner"} if {
${body}
}
`
}

/** A published control with one rule, whose text follows the heading of its package. */
function published(id: string, rule: string): object {
  return {
    controlID: id,
    name: id,
    baseScore: 7,
    rules: [
      {
        name: id.toLowerCase(),
        ruleLanguage: 'Rego',
        match: [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['Deployment', 'Secret'] }],
        rule: `package armo_builtins\n\nimport rego.v1\n${rule}`,
      },
    ],
  }
}

const HOSTILE = '\\u001b]0;title\\u0007\\u001b[2J\\u009b31m\\u202eevil\\u0000 <img src=x> =cmd|calc! '

writeFiles(folder, {
  'app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  template:
    spec:
      containers:
        - {name: web, image: 'web:latest', env: [{name: PASSWORD, value: swordfish-swordfish}]}
---
apiVersion: v1
kind: Secret
metadata: {name: web-keys, namespace: shop}
stringData: {password: tr0ut}
`,
  'rules/owner.rego': regoControl(
    'owner',
    '\tnot input.metadata.labels.owner\n\tmessage := sprintf("%s needs an owner", [input.metadata.name])',
  ),
  'rules/quoting.rego': regoControl('quoting', '\tmessage := sprintf("seen %v", [input])'),
  'rules/replicas.yaml': `id: replicas
title: Replicas
language: cel
match: [{resources: [Deployment]}]
validations:
  - expression: object.spec.replicas >= 3
    messageExpression: '"has " + string(object.spec.replicas) + " replicas and needs 3"'
  - expression: object.spec.template.spec.containers.all(c, !has(c.env))
    messageExpression: '"sets " + object.spec.template.spec.containers[0].env[0].value'
`,
  'rules/latest.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: no-latest-tag}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
  validations:
    - expression: object.spec.template.spec.containers.all(c, !c.image.endsWith(':latest'))
      message: images have a version
      messageExpression: "'pin ' + object.spec.template.spec.containers.map(c, c.image).join(', ')"
    - expression: object.spec.replicas > 1
      message: one replica is none
`,
  'hostile/loud.rego': regoControl('loud', `\tmessage := "${HOSTILE}"`),
  'hostile/long.rego': regoControl('long', '\tmessage := concat("", [c | numbers.range(1, 250000)[_]; c := "word"])'),
  'hostile/many.rego': regoControl(
    'many',
    '\tsome i in numbers.range(1, 1000)\n\tmessage := sprintf("number %d", [i])',
  ),
  'published.json': JSON.stringify({
    name: 'Published',
    controls: [
      published(
        'C-9001',
        `
deny contains msg if {
	some object in input
	object.kind == "Deployment"
	msg := {
		"alertMessage": sprintf("%s can be written by all", [object.metadata.name]),
		"fixCommand": "chmod  600 /etc/shop.conf",
		"alertObject": {"k8sApiObjects": [object]},
	}
}
`,
      ),
      published(
        'C-9002',
        `
deny contains msg if {
	some workload in input
	workload.kind == "Deployment"
	some secret in input
	secret.kind == "Secret"
	some text in [
		sprintf("the password %s is weak", [secret.stringData.password]),
		sprintf("the password is %d characters long", [count(secret.stringData.password)]),
		sprintf("%s has a weak password in %s", [workload.metadata.name, secret.metadata.name]),
	]
	msg := {
		"alertMessage": text,
		"fixCommand": sprintf("echo %s", [secret.stringData.password]),
		"failedPaths": ["spec"],
		"alertObject": {"k8sApiObjects": [workload]},
	}
}
`,
      ),
    ],
  }),
})

function run(...args: readonly string[]): Run {
  return kubescape(args, { cwd: folder, env: { HOME: folder } })
}

const CUSTOM = ['framework', 'custom-rules', 'app.yaml', '--custom-rules'] as const
const RULES = [...CUSTOM, 'rules'] as const
const PUBLISHED = ['app.yaml', '--use-from', 'published.json'] as const

/** What controls say of the resources that failed, by `control Kind`. */
function said(...args: readonly string[]): Record<string, readonly (readonly string[] | undefined)[]> {
  const { results } = JSON.parse(run('scan', ...args, '-f', 'json').stdout) as JsonReport
  return Object.fromEntries(
    results.flatMap(({ controlID, resources }) =>
      resources.map(({ kind, messages, fixCommands }) => [`${controlID} ${kind}`, [messages, fixCommands]]),
    ),
  )
}

/** The reports of a scan in groups of formats, as files have them: `report.json of json,html`. */
function reports(groups: readonly string[], ...args: readonly string[]): [name: string, text: string][] {
  return groups.flatMap((formats, at) => {
    const below = mkdtempSync(join(folder, `reports-${at}-`))
    run('scan', ...args, '-f', formats, '-o', join(below, 'report'))
    const names = readdirSync(below)
    expect(names).toHaveLength(formats.split(',').length)
    return names.map((name): [string, string] => [`${name} of ${formats}`, readFileSync(join(below, name), 'utf8')])
  })
}

/** Formats that have room for messages, in groups whose files have different names. */
const TELLING = ['json,ndjson,sarif,junit,html,markdown,policyreport', 'gitlab-sast,yaml']
const ALL = [...TELLING, 'csv,pretty-printer', 'github-annotations', 'prometheus']

describe('messages of policies', () => {
  test('stand in the report', () => {
    expect(said(...RULES)).toMatchObject({
      'owner Deployment': [['web needs an owner'], undefined],
      'owner Secret': [['web-keys needs an owner'], undefined],
      'quoting Secret': [undefined, undefined],
      'replicas Deployment': [['has 1 replicas and needs 3', 'sets XXXXXX'], undefined],
      'no-latest-tag Deployment': [['pin web:latest', 'one replica is none'], undefined],
    })
    expect(said(...PUBLISHED)).toEqual({
      'C-9001 Deployment': [['web can be written by all'], ['chmod  600 /etc/shop.conf']],
      'C-9002 Deployment': [['web has a weak password in web-keys'], undefined],
    })
  })

  test('stand in the terminal', () => {
    const own = run('scan', ...RULES, '-v').stdout
    expect(own).toContain('Says: web needs an owner')
    expect(own).toContain('Says: has 1 replicas and needs 3')
    expect(own).toContain('Says: pin web:latest')
    const { stdout } = run('scan', ...PUBLISHED, '-v')
    expect(stdout).toContain('Says: web can be written by all')
    expect(stdout).toContain('Run: chmod  600 /etc/shop.conf')
  })

  test('stand in every format that has room for them', () => {
    for (const [name, text] of reports(TELLING, ...RULES)) {
      expect({ name, isThere: text.includes('has 1 replicas and needs 3') }).toEqual({ name, isThere: true })
    }
    for (const [name, text] of reports(TELLING, ...PUBLISHED)) {
      expect({ name, isThere: text.includes('chmod  600') }).toEqual({ name, isThere: true })
    }
    const { stdout } = run('scan', ...PUBLISHED, '-f', 'json', '--format-version', 'v2')
    expect(stdout).toContain('"fixCommand":"chmod  600 /etc/shop.conf"')
  })

  test('hold nothing that reports mask, in no format', () => {
    for (const args of [RULES, PUBLISHED]) {
      for (const [name, text] of reports(ALL, ...args)) {
        expect({ name, leaks: text.match(/swordfish|tr0ut/g) }).toEqual({ name, leaks: null })
      }
    }
    const views = ['v2', 'v3'].map((version) => run('scan', ...PUBLISHED, '-f', 'json', '--format-version', version))
    expect(views.map(({ stdout }) => stdout).join('')).not.toMatch(/swordfish|tr0ut/)
  })

  test('reach nobody as anything but text, and are few and short', () => {
    const hostile = [...CUSTOM, 'hostile'] as const
    const messages = said(...hostile)
    expect(messages['loud Deployment']).toEqual([[']0;title [2J 31m\u202Eevil <img src=x> =cmd|calc!'], undefined])
    expect(messages['long Deployment']?.[0]?.map(({ length }) => length)).toEqual([500])
    expect(messages['many Deployment']?.[0]).toHaveLength(10)
    for (const [name, text] of reports(ALL, ...hostile)) {
      // oxlint-disable-next-line no-control-regex
      expect({ name, found: text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g) ?? [] }).toEqual({
        name,
        found: name.startsWith('report.csv') ? expect.arrayContaining(['\r']) : [],
      })
      if (/^report\.(?:html|md)/.test(name)) expect(text).not.toContain('<img src=x')
    }
    expect(run('scan', ...hostile, '-v').stdout).not.toContain('\u202E')
  })

  test('may change without anybody taking it for something new', () => {
    const before = run('scan', ...RULES, '-f', 'sarif').stdout
    run('scan', ...RULES, '-f', 'json', '-o', 'before.json')
    const rule = readFileSync(join(folder, 'rules/owner.rego'), 'utf8')
    writeFiles(folder, { 'reworded/owner.rego': rule.replace('needs an owner', 'belongs to nobody') })
    for (const name of ['quoting.rego', 'replicas.yaml', 'latest.yaml']) {
      writeFiles(folder, { [`reworded/${name}`]: readFileSync(join(folder, 'rules', name)) })
    }
    const reworded = [...CUSTOM, 'reworded'] as const
    const after = run('scan', ...reworded, '-f', 'sarif').stdout
    expect(after).toContain('belongs to nobody')
    expect(fingerprints(after)).toEqual(fingerprints(before))
    expect(fingerprints(after).length).toBeGreaterThan(3)
    const compared = run('scan', ...reworded, '--baseline', 'before.json', '--baseline-fail-on-new')
    expect(compared).toMatchObject({ code: 0 })
    const more = run(
      'scan',
      ...CUSTOM,
      'hostile',
      '--custom-rules',
      'rules',
      '--baseline',
      'before.json',
      '--baseline-fail-on-new',
    )
    expect(more).toMatchObject({ code: 1 })
  })

  test('do not stand in the way of comparisons, nor do commands', () => {
    for (const version of ['v2', 'v3']) {
      run('scan', ...PUBLISHED, '-f', 'json', '--format-version', version, '-o', `base-${version}.json`)
      const { code, stderr } = run('scan', ...PUBLISHED, '--baseline', `base-${version}.json`, '--baseline-fail-on-new')
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringContaining('0 new, 0 not comparable, 0 resolved'),
      })
    }
  })

  test('are not there for built-in controls', () => {
    const built = run('scan', 'app.yaml', '-f', 'json').stdout
    expect(built).toContain('"C-0057"')
    expect(built).not.toMatch(/"messages"|"fixCommands"/)
  })
})

function fingerprints(sarif: string): unknown[] {
  const { runs } = JSON.parse(sarif) as { runs: { results: { partialFingerprints: unknown }[] }[] }
  return runs.flatMap(({ results }) => results.map(({ partialFingerprints }) => partialFingerprints))
}
