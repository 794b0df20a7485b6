/** Published files, from their text to the verdicts of a scan. */
import { describe, expect, test } from 'vitest'

import { control, framework, HOST_PID, NAMES_ITEM, only, read, rule } from '../../testing/bundles.ts'
import { deployment, object, scanBy, verdicts } from '../../testing/scans.ts'
import { compileProblems } from '../compile-problems.ts'
import { readBundle } from './read-bundle.ts'

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
