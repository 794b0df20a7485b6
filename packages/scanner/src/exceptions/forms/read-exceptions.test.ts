/** Every form that exceptions are written in: what it covers, and what is said of what is wrong with it. */
import { asText, type ValueMap } from '@kubescape/resources'
import { describe, expect, test } from 'vitest'

import { named, object, resultOf, scanWith } from '../../../testing/scans.ts'
import { readExceptionObjects, readExceptions, type ReadExceptions } from './read-exceptions.ts'

const pod = (name: string, metadata: ValueMap = {}): ValueMap => ({
  ...object('Pod', name, {
    spec: { containers: [{ name: 'app', image: 'a', securityContext: { privileged: true } }] },
  }),
  metadata: { name, namespace: 'shop', ...metadata },
})

const PODS = [
  pod('legacy'),
  pod('labelled', { labels: { team: 'sre', 'app.kubernetes.io/name': 'web' } }),
  pod('annotated', { annotations: { team: 'sre' } }),
  pod('elsewhere', { namespace: 'bank' }),
]

/** Names of the pods that the exceptions exclude from C-0057. */
async function excluded({ rules }: Pick<ReadExceptions, 'rules'>, clusterNames = ['prod-eu']): Promise<string[]> {
  const report = await scanWith(named('C-0057'), PODS, {
    exceptions: { rules, clusterNames, now: '2026-06-01T00:00:00Z' },
  })
  const result = resultOf(report, 'C-0057')
  const verdicts = result === undefined ? [] : [...report.byControl(result)]
  return verdicts
    .filter(({ status }) => status === 'excluded')
    .map(({ ref }) => report.subjects[ref]?.identity.name ?? '')
}

const ALL = ['legacy', 'labelled', 'annotated', 'elsewhere']
const SHOP = ['legacy', 'labelled', 'annotated']

const simple = (rest: object): string =>
  JSON.stringify({ exceptions: [{ name: 'x', controls: ['C-0057'], resources: [{}], ...rest }] })
const posture = (rest: object): string =>
  JSON.stringify([{ name: 'x', policyType: 'postureExceptionPolicy', actions: ['alertOnly'], ...rest }])
const attributes = (some: object): object => ({ resources: [{ designatorType: 'Attributes', attributes: some }] })
const security = (kind: string, spec: object, namespace = 'shop'): string =>
  JSON.stringify({ apiVersion: 'kubescape.io/v1beta1', kind, metadata: { name: 'x', namespace }, spec })
const POSTURE = { posture: [{ controlID: 'C-0057', action: 'ignore' }] }

describe('the simple form', () => {
  test.each([
    ['every member is a wildcard where it is left out', {}, ALL],
    ['namespaces', { resources: [{ namespace: 'shop' }] }, SHOP],
    ['wildcards', { resources: [{ namespace: 's*', kind: 'pod', name: 'l*' }] }, ['legacy', 'labelled']],
    ['several resources', { resources: [{ name: 'legacy' }, { name: 'elsewhere' }] }, ['legacy', 'elsewhere']],
    ['other kinds', { resources: [{ kind: 'Deployment' }] }, []],
    ['no resources', { resources: [] }, []],
    ['ids in any case', { controls: ['c-0057'] }, ALL],
    ['names of controls', { controls: ['privileged CONTAINER'] }, ALL],
    ['wildcards of controls', { controls: ['C-005*'] }, ALL],
    ['every control', { controls: ['*'] }, ALL],
    ['other controls', { controls: ['C-0013'] }, []],
    ['an end that has come', { expires: '2026-05-31' }, []],
    ['an end of today', { expires: '2026-06-01' }, ALL],
  ])('%s', async (_, rest, names) => {
    expect(await excluded(readExceptions(simple(rest), 'e.json'))).toEqual(names)
  })

  test('knows numbers of published documents', async () => {
    const { rules, problems } = readExceptions(simple({ controls: ['CIS-5.2.1', '5.2.*'] }), 'e.json')
    expect(problems).toEqual([])
    expect(rules[0]?.unknownControls).toEqual([])
    expect(rules[0]?.policies.some(({ control }) => control?.('C-0193') ?? control?.('C-0192'))).toBe(true)
  })

  test('keeps reason, owner, end and place', () => {
    const text = 'exceptions:\n- name: x\n  reason: r\n  owner: alice\n  expires: 2027-03-31\n  controls: [C-0057]\n'
    expect(readExceptions(text, 'e.yaml').rules[0]?.exception).toEqual({
      name: 'x',
      reason: 'r',
      owner: 'alice',
      expires: '2027-03-31T23:59:59Z',
      source: 'e.yaml:2',
    })
  })
})

describe('postureExceptionPolicy', () => {
  test.each([
    ['anchored patterns', attributes({ name: 'l.*d', kind: 'Pod' }), ['labelled']],
    ['patterns with regard to case', attributes({ kind: 'pod' }), []],
    ['labels and annotations', attributes({ team: 's.e' }), ['labelled', 'annotated']],
    ['labels with dots and slashes', attributes({ 'app.kubernetes.io/name': 'web' }), ['labelled']],
    ['clusters', attributes({ cluster: 'prod-.*' }), ALL],
    ['other clusters', attributes({ cluster: 'test' }), []],
    ['ids of resources', attributes({ resourceID: '/v1/shop/Pod/legacy' }), ['legacy']],
    ['containers', attributes({ containerName: 'a.*' }), ALL],
    ['other containers', attributes({ containerName: 'b' }), []],
    [
      'any of several designators',
      { resources: ['legacy', 'annotated'].map((name) => ({ attributes: { name } })) },
      ['legacy', 'annotated'],
    ],
    ['an empty designator', attributes({}), []],
    ['an empty one beside others', { resources: [{ attributes: {} }, { attributes: { name: 'legacy' } }] }, ['legacy']],
    ['no resources', {}, []],
    ['a selector', { objectSelector: { matchLabels: { team: 'sre' } } }, ['labelled']],
    [
      'a selector and designators',
      {
        ...attributes({ namespace: 'shop' }),
        objectSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] },
      },
      ['legacy', 'annotated'],
    ],
    ['control ids', { ...attributes({ kind: 'Pod' }), posturePolicies: [{ controlID: 'c-0057' }] }, ALL],
    [
      'patterns of control ids',
      { ...attributes({ kind: 'Pod' }), posturePolicies: [{ controlID: 'C-00(13|57)' }] },
      ALL,
    ],
    ['other control ids', { ...attributes({ kind: 'Pod' }), posturePolicies: [{ controlID: 'C-005' }] }, []],
    [
      'control names',
      { ...attributes({ kind: 'Pod' }), posturePolicies: [{ controlName: 'privileged container' }] },
      ALL,
    ],
    ['rules', { ...attributes({ kind: 'Pod' }), posturePolicies: [{ controlID: 'C-0057', ruleName: '.*' }] }, ALL],
    ['other rules', { ...attributes({ kind: 'Pod' }), posturePolicies: [{ ruleName: 'nothing' }] }, []],
    ['a least score', { ...attributes({ kind: 'Pod' }), posturePolicies: [{ severityScore: 8 }] }, ALL],
    ['a higher one', { ...attributes({ kind: 'Pod' }), posturePolicies: [{ severityScore: 9 }] }, []],
    ['an end that has come', { ...attributes({ kind: 'Pod' }), expirationDate: '2026-05-31T23:59:59Z' }, []],
    ['an end to come', { ...attributes({ kind: 'Pod' }), expirationDate: '2026-06-01T02:00:01+02:00' }, ALL],
  ])('%s', async (_, rest, names) => {
    const read = readExceptions(posture(rest), 'e.json')
    expect(read.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(await excluded(read)).toEqual(names)
  })

  test('names controls whose names are no patterns', () => {
    const name = 'Ensure that the API Server --anonymous-auth argument is set to false'
    const { problems } = readExceptions(
      posture({ posturePolicies: [{ controlName: name }, { controlID: 'C-0[' }] }),
      'e',
    )
    expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([
      'exception "x": controlID is no pattern: it has a [ without a ]',
    ])
  })

  test('of a control by its id, for nothing or a cluster, covers what people check by hand', () => {
    const manual = (rest: object): boolean | undefined => readExceptions(posture(rest), 'e').rules[0]?.coversManual
    const policies = { posturePolicies: [{ controlID: 'C-0287' }] }
    expect(manual(policies)).toBe(true)
    expect(manual({ ...policies, ...attributes({ cluster: 'a' }) })).toBe(true)
    expect(manual({ ...policies, ...attributes({ cluster: 'a', kind: 'Pod' }) })).toBe(false)
    expect(manual({ posturePolicies: [{ controlID: '.*' }] })).toBe(false)
    expect(manual({})).toBe(false)
  })
})

describe('SecurityException', () => {
  test.each([
    ['covers its own namespace', 'SecurityException', POSTURE, SHOP],
    ['of the cluster covers all', 'ClusterSecurityException', POSTURE, ALL],
    [
      'covers resources',
      'SecurityException',
      { ...POSTURE, match: { resources: [{ kind: 'Pod', name: 'leg*' }] } },
      ['legacy'],
    ],
    [
      'covers groups',
      'SecurityException',
      { ...POSTURE, match: { resources: [{ kind: 'Pod', apiGroup: 'apps' }] } },
      [],
    ],
    [
      'covers what a selector selects',
      'ClusterSecurityException',
      { ...POSTURE, match: { objectSelector: { matchLabels: { team: 'sre' } } } },
      ['labelled'],
    ],
    [
      'without the labels of namespaces covers nothing by them',
      'ClusterSecurityException',
      { ...POSTURE, match: { namespaceSelector: { matchLabels: { a: 'b' } } } },
      [],
    ],
    ['for another control', 'SecurityException', { posture: [{ controlID: 'C-0013' }] }, []],
    ['that has ended', 'SecurityException', { ...POSTURE, expiresAt: '2026-01-01T00:00:00Z' }, []],
  ])('%s', async (_, kind, spec, names) => {
    const read = readExceptions(security(kind, spec), 'e.json')
    expect(read.problems).toEqual([])
    expect(await excluded(read)).toEqual(names)
  })

  test('of a cluster has a name as its place', () => {
    const parsed = JSON.parse(security('SecurityException', { ...POSTURE, author: 'alice' })) as ValueMap
    const { rules } = readExceptionObjects([parsed])
    expect(rules[0]?.exception).toMatchObject({ name: 'x', owner: 'alice', source: 'SecurityException shop/x' })
  })
})

describe('a file', () => {
  const inner = simple({ resources: [{ name: 'legacy' }] })
  const configMap = (data: object): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubescape-exceptions' },
    data,
  })

  test.each([
    ['a ConfigMap with JSON', JSON.stringify(configMap({ 'exceptions.json': inner }))],
    [
      'a ConfigMap with YAML',
      JSON.stringify(
        configMap({ 'exceptions.yaml': 'exceptions:\n- {name: x, controls: [C-0057], resources: [{name: legacy}]}' }),
      ),
    ],
    ['a List', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [configMap({ 'exceptions.json': inner })] })],
    [
      'several documents',
      `# nothing\n---\n${inner}\n---\n${security('ClusterSecurityException', { ...POSTURE, match: { resources: [{ name: 'legacy' }] } })}`,
    ],
    ['a single exception', 'name: x\ncontrols: [C-0057]\nresources:\n- name: legacy\n'],
    [
      'a list of exceptions of both forms',
      `[{"name": "a", "controls": ["C-0057"], "resources": [{"name": "legacy"}]}, ${posture(attributes({ name: 'legacy' })).slice(1)}`,
    ],
  ])('can be %s', async (_, text) => {
    const read = readExceptions(text, 'e.yaml')
    expect(read.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(await excluded(read)).toEqual(['legacy'])
  })

  test('with nothing in it has no exceptions', () => {
    for (const text of ['', '# nothing\n', 'null', '[]', '{"exceptions": []}']) {
      expect(readExceptions(text, 'e.yaml')).toEqual({ rules: [], problems: [] })
    }
  })
})

describe('what is wrong', () => {
  const at = (text: string): string[] =>
    readExceptions(text, 'e.yaml').problems.map(
      ({ severity, line, column, message }) => `${severity} ${line}:${column} ${message}`,
    )

  test.each([
    ['[1]', ['error 1:2 is no exception']],
    ['{}', ['error 1:1 is empty']],
    ['a: [', ['error 1:5 A `{` or `[` is not closed.']],
    ['{kind: Pod, apiVersion: v1, metadata: {name: a}}', ['error 1:1 Pod a: is no exception']],
    [
      '{kind: ConfigMap, apiVersion: v1, metadata: {name: a}, data: {}}',
      ['error 1:1 ConfigMap a: holds no exceptions'],
    ],
    ['exceptions:\n- controls: [C-0057]\n  resources: [{}]\n', ['error 2:3 an exception without a name: has no name']],
    [
      'exceptions:\n- name: x\n',
      ['error 2:3 exception "x": names no controls', 'warning 2:3 exception "x": covers no resource'],
    ],
    [
      'exceptions:\n- name: x\n  controls: C-0057\n',
      [
        'error 3:3 exception "x": controls is no list',
        'error 2:3 exception "x": names no controls',
        'warning 2:3 exception "x": covers no resource',
      ],
    ],
    [
      'exceptions:\n- name: x\n  controls: [C-0057]\n  expires: soon\n',
      ['error 4:3 exception "x": expires is "soon", which is no date'],
    ],
    [
      'exceptions:\n- name: x\n  controls: [C-0057]\n  expires: 2026-02-30\n',
      ['error 4:3 exception "x": expires is "2026-02-30", which is no date'],
    ],
    [
      'exceptions:\n- name: x\n  control: [C-0057]\n  controls: [C-9999]\n',
      [
        'warning 3:3 exception "x": "control" is not known here and says nothing',
        'warning 2:3 exception "x": no control answers to "C-9999"',
      ],
    ],
    [
      'exceptions:\n- {name: x, controls: [C-0057]}\n- {name: x, controls: [C-0013]}\n',
      ['warning 3:1 exception "x": another one has the same name'],
    ],
    [
      '- name: x\n  policyType: vulnerabilityExceptionPolicy\n',
      ['warning 1:3 exception "x": is of the type "vulnerabilityExceptionPolicy", which says nothing about controls'],
    ],
    [
      '- name: x\n  actions: [explode]\n  posturePolicies: [{controlID: C-0057, frameworkName: NSAA}]\n',
      [
        'error 2:13 exception "x": the action "explode" does not exist',
        'warning 3:41 exception "x": no framework answers to "NSAA"',
      ],
    ],
    [
      '- name: x\n  actions: [disable]\n  resources: [{designatorType: Wlid, attributes: {name: "a("}}]\n',
      [
        'error 3:16 exception "x": the designator type "Wlid" is not known',
        'error 3:51 exception "x": name is no pattern: it has a ( without a )',
        'warning 3:15 exception "x": a designator without attributes covers nothing',
        'warning 1:3 exception "x": covers no resource',
      ],
    ],
    [
      '- name: x\n  actions: [disable]\n  objectSelector: {matchExpressions: [{key: a, operator: Is}]}\n',
      ['error 3:48 exception "x": the operator "Is" does not exist'],
    ],
    [security('SecurityException', {}), ['warning 1:108 SecurityException shop/x: accepts nothing']],
    [
      security('SecurityException', { posture: [{ action: 'explode' }] }, ''),
      [
        expect.stringContaining('has no namespace'),
        expect.stringContaining('the action "explode" does not exist'),
        expect.stringContaining('names neither controlID nor frameworkName'),
      ],
    ],
  ])('%j', (text, problems) => {
    expect(at(text)).toEqual(problems)
  })

  test('in a ConfigMap is placed in its file', () => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  exceptions.json: |\n    {"exceptions": [\n      {"name": "x", "controls": 1}]}\n`
    expect(at(text)[0]).toBe('error 5:3 exceptions.json, line 2: exception "x": controls is no list')
    expect(at(text.replace('1}]}', '1}'))[0]).toMatch(/^error 5:3 exceptions.json: line 3, column 1: /)
  })

  test('leaves what is right in use, and hints at what is meant', () => {
    const { rules, problems } = readExceptions(
      'exceptions:\n- {name: good, controls: [C-0057], resources: [{nmae: a}]}\n- {name: bad}\n',
      'e.yaml',
    )
    expect(rules.map(({ exception }) => asText(exception.name))).toEqual(['good'])
    expect(problems[0]).toMatchObject({ hint: 'Did you mean name?', file: 'e.yaml', line: 2 })
  })
})
