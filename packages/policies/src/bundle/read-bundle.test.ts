/** Published files, from their text to the verdicts of a scan. The rules are written for these tests. */
import { describe, expect, test } from 'vitest'

import { deployment, object, scanBy, verdicts } from '../../testing/scans.ts'
import { compileProblems } from '../compile-problems.ts'
import type { PolicySet } from '../policy-set.ts'
import { readBundle, type BundleOptions } from './read-bundle.ts'

const WORKLOADS = [
  { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['Deployment', 'daemonsets'] },
  { apiGroups: [''], apiVersions: ['v1'], resources: ['Pod'] },
]

/** A rule: a message for each object of the input for which the body holds. */
function rule(name: string, body: string, rest: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name,
    ruleLanguage: 'Rego',
    match: WORKLOADS,
    ruleDependencies: [],
    rule: `package armo_builtins

import rego.v1

deny contains msg if {
	some item in input
	${body}
}
`,
    ...rest,
  }
}

const NAMES_ITEM =
  'msg := {"alertMessage": "x", "alertScore": 7, "packagename": "armo_builtins", "alertObject": {"k8sApiObjects": [item]}}'
const HOST_PID = rule(
  'host-pid',
  `item.spec.template.spec.hostPID == true
	msg := {
		"alertMessage": "shares processes",
		"packagename": "armo_builtins",
		"alertScore": 7,
		"failedPaths": ["spec.template.spec.hostPID"],
		"deletePaths": ["spec.template.spec.hostPID"],
		"fixPaths": [],
		"alertObject": {"k8sApiObjects": [item]},
	}`,
)

function control(
  id: string,
  rules: readonly unknown[],
  rest: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { controlID: id, name: `Control ${id}`, description: 'why', remediation: 'how', baseScore: 8, rules, ...rest }
}

function framework(...controls: readonly Record<string, unknown>[]): Record<string, unknown> {
  return {
    name: 'Shop',
    description: 'a framework',
    version: '1.2',
    scanningScope: { matches: ['file', 'cluster'] },
    controls,
  }
}

function read(value: unknown, options: BundleOptions = {}): PolicySet {
  return readBundle([{ path: 'shop.json', text: JSON.stringify(value) }], options)
}

/** A set of one control of one rule. */
function only(
  ruleOrRules: Record<string, unknown> | readonly Record<string, unknown>[],
  rest: Readonly<Record<string, unknown>> = {},
): PolicySet {
  return read(framework(control('X-1', [ruleOrRules].flat(), rest)))
}

describe('a framework with its controls and rules', () => {
  const text = framework(
    control('C-0038', [HOST_PID], {
      category: { name: 'Workload', id: 'Cat-5', subCategory: { name: 'Node escape', id: 'Cat-9' } },
      attributes: {
        controlTypeTags: ['security'],
        attackTracks: [{ attackTrack: 'workload-external-track', categories: ['Privilege Escalation (Node)'] }],
      },
      scanningScope: { matches: ['cluster', 'file'] },
    }),
  )

  test('is read with all that it says', () => {
    const set = read(text)
    expect(set.problems).toEqual([])
    expect(set.frameworks).toMatchObject([
      { name: 'Shop', version: '1.2', scope: ['cluster', 'file'], controls: ['C-0038'] },
    ])
    expect(set.controls).toMatchObject([
      {
        id: 'C-0038',
        name: 'Control C-0038',
        baseScore: 8,
        category: 'Workload',
        subCategory: 'Node escape',
        scope: ['cluster', 'file'],
        why: 'why',
        repair: 'how',
        attackSteps: { 'workload-external-track': 'Privilege Escalation (Node)' },
      },
    ])
    expect(set.sources).toMatchObject([{ path: 'shop.json', kind: 'framework', version: '1.2' }])
    expect(set.sources[0]?.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(compileProblems(set)).toEqual([])
  })

  test('judges in the place of the built-in controls', async () => {
    const bad = deployment('bad')
    ;(bad as { spec: { template: { spec: Record<string, unknown> } } }).spec.template.spec['hostPID'] = true
    const report = await scanBy(read(text), [bad, deployment('good'), object('Service', 'web')], {
      frameworks: ['Shop'],
      alone: true,
    })
    expect(report.coverage.problems).toEqual([])
    expect(report.controls).toMatchObject([{ severity: 'High', status: 'failed' }])
    const path = 'spec.template.spec.hostPID'
    expect(verdicts(report, 'C-0038')).toEqual({
      'Deployment bad': [{ role: 'failed', path, fix: { action: 'remove', path } }],
      'Deployment good': 'passed',
    })
  })
})

describe('files of controls and rules', () => {
  test('are put together by names, in any order and in lists', async () => {
    const set = readBundle([
      { path: 'frameworks.json', text: JSON.stringify([{ name: 'Shop', controlsIDs: ['X-1', 'X-2'] }]) },
      {
        path: 'controls.json',
        text: JSON.stringify([{ controlID: 'X-1', name: 'x', baseScore: 1, rulesNames: ['named'] }]),
      },
      { path: 'rules.json', text: JSON.stringify([rule('named', `item.metadata.name == "web"\n${NAMES_ITEM}`)]) },
    ])
    expect(set.problems.map(({ code, message }) => [code, message])).toEqual([
      ['policy/unknown-control', 'the framework "Shop" lists "X-2", which is in none of the files'],
    ])
    const report = await scanBy(set, [deployment('web'), deployment('api')])
    expect(verdicts(report, 'X-1')).toEqual({ 'Deployment web': [], 'Deployment api': 'passed' })
  })

  test('a control without one of its rules passes nothing', async () => {
    const set = readBundle([
      { path: 'c.json', text: JSON.stringify({ controlID: 'X-1', name: 'x', baseScore: 1, rulesNames: ['gone'] }) },
    ])
    const report = await scanBy(set, [deployment('web')])
    expect(report.controls).toMatchObject([{ status: 'skipped', subStatus: 'notEvaluated' }])
    expect(report.coverage.problems).toMatchObject([{ code: 'policy/missing-rule' }])
  })

  test('a control without rules is for a person', async () => {
    const set = read(framework(control('X-1', [], { attributes: { actionRequired: 'manual review' } })))
    const report = await scanBy(set, [deployment('web')])
    expect(report.controls).toMatchObject([{ status: 'skipped', subStatus: 'manual review' }])
  })

  test('are recognised by what they hold', () => {
    const set = readBundle([
      {
        path: 'a',
        text: JSON.stringify({ name: 'default', settings: { postureControlInputs: { recommendedLabels: ['team'] } } }),
      },
      { path: 'b', text: JSON.stringify([{ name: 'e', policyType: 'postureExceptionPolicy', posturePolicies: [] }]) },
      { path: 'c', text: JSON.stringify([{ kind: 'AttackTrack', metadata: { name: 't' } }]) },
      { path: 'd', text: JSON.stringify({ publicRegistries: ['x'] }) },
      { path: 'e', text: JSON.stringify({ hello: 1 }) },
      { path: 'f', text: '{' },
    ])
    expect(set.sources.map(({ kind }) => kind)).toEqual(['inputs', 'exceptions', 'attack-tracks', 'inputs'])
    expect(set.inputs).toEqual({ recommendedLabels: ['team'], publicRegistries: ['x'] })
    expect(set.exceptions.map(({ path }) => path)).toEqual(['b'])
    expect(set.problems.map(({ code, file }) => [code, file])).toEqual([
      ['policy/unknown-file', 'e'],
      ['policy/invalid-yaml', 'f'],
      ['policy/unknown-file', 'f'],
    ])
  })
})

describe('the objects of a rule', () => {
  test('are named by kinds, plurals and any group', async () => {
    const set = only(
      rule('any', NAMES_ITEM, {
        match: [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['services', 'CONFIGMAP'] }],
      }),
    )
    const report = await scanBy(set, [deployment('web'), object('Service', 'web'), object('ConfigMap', 'settings')])
    expect(verdicts(report, 'X-1')).toEqual({ 'Service web': [], 'ConfigMap settings': [] })
  })

  test('are tested only as far as the filter names them', async () => {
    const filter = rule('filter', `item.metadata.name != "other"\n${NAMES_ITEM}`)['rule']
    const set = only(rule('filtered', `item.metadata.name == "bad"\n${NAMES_ITEM}`, { resourceEnumerator: filter }))
    const report = await scanBy(
      set,
      ['bad', 'good', 'other'].map((name) => deployment(name)),
    )
    expect(verdicts(report, 'X-1')).toEqual({ 'Deployment bad': [], 'Deployment good': 'passed' })
  })

  test('are joined as subjects of bindings', async () => {
    const set = only(
      rule(
        'may-read',
        `some verb in item.relatedObjects[1].rules[0].verbs
	verb == "get"
	msg := {
		"alertMessage": "x",
		"packagename": "armo_builtins",
		"failedPaths": ["relatedObjects[1].rules[0].verbs[0]"],
		"alertObject": {"k8sApiObjects": [], "externalObjects": item},
		"relatedObjects": [{"object": item.relatedObjects[0], "failedPaths": ["subjects[0]"]}],
	}`,
        {
          attributes: { resourcesAggregator: 'subject-role-rolebinding' },
          match: [
            { apiGroups: ['rbac.authorization.k8s.io'], apiVersions: ['v1'], resources: ['roles', 'rolebindings'] },
          ],
        },
      ),
    )
    const version = 'rbac.authorization.k8s.io/v1'
    const role = (name: string, verb: string): ReturnType<typeof object> =>
      object('Role', name, { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: [verb] }] }, version)
    const binding = (name: string, subject: string): ReturnType<typeof object> =>
      object(
        'RoleBinding',
        name,
        {
          roleRef: { kind: 'Role', name },
          subjects: [{ kind: 'User', name: subject, apiGroup: 'rbac.authorization.k8s.io' }],
        },
        version,
      )
    const report = await scanBy(set, [
      role('reader', 'get'),
      role('writer', 'create'),
      binding('reader', 'ann'),
      binding('writer', 'ben'),
    ])
    expect(report.coverage.problems).toEqual([])
    expect(verdicts(report, 'X-1')).toEqual({
      'User ann': [{ role: 'failed', path: 'relatedObjects[1].rules[0].verbs[0]' }],
      'User ben': 'passed',
    })
    const [result] = report.controls
    const failed = Array.from(result === undefined ? [] : report.byControl(result)).find(
      ({ status }) => status === 'failed',
    )
    expect(failed?.rules[0]?.related).toMatchObject([{ findings: [{ path: 'subjects[0]' }] }])
  })

  test('are the API server alone', async () => {
    const set = only(
      rule('api', `item.spec.containers[0].command[1] == "--bad"\n${NAMES_ITEM}`, {
        attributes: { resourcesAggregator: 'apiserver-pod' },
      }),
    )
    const pod = (name: string, namespace: string): ReturnType<typeof object> =>
      object('Pod', name, {
        metadata: { name, namespace },
        spec: { containers: [{ name: 'a', command: ['kube-apiserver', '--bad'] }] },
      })
    const report = await scanBy(set, [
      pod('web', 'kube-system'),
      pod('kube-apiserver-a', 'shop'),
      pod('kube-apiserver-b', 'kube-system'),
    ])
    expect(verdicts(report, 'X-1')).toEqual({ 'Pod kube-apiserver-b': [] })
  })

  test('are told apart where their names are the same', async () => {
    const set = only(
      rule(
        'bad',
        `item.spec.template.spec.containers[0].name == "bad"\nmsg := {"alertObject": {"k8sApiObjects": [json.filter(item, ["apiVersion", "kind", "metadata"])]}}`,
      ),
    )
    const named = deployment('web', { name: 'bad' })
    const report = await scanBy(set, [named, { ...deployment('web'), metadata: { name: 'web', namespace: 'other' } }])
    const [result] = report.controls
    expect(result?.counters).toMatchObject({ failed: 1, passed: 1 })
  })

  test('may be all of them, or the one that the rule looks at: a response without objects', async () => {
    const nameless = 'item.metadata.name == "bad"\nmsg := {"alertMessage": "x", "alertObject": {"k8sApiObjects": []}}'
    const objects = [deployment('bad'), deployment('good')]
    expect(verdicts(await scanBy(only(rule('one', nameless)), objects), 'X-1')).toEqual({
      'Deployment bad': [],
      'Deployment good': 'passed',
    })
    expect(verdicts(await scanBy(only(rule('all', `count(input) == 2\n${nameless}`)), objects), 'X-1')).toEqual({
      'Deployment bad': [],
      'Deployment good': [],
    })
  })

  test('must be among those that it was given', async () => {
    const set = only(
      rule(
        'made-up',
        'msg := {"alertObject": {"k8sApiObjects": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}}]}}',
      ),
    )
    const report = await scanBy(set, [deployment('web')])
    expect(verdicts(report, 'X-1')).toEqual({ 'Deployment web': 'skipped' })
    expect(report.coverage.problems).toMatchObject([{ code: 'policy/unknown-object' }])
  })
})

test('a rule says the same whether it gets its objects one by one or together', async () => {
  const body = `some at, container in item.spec.template.spec.containers
	container.securityContext.privileged
	path := sprintf("spec.template.spec.containers[%d].securityContext.privileged", [at])
	msg := {"failedPaths": [path], "alertObject": {"k8sApiObjects": [item]}}`
  const objects = [
    deployment('bad', { securityContext: { privileged: true } }),
    deployment('good', { securityContext: { privileged: false } }),
    object('Pod', 'plain'),
  ]
  const [alone, together] = await Promise.all(
    [body, `count(input) > 0\n${body}`].map(async (each) => {
      const set = only(rule('privileged', each))
      return [set.controls[0]?.checks[0]?.shape, verdicts(await scanBy(set, objects), 'X-1')] as const
    }),
  )
  expect(alone?.[0]).toBe('local')
  expect(together?.[0]).toBe('joined')
  expect(alone?.[1]).toEqual(together?.[1])
  expect(alone?.[1]).toMatchObject({ 'Deployment bad': [{ role: 'failed' }], 'Pod plain': 'passed' })
})

describe('what has to be collected', () => {
  const dynamicMatch = [
    { apiGroups: ['hostdata.kubescape.cloud'], apiVersions: ['v1beta0'], resources: ['KubeletInfo'] },
  ]
  const facts = object(
    'KubeletInfo',
    'node-1',
    { metadata: { name: 'node-1' }, data: { anonymous: true } },
    'hostdata.kubescape.cloud/v1beta0',
  )
  const body = `item.kind == "KubeletInfo"
	item.data.anonymous
	msg := {"alertObject": {"k8sApiObjects": [], "externalObjects": {"apiVersion": item.apiVersion, "kind": item.kind, "metadata": item.metadata}}}`

  test('is judged where it is there', async () => {
    const set = only(rule('kubelet', body, { match: [], dynamicMatch }))
    const report = await scanBy(set, [facts], { frameworks: ['Shop'], alone: true })
    expect(verdicts(report, 'X-1')).toEqual({ 'KubeletInfo node-1': [] })
  })

  test('is not passed where it is not', async () => {
    const set = only(rule('kubelet', body, { match: [], dynamicMatch }))
    const report = await scanBy(set, [deployment('web')], { frameworks: ['Shop'], alone: true, target: 'cluster' })
    expect(report.controls).toEqual([])
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: 'X-1', missing: ['KubeletInfo'] }])
  })

  test('makes other objects of the rule skipped', async () => {
    const set = only(rule('both', body, { dynamicMatch }))
    expect(verdicts(await scanBy(set, [deployment('web')]), 'X-1')).toEqual({ 'Deployment web': 'skipped' })
    expect(verdicts(await scanBy(set, [deployment('web'), facts]), 'X-1')).toEqual({
      'Deployment web': 'passed',
      'KubeletInfo node-1': [],
    })
  })
})

describe('control inputs', () => {
  const reads = (name: string): string => `item.metadata.name in data.postureControlInputs.${name}\n${NAMES_ITEM}`
  const declares = (name: string): Record<string, unknown> => ({
    controlConfigInputs: [{ path: `settings.postureControlInputs.${name}`, name, description: 'some names' }],
  })
  const objects = [deployment('web'), deployment('api')]

  test('that a rule declares are its data', async () => {
    const set = only(rule('names', reads('badNames'), declares('badNames')))
    expect(set.ownInputs).toEqual([{ name: 'badNames', about: 'some names', defaults: [] }])
    expect(verdicts(await scanBy(set, objects, { inputs: { badNames: ['web'] } }), 'X-1')).toEqual({
      'Deployment web': [],
      'Deployment api': 'passed',
    })
  })

  test('that it does not declare are not there', async () => {
    const set = only(rule('names', reads('publicRegistries')))
    expect(verdicts(await scanBy(set, objects, { inputs: { publicRegistries: ['web'] } }), 'X-1')).toEqual({
      'Deployment web': 'passed',
      'Deployment api': 'passed',
    })
  })

  test('may be set by the bundle, and by the control for good', async () => {
    const files = (fixedInput: unknown): PolicySet =>
      readBundle([
        {
          path: 'f.json',
          text: JSON.stringify(
            framework(control('X-1', [rule('names', reads('badNames'), declares('badNames'))], { fixedInput })),
          ),
        },
        { path: 'i.json', text: JSON.stringify({ badNames: ['api'] }) },
      ])
    expect(verdicts(await scanBy(files(undefined), objects), 'X-1')).toEqual({
      'Deployment web': 'passed',
      'Deployment api': [],
    })
    const fixed = files({ names: { 'settings.postureControlInputs.badNames': ['web'] } })
    expect(verdicts(await scanBy(fixed, objects, { inputs: { badNames: ['api'] } }), 'X-1')).toEqual({
      'Deployment web': [],
      'Deployment api': 'passed',
    })
  })

  test('that are empty make a control skipped that cannot do without', async () => {
    const set = only(rule('names', reads('badNames'), declares('badNames')), {
      attributes: { actionRequired: 'configuration' },
    })
    const report = await scanBy(set, objects)
    expect(report.controls).toMatchObject([
      { status: 'skipped', subStatus: 'configuration', info: expect.stringContaining('badNames') as string },
    ])
    expect((await scanBy(set, objects, { inputs: { badNames: ['web'] } })).controls).toMatchObject([
      { status: 'failed' },
    ])
  })

  test('always tell of the platform', async () => {
    const set = only(rule('cloud', `data.dataControlInputs.cloudProvider == "eks"\n${NAMES_ITEM}`))
    expect(verdicts(await scanBy(set, [deployment('web')], { cloudProvider: 'eks' }), 'X-1')).toEqual({
      'Deployment web': [],
    })
    expect(verdicts(await scanBy(set, [deployment('web')]), 'X-1')).toEqual({ 'Deployment web': 'passed' })
  })
})

describe('a rule is left out', () => {
  test('when it is for other platforms', async () => {
    const set = only(rule('aks', NAMES_ITEM, { relevantCloudProviders: ['AKS'] }))
    expect(verdicts(await scanBy(set, [deployment('web')], { cloudProvider: 'eks' }), 'X-1')).toEqual({})
    expect(verdicts(await scanBy(set, [deployment('web')], { cloudProvider: 'aks' }), 'X-1')).toEqual({
      'Deployment web': [],
    })
  })

  const versions: [from: string | undefined, until: string | undefined, tool: string, isKept: boolean][] = [
    ['v3.0.0', undefined, '4.0.0', true],
    ['v4.0.0', undefined, 'v4.0.0', true],
    ['v4.0.1', undefined, '4.0.0', false],
    [undefined, 'v4.0.0', '4.0.0', false],
    [undefined, 'v4.0.1', '4.0.0', true],
    ['v1.0.133', 'v2.0.0', '1.0.200', true],
    [undefined, undefined, '0.0.1', true],
  ]
  test.each(versions)(
    'by its versions: from %s until %s with %s',
    (useFromKubescapeVersion, useUntilKubescapeVersion, toolVersion, isKept) => {
      const versioned = rule('versioned', NAMES_ITEM, {
        attributes: { useFromKubescapeVersion, useUntilKubescapeVersion },
      })
      expect(read(framework(control('X-1', [versioned])), { toolVersion }).controls).toHaveLength(isKept ? 1 : 0)
    },
  )
})

describe('the answers of a rule', () => {
  test('are those of every rule of the package with a list of results', async () => {
    const text = `package armo_builtins
import rego.v1
kinds := ["Deployment"]
untrusted contains {"alertObject": {"k8sApiObjects": [item]}} if {
	some item in input
	item.metadata.name == "web"
}
deny contains {"alertObject": {"k8sApiObjects": [item]}} if {
	some item in input
	item.metadata.name == "api"
	item.kind in kinds
}`
    const report = await scanBy(
      only(rule('several', '', { rule: text })),
      ['web', 'api', 'db'].map((name) => deployment(name)),
    )
    expect(verdicts(report, 'X-1')).toEqual({ 'Deployment web': [], 'Deployment api': [], 'Deployment db': 'passed' })
  })

  test('name paths with what to do about them', async () => {
    const set = only(
      rule(
        'paths',
        `msg := {
		"failedPaths": ["spec.a", "spec.b=", "spec.c"],
		"reviewPaths": {"spec.d"},
		"deletePaths": ["spec.c", "spec.e"],
		"fixPaths": [{"path": "spec.a", "value": "1"}, {"path": "spec.f", "value": "YOUR_VALUE"}],
		"fixCommand": "chmod",
		"alertObject": {"k8sApiObjects": [item]},
	}`,
      ),
    )
    const findings = verdicts(await scanBy(set, [deployment('web')]), 'X-1')['Deployment web']
    expect(findings).toEqual([
      { role: 'failed', path: 'spec.a', fix: { action: 'set', path: 'spec.a', value: '1' } },
      { role: 'failed', path: 'spec.b' },
      { role: 'failed', path: 'spec.c', fix: { action: 'remove', path: 'spec.c' } },
      { role: 'failed', path: 'spec.e', fix: { action: 'remove', path: 'spec.e' } },
      { role: 'review', path: 'spec.d' },
      { role: 'missing', path: 'spec.f', fix: { action: 'set', path: 'spec.f', value: 'YOUR_VALUE' } },
    ])
  })

  test('are asked of the worst of several rules', async () => {
    const set = only([
      rule('one', `item.metadata.name == "web"\n${NAMES_ITEM}`),
      rule('two', `item.metadata.name == "api"\n${NAMES_ITEM}`),
    ])
    expect(
      verdicts(
        await scanBy(
          set,
          ['web', 'api', 'db'].map((name) => deployment(name)),
        ),
        'X-1',
      ),
    ).toEqual({
      'Deployment web': [],
      'Deployment api': [],
      'Deployment db': 'passed',
    })
  })

  const wrong: [what: string, text: string][] = [
    ['a text', 'deny contains "x"'],
    ['nothing to name', 'deny contains {"alertMessage": "x"}'],
    ['objects that are no list', 'deny contains {"alertObject": {"k8sApiObjects": "x"}}'],
    ['paths that are none', 'deny contains {"alertObject": {"k8sApiObjects": input}, "failedPaths": [1]}'],
    ['a fix without a path', 'deny contains {"alertObject": {"k8sApiObjects": input}, "fixPaths": [{"value": "1"}]}'],
  ]
  test.each(wrong)('that make no sense pass nothing: %s', async (_what, text) => {
    const set = only(rule('wrong', '', { rule: `package armo_builtins\nimport rego.v1\n${text}` }))
    const report = await scanBy(set, [deployment('web')])
    expect(verdicts(report, 'X-1')).toEqual({ 'Deployment web': 'skipped' })
    expect(report.coverage.problems).toMatchObject([{ code: 'policy/invalid-result', file: 'shop.json' }])
  })
})

describe('the modules that rules import', () => {
  test('are there', async () => {
    const text = `package armo_builtins
import rego.v1
import data.cautils
import data.kubernetes.api.client

deny contains {"alertObject": {"k8sApiObjects": [item]}} if {
	some item in input
	cautils.list_contains(["web", "api"], item.metadata.name)
	cautils.is_subobject({"name": item.metadata.name}, item.metadata)
}`
    const report = await scanBy(only(rule('helped', '', { rule: text })), [deployment('web'), deployment('db')])
    expect(report.coverage.problems).toEqual([])
    expect(verdicts(report, 'X-1')).toEqual({ 'Deployment web': [], 'Deployment db': 'passed' })
  })

  test('ask no API server', async () => {
    const text = `package armo_builtins
import rego.v1
import data.kubernetes.api.client

deny contains {"alertObject": {"k8sApiObjects": input}} if client.query_all("pods").body.items == []`
    const report = await scanBy(only(rule('asking', '', { rule: text })), [deployment('web')])
    expect(verdicts(report, 'X-1')).toEqual({ 'Deployment web': 'skipped' })
    expect(report.coverage.problems).toMatchObject([{ code: 'policy/evaluation-failed' }])
  })
})

describe('a rule that cannot be run', () => {
  const cases: [what: string, rule: Record<string, unknown>, code: string][] = [
    ['is no Rego', rule('broken', 'msg :='), 'policy/invalid-rego'],
    ['has no text', rule('empty', '', { rule: ' ' }), 'policy/missing-rule'],
    [
      'is written in another language',
      rule('other', NAMES_ITEM, { ruleLanguage: 'Lua' }),
      'policy/unsupported-language',
    ],
    [
      'wants another aggregator',
      rule('other', NAMES_ITEM, { attributes: { resourcesAggregator: 'x' } }),
      'policy/unsupported-aggregator',
    ],
    [
      'has a filter that is no Rego',
      rule('filter', NAMES_ITEM, { resourceEnumerator: 'package' }),
      'policy/invalid-rego',
    ],
  ]
  test.each(cases)('passes nothing: it %s', async (_what, broken, code) => {
    const set = only([broken, rule('fine', `item.metadata.name == "bad"\n${NAMES_ITEM}`)])
    expect(compileProblems(set)).toMatchObject([{ code }])
    const report = await scanBy(set, [deployment('web'), deployment('bad')])
    expect(report.coverage.problems).toMatchObject([{ code }])
    expect(verdicts(report, 'X-1')).toEqual({ 'Deployment web': 'skipped', 'Deployment bad': [] })
  })
})
