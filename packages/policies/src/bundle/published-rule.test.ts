/** Published rules: for whom they are, what they answer, and what becomes of those that cannot be run. */
import { describe, expect, test } from 'vitest'

import { control, framework, NAMES_ITEM, only, read, rule } from '../../testing/bundles.ts'
import { deployment, scanBy, verdicts } from '../../testing/scans.ts'
import { compileProblems } from '../compile-problems.ts'

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

describe('a rule in CEL', () => {
  const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: named
spec:
  matchConstraints:
    resourceRules:
    - apiGroups: [apps]
      apiVersions: [v1]
      operations: [CREATE]
      resources: [deployments]
  validations:
  - expression: object.metadata.name != 'bad'
`
  test.each([
    ['an admission policy', policy],
    ['an expression', "object.metadata.name != 'bad'"],
  ])('is %s', async (_what, text) => {
    const set = only(rule('cel', '', { ruleLanguage: 'CEL', rule: text }))
    const report = await scanBy(set, [deployment('bad'), deployment('good')])
    expect(report.coverage.problems).toEqual([])
    expect(verdicts(report, 'X-1')).toMatchObject({
      'Deployment bad': [{ path: 'metadata.name' }],
      'Deployment good': 'passed',
    })
  })

  test('passes nothing when it cannot be read', async () => {
    for (const text of [
      'object.metadata.name !=',
      'kind: Other',
      policy.replace("!= 'bad'", '!='),
      `${policy}---\n${policy.replace('named', 'other')}`,
    ]) {
      const report = await scanBy(only(rule('cel', '', { ruleLanguage: 'CEL', rule: text })), [deployment('good')])
      expect(verdicts(report, 'X-1')).toEqual({ 'Deployment good': 'skipped' })
      expect(report.coverage.problems).toMatchObject([{ code: 'policy/invalid-cel' }])
    }
  })
})
