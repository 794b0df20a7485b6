/** Controls of users, from their files to the verdicts of a scan. */
import { BUILT_IN, extendCatalogue } from '@kubescape/controls'
import { loadExceptionForms } from '@kubescape/scanner'
import { describe, expect, test } from 'vitest'

import { deployment, object, scanBy, verdicts } from '../../testing/scans.ts'
import { readCustomPolicies } from './read-custom-policies.ts'

const TAGGED = `# METADATA
# title: Images have a tag
# description: Whoever deploys does not know what runs.
# custom:
#   id: ACME-1
#   severity: High
#   category: Workload
#   match:
#     - apiGroups: [apps]
#       kinds: [Deployment]
#   inputs:
#     - name: allowedTags
#       description: tags that are fine
#       default: [latest]
#   remediation: Give each image a tag.
#   frameworks: [acme]
package acme.images

import rego.v1

deny contains result if {
	some place, container in input.spec.template.spec.containers
	not tag(container.image) in data.postureControlInputs.allowedTags
	path := sprintf("spec.template.spec.containers[%d].image", [place])
	result := {"message": sprintf("%s is not tagged as it should be", [container.image]), "path": path}
}

tag(image) := split(image, ":")[1]
`

function read(files: Readonly<Record<string, string>>): ReturnType<typeof readCustomPolicies> {
  return readCustomPolicies(Object.entries(files).map(([path, text]) => ({ path, text })))
}

describe('a control with a header', () => {
  const set = read({ 'policies/images.rego': TAGGED })

  test('is declared by it', () => {
    expect(set.problems).toEqual([])
    const [control] = set.controls
    expect(control).toMatchObject({
      id: 'ACME-1',
      name: 'Images have a tag',
      baseScore: 7,
      category: 'Workload',
      why: 'Whoever deploys does not know what runs.',
      repair: 'Give each image a tag.',
      isForeign: true,
    })
    expect(set.frameworks).toMatchObject([
      { name: 'acme', controls: ['ACME-1'] },
      { name: 'custom-rules', controls: ['ACME-1'] },
    ])
    expect(set.ownInputs).toEqual([{ name: 'allowedTags', about: 'tags that are fine', defaults: ['latest'] }])
    expect(set.sources).toMatchObject([{ path: 'policies/images.rego', kind: 'rego' }])
  })

  test('judges what it matches, with its inputs', async () => {
    const objects = [deployment('web'), deployment('api', { image: 'api:latest' }), object('Service', 'web')]
    const report = await scanBy(set, objects)
    expect(report.coverage.problems).toEqual([])
    expect(verdicts(report, 'ACME-1')).toEqual({
      'Deployment web': [{ role: 'failed', path: 'spec.template.spec.containers[0].image' }],
      'Deployment api': 'passed',
    })
    const other = await scanBy(set, objects, { inputs: { allowedTags: ['1', 'latest'] } })
    expect(verdicts(other, 'ACME-1')).toEqual({ 'Deployment web': 'passed', 'Deployment api': 'passed' })
  })

  test('is asked for by its framework, and by custom-rules', async () => {
    for (const frameworks of [['acme'], ['custom-rules']]) {
      const report = await scanBy(set, [deployment('web')], { frameworks })
      expect(report.controls.map(({ control, severity }) => [control.id, severity])).toEqual([['ACME-1', 'High']])
    }
  })
})

describe('a control without a header', () => {
  test('is about every object and has no severity', async () => {
    const set = read({
      'rules/named.rego':
        'package x\n\nimport rego.v1\n\ndeny contains "no owner" if not input.metadata.labels.owner\n',
    })
    const report = await scanBy(set, [
      object('Service', 'web'),
      object('Secret', 'key', { metadata: { name: 'key', labels: { owner: 'me' } } }),
    ])
    expect(report.controls).toMatchObject([
      { severity: 'Unknown', control: { id: 'custom-named', name: 'custom-named' } },
    ])
    expect(verdicts(report, 'custom-named')).toEqual({ 'Service web': [], 'Secret key': 'passed' })
  })

  test('may be written as published rules are, in the old language', async () => {
    const text = `package armo_builtins
import data.cautils

deny[msga] {
  pod := input[_]
  pod.kind == "Pod"
  services := [service | service = input[_]; service.kind == "Service"; cautils.is_subobject(service.spec.selector, pod.metadata.labels)]
  count(services) == 0
  msga := {
    "alertMessage": sprintf("Pod %v has no Service", [pod.metadata.name]),
    "packagename": "armo_builtins",
    "alertScore": 5,
    "failedPaths": ["metadata.labels"],
    "fixPaths": [{"path": "metadata.labels.app", "value": "YOUR_VALUE"}],
    "alertObject": {"k8sApiObjects": [pod]}
  }
}`
    const set = read({ 'orphans.rego': text })
    const pod = (name: string): ReturnType<typeof object> =>
      object('Pod', name, { metadata: { name, namespace: 'shop', labels: { app: name } } })
    const report = await scanBy(set, [
      pod('web'),
      pod('lost'),
      object('Service', 'web', { spec: { selector: { app: 'web' } } }),
    ])
    expect(report.coverage.problems).toEqual([])
    expect(verdicts(report, 'custom-orphans')).toEqual({
      'Pod web': 'passed',
      'Service web': 'passed',
      'Pod lost': [
        { role: 'failed', path: 'metadata.labels' },
        {
          role: 'missing',
          path: 'metadata.labels.app',
          fix: { action: 'set', path: 'metadata.labels.app', value: 'YOUR_VALUE' },
        },
      ],
    })
  })
})

test('fixes, reviews and removals become findings', async () => {
  const set = read({
    'all.rego': `package x
import rego.v1
deny contains {"message": "a", "path": "spec.a", "fix": {"path": "spec.a", "value": 1}}
deny contains {"message": "b", "fixes": [{"path": "spec.b", "value": true}]}
deny contains {"message": "c", "paths": ["spec.c", "spec.d"], "review": true}
deny contains {"message": "e", "remove": "spec.e"}
`,
  })
  const report = await scanBy(set, [object('Service', 'web')])
  const findings = verdicts(report, 'custom-all')['Service web']
  expect(findings).toEqual(
    expect.arrayContaining([
      { role: 'failed', path: 'spec.a', fix: { action: 'set', path: 'spec.a', value: '1' } },
      { role: 'missing', path: 'spec.b', fix: { action: 'set', path: 'spec.b', value: 'true' } },
      { role: 'review', path: 'spec.c' },
      { role: 'review', path: 'spec.d' },
      { role: 'failed', path: 'spec.e', fix: { action: 'remove', path: 'spec.e' } },
    ]),
  )
})

describe('files beside controls', () => {
  test('libraries are compiled with those that name them, tests are not read', async () => {
    const set = read({
      'lib/containers.rego':
        'package lib.containers\nimport rego.v1\nimport data.lib.paths\nall contains c if some c in paths.of(input)\n',
      'lib/paths.rego': 'package lib.paths\nimport rego.v1\nof(object) := object.spec.template.spec.containers\n',
      'privileged.rego':
        'package x\nimport rego.v1\nimport data.lib.containers\ndeny contains "privileged" if some c in containers.all\n',
      'privileged_test.rego': 'package x_test\nthis is no Rego',
    })
    expect(set.problems).toEqual([])
    expect(set.controls.map(({ id }) => id)).toEqual(['custom-privileged'])
    expect(verdicts(await scanBy(set, [deployment('web')]), 'custom-privileged')).toEqual({ 'Deployment web': [] })
  })

  test('a header may stand in YAML of the same name', async () => {
    const set = read({
      'owner.rego': 'package x\nimport rego.v1\ndeny contains "none" if not input.metadata.labels.owner\n',
      'owner.yaml':
        'kind: Control\nid: ACME-2\nname: Owners are named\nbaseScore: 4.5\nmatch:\n- resources: [services]\n',
      'example.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: x}\n',
    })
    expect(set.problems).toEqual([])
    expect(set.controls).toMatchObject([{ id: 'ACME-2', name: 'Owners are named', baseScore: 4.5 }])
    expect(verdicts(await scanBy(set, [deployment('web'), object('Service', 'web')]), 'ACME-2')).toEqual({
      'Service web': [],
    })
    expect(set.sources.map(({ path }) => path)).toEqual(['owner.rego', 'owner.yaml'])
  })

  test('frameworks list ids of any controls, in sections where they have some', async () => {
    const set = read({
      'images.rego': TAGGED,
      'base.yaml': `kind: Framework
name: base
controls: [C-0057, acme-1]
`,
      'other.json': JSON.stringify({
        name: 'other',
        sections: [
          { name: 'Images', controls: ['ACME-1'] },
          { name: 'Rights', controls: [{ id: 'C-0035', number: '2.7' }] },
        ],
      }),
    })
    expect(set.problems).toEqual([])
    expect(set.frameworks).toMatchObject([
      { name: 'base', controls: ['C-0057', 'ACME-1'] },
      {
        name: 'other',
        controls: ['ACME-1', 'C-0035'],
        numbers: { 'ACME-1': '1.1', 'C-0035': '2.7' },
        sections: { 1: 'Images', 2: 'Rights' },
      },
      { name: 'acme' },
      { name: 'custom-rules' },
    ])
    const report = await scanBy(set, [deployment('web')], { frameworks: ['base'] })
    expect(report.controls.map(({ control }) => control.id)).toEqual(['ACME-1', 'C-0057'])
  })

  test('a control can be in a built-in framework', async () => {
    const set = read({ 'images.rego': TAGGED.replace('frameworks: [acme]', 'frameworks: [nsa]') })
    const report = await scanBy(set, [deployment('web')], { frameworks: ['NSA'] })
    expect(report.frameworks[0]?.controls.length).toBeGreaterThan(5)
    expect(report.frameworks[0]?.controls.map(({ control }) => control.id)).toContain('ACME-1')
  })

  test('a control takes the place of a built-in one when it says so', async () => {
    const set = read({ 'images.rego': TAGGED.replace('id: ACME-1', 'id: C-0057\n#   replaces: true') })
    const report = await scanBy(set, [deployment('web')], { controls: ['C-0057'] })
    expect(report.controls).toMatchObject([{ control: { name: 'Images have a tag' } }])
  })
})

describe('exceptions', () => {
  test('accept what a control of a user finds, and know its id', async () => {
    const set = read({ 'images.rego': TAGGED })
    const known = extendCatalogue(BUILT_IN, set)
    const { readExceptions } = await loadExceptionForms()
    const text = '{"exceptions": [{"name": "soon", "controls": ["acme-1"], "resources": [{"name": "web"}]}]}'
    const { rules, problems } = readExceptions(text, 'exceptions.json', known)
    expect(problems).toEqual([])
    const exceptions = { rules, clusterNames: [], now: '2026-01-01T00:00:00Z', known, honorsInline: true }
    const api = deployment('api')
    const annotated = { ...api, metadata: { name: 'api', annotations: { 'kubescape.io/skip-controls': 'ACME-1' } } }
    const report = await scanBy(set, [deployment('web'), annotated, deployment('db')], { exceptions })
    expect(verdicts(report, 'ACME-1')).toMatchObject({
      'Deployment web': 'excluded',
      'Deployment api': 'excluded',
      'Deployment db': [{ role: 'failed' }],
    })
    expect(report.exceptions().flatMap(({ unknownControls }) => unknownControls)).toEqual([])
  })
})

describe('what is wrong', () => {
  const cases: [what: string, files: Record<string, string>, codes: string[]][] = [
    ['the id of a built-in control', { 'a.rego': TAGGED.replace('ACME-1', 'C-0057') }, ['policy/duplicate-id']],
    ['the same id twice', { 'a.rego': TAGGED, 'b.rego': TAGGED }, ['policy/duplicate-id']],
    ['an unknown severity', { 'a.rego': TAGGED.replace('High', 'Hihg') }, ['policy/invalid-header']],
    ['a field that is nearly one', { 'a.rego': TAGGED.replace('severity', 'severty') }, ['policy/invalid-header']],
    [
      'an unknown category',
      { 'a.rego': TAGGED.replace('category: Workload', 'category: Fun') },
      ['policy/invalid-header'],
    ],
    ['an id with spaces', { 'a.rego': TAGGED.replace('ACME-1', 'my id') }, ['policy/invalid-header']],
    [
      'a match without an end',
      { 'a.rego': TAGGED.replace('    - apiGroups: [apps]', '    none').replace('#       kinds: [Deployment]\n', '') },
      ['policy/invalid-header'],
    ],
    [
      'a match that is no list',
      {
        'a.rego': TAGGED.replace('match:', 'match: Pod').replace(
          '#     - apiGroups: [apps]\n#       kinds: [Deployment]\n',
          '',
        ),
      },
      ['policy/invalid-header'],
    ],
    ['CEL without an expression', { 'a.yaml': 'kind: Control\nlanguage: cel\nid: X-2\n' }, ['policy/invalid-header']],
    ['YAML that is none', { 'a.yaml': 'a: [' }, ['policy/invalid-yaml']],
    [
      'a framework of unknown controls',
      { 'f.yaml': 'kind: Framework\nname: f\ncontrols: [C-005, C-0057]\n' },
      ['policy/unknown-control'],
    ],
    ['a framework without controls', { 'f.yaml': 'kind: Framework\nname: f\n' }, ['policy/empty-framework']],
    [
      'a framework with a name that is taken',
      { 'f.yaml': 'kind: Framework\nname: NSA\ncontrols: [C-0057]\n' },
      ['policy/duplicate-framework'],
    ],
  ]
  test.each(cases)('%s is a problem', (_what, files, codes) => {
    const set = read(files)
    expect(set.problems.map(({ code }) => code)).toEqual(codes)
    for (const { file, hint, message } of set.problems) expect([file, hint, message]).not.toContain('')
  })
})

describe('a policy that cannot judge', () => {
  const failing: [what: string, text: string, code: string][] = [
    ['cannot be parsed', 'package x\n\ndeny contains {', 'policy/invalid-rego'],
    ['cannot be compiled', 'package x\nimport rego.v1\ndeny contains y if input.x\n', 'policy/invalid-rego'],
    ['answers with what is no result', 'package x\nimport rego.v1\ndeny contains 1\n', 'policy/invalid-result'],
    [
      'runs without an end',
      'package x\nimport rego.v1\ndeny contains "x" if { some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1 }\n',
      'policy/limit',
    ],
    [
      'contradicts itself',
      'package x\nimport rego.v1\nname := "a"\nname := input.kind\ndeny contains name\n',
      'policy/evaluation-failed',
    ],
    [
      'asks the network',
      'package x\nimport rego.v1\ndeny contains "x" if http.send({"method": "get", "url": "http://localhost"}).status_code == 500\n',
      'policy/evaluation-failed',
    ],
    [
      'asks for signatures',
      'package x\nimport rego.v1\ndeny contains "x" if not cosign.has_signature("nginx")\n',
      'policy/evaluation-failed',
    ],
  ]
  test.each(failing)('passes nothing: it %s', async (_what, text, code) => {
    const set = readCustomPolicies([{ path: 'x.rego', text }], { limits: { steps: 1_000_000 } })
    const report = await scanBy(set, [object('Service', 'web')])
    expect(report.controls).toMatchObject([{ status: 'skipped', subStatus: 'notEvaluated' }])
    expect(verdicts(report, 'custom-x')).toEqual({ 'Service web': 'skipped' })
    expect(report.coverage.problems).toMatchObject([{ code, file: 'x.rego' }])
    expect(report.coverage.degraded).toBe(true)
  })

  test('is not tried on one object after the other when it is stopped', async () => {
    const endless = `package x
import rego.v1
deny contains "x" if {
	print(input.metadata.name)
	some a in numbers.range(1, 100000)
	some b in numbers.range(1, 100000)
	a * b == -1
}
`
    const tried: string[] = []
    const options = { limits: { steps: 100_000 }, print: (line: string) => tried.push(line) }
    const set = readCustomPolicies([{ path: 'x.rego', text: endless }], options)
    const objects = Array.from({ length: 20 }, (_, at) => object('Service', `web-${at}`))
    for (const times of [1, 2]) {
      const report = await scanBy(set, objects)
      expect(report.controls[0]?.counters.skipped).toBe(20)
      expect(tried).toHaveLength(3 * times)
    }
  })

  test('says so even where there is nothing to judge', async () => {
    const set = read({ 'x.rego': 'package x\nimport rego.v1\ndeny contains y if input.x\n' })
    const report = await scanBy(set, [])
    expect(report.controls).toMatchObject([{ status: 'skipped' }])
  })

  test('lists only so many problems', async () => {
    const set = read({ 'x.rego': 'package x\nimport rego.v1\ndeny contains 1\n' })
    const report = await scanBy(
      set,
      Array.from({ length: 50 }, (_, at) => object('Service', `web-${at}`)),
    )
    expect(report.coverage.problems).toHaveLength(11)
    expect(report.controls[0]?.counters.skipped).toBe(50)
  })
})
