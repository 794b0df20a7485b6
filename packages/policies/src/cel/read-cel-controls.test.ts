/** Admission policies, bindings, parameters and controls in CEL, from files to verdicts. */
import { DEFAULT_INPUTS, BUILT_IN, type Check, type ControlInputs } from '@kubescape/controls'
import { identityOf, type ValueMap } from '@kubescape/resources'
import { expect, test } from 'vitest'

import { readCustomPolicies } from '../custom/read-custom-policies.ts'
import type { PolicySet } from '../policy-set.ts'

const read = (...texts: readonly string[]): PolicySet =>
  readCustomPolicies(texts.map((text, index) => ({ path: `rules/${index}.yaml`, text })))

const checkOf = (set: PolicySet, id: string): Check => {
  const check = set.controls.find((control) => control.id === id)?.checks[0]
  if (check === undefined) throw new Error(`no control ${id}: ${JSON.stringify(set.problems)}`)
  return check
}

/** `passed`, `not-tested`, the findings, or why it cannot be judged. */
function judge(check: Check, object: ValueMap, inputs: ControlInputs = DEFAULT_INPUTS): unknown {
  const identity = identityOf(object)
  if (identity === undefined) throw new Error('no object')
  if (check.shape !== 'local') {
    try {
      return check.judge({} as never, inputs)
    } catch (error) {
      return (error as Error).message
    }
  }
  try {
    const judgement = check.judge({ identity, object }, inputs)
    if (judgement === undefined) return 'passed'
    if (judgement === 'not-tested') return judgement
    return ('messages' in judgement ? judgement.findings : judgement).map(({ path }) => path)
  } catch (error) {
    return (error as Error).message
  }
}

const deployment = (spec: ValueMap, metadata: ValueMap = {}): ValueMap => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec,
})

const policy = (spec: string, metadata = '{name: few-replicas}'): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: ${metadata}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]
${spec}`

const FEW = policy(`  validations: [{expression: object.spec.replicas <= 5, message: Have few replicas.}]`)

test('a policy is a control with the name of the policy and what its messages say', () => {
  const set = read(FEW)
  expect(set.problems).toEqual([])
  const [control] = set.controls
  expect(control).toMatchObject({ id: 'few-replicas', name: 'few-replicas', why: 'Have few replicas.' })
  expect(set.sources.map(({ kind }) => kind)).toEqual(['cel'])
  const check = checkOf(set, 'few-replicas')
  expect(judge(check, deployment({ replicas: 5 }))).toBe('passed')
  expect(judge(check, deployment({ replicas: 6 }))).toEqual(['spec.replicas'])
})

test('a label with the id of a control gives the policy its texts', () => {
  const set = read(policy('  validations: [{expression: "true"}]', '{name: x, labels: {controlId: C-0057}}'))
  const known = BUILT_IN.controls.find(({ id }) => id === 'C-0057')
  expect(set.controls[0]).toMatchObject({ id: 'C-0057', name: known?.name, baseScore: known?.baseScore })
})

test('annotations say what a header would', () => {
  const metadata =
    '{name: x, annotations: {kubescape.io/name: Few, kubescape.io/severity: High, kubescape.io/remediation: Do it.}}'
  const set = read(policy('  validations: [{expression: "true"}]', metadata))
  expect(set.controls[0]).toMatchObject({ id: 'x', name: 'Few', baseScore: 7, repair: 'Do it.' })
})

test('an expression without a value judges nothing, unless another is violated', () => {
  const check = checkOf(read(FEW), 'few-replicas')
  expect(judge(check, deployment({}))).toBe(
    'policy few-replicas cannot judge: spec.validations[0].expression: no such key: replicas',
  )
  const two = policy('  validations: [{expression: object.spec.absent}, {expression: object.spec.replicas <= 5}]')
  expect(judge(checkOf(read(two), 'few-replicas'), deployment({ replicas: 6 }))).toEqual(['spec.replicas'])
})

test('fields that are null are not there', () => {
  const check = checkOf(read(policy('  validations: [{expression: has(object.spec.paused)}]')), 'few-replicas')
  expect(judge(check, deployment({ paused: null, replicas: 1 }))).toEqual(['spec.paused'])
})

test('conditions of a policy leave objects out', () => {
  const conditions = `  matchConditions: [{name: named, expression: object.metadata.name != 'web'}]`
  const check = checkOf(read(policy(`${conditions}\n  validations: [{expression: "false"}]`)), 'few-replicas')
  expect(judge(check, deployment({}))).toBe('not-tested')
  expect(judge(check, deployment({}, { name: 'other' }))).toEqual([])
})

test.each([
  ['objectSelector: {matchLabels: {app: web}}', { labels: { app: 'web' } }, []],
  ['objectSelector: {matchLabels: {app: web}}', { labels: { app: 'api' } }, 'not-tested'],
  [
    'excludeResourceRules: [{apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: [deployments], resourceNames: [web]}]',
    {},
    'not-tested',
  ],
])('constraints: %s', (constraint, metadata, verdict) => {
  const text = policy('  validations: [{expression: "false"}]').replace(
    '    resourceRules:',
    `    ${constraint}\n    resourceRules:`,
  )
  expect(judge(checkOf(read(text), 'few-replicas'), deployment({}, metadata))).toEqual(verdict)
})

test('policies for other operations, subresources and scopes are about nothing', () => {
  const rules = [
    '{apiGroups: [apps], apiVersions: [v1], operations: [DELETE], resources: [deployments]}',
    '{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments/scale]}',
    '{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments], scope: Cluster}',
    '{apiGroups: [apps], apiVersions: [v1beta1], operations: [CREATE], resources: [deployments]}',
  ]
  for (const rule of rules) {
    const text = policy('  validations: [{expression: "false"}]').replace(
      /resourceRules: .*/,
      `resourceRules: [${rule}]`,
    )
    expect(judge(checkOf(read(text), 'few-replicas'), deployment({}))).toBe('not-tested')
  }
})

const WITH_PARAMS = policy(
  '  paramKind: {apiVersion: rules.example.com/v1, kind: ReplicaLimit}\n  validations: [{expression: object.spec.replicas <= params.max}]',
)
const limit = (name: string, max: number): string =>
  `{apiVersion: rules.example.com/v1, kind: ReplicaLimit, metadata: {name: ${name}}, max: ${max}}`
const binding = (spec: string): string =>
  `{apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicyBinding, metadata: {name: b}, spec: {policyName: few-replicas, ${spec}}}`

test('parameters come from the one object of their kind, or from the one that a binding names', () => {
  const alone = checkOf(read(WITH_PARAMS, limit('a', 3)), 'few-replicas')
  expect([judge(alone, deployment({ replicas: 3 })), judge(alone, deployment({ replicas: 4 }))]).toEqual([
    'passed',
    ['spec.replicas'],
  ])
  const bound = checkOf(read(WITH_PARAMS, limit('a', 3), limit('b', 9), binding('paramRef: {name: b}')), 'few-replicas')
  expect(judge(bound, deployment({ replicas: 4 }))).toBe('passed')
})

test('without parameters a policy judges nothing, unless its binding says so', () => {
  expect(judge(checkOf(read(WITH_PARAMS), 'few-replicas'), deployment({ replicas: 1 }))).toMatch(
    /no object ReplicaLimit/,
  )
  const ambiguous = checkOf(read(WITH_PARAMS, limit('a', 3), limit('b', 9)), 'few-replicas')
  expect(judge(ambiguous, deployment({ replicas: 1 }))).toMatch(/there are 2 objects ReplicaLimit/)
  const lost = checkOf(read(WITH_PARAMS, limit('a', 3), binding('paramRef: {name: z}')), 'few-replicas')
  expect(judge(lost, deployment({ replicas: 1 }))).toMatch(/no object ReplicaLimit z/)
  const allowed = binding('paramRef: {name: z, parameterNotFoundAction: Allow}')
  expect(judge(checkOf(read(WITH_PARAMS, limit('a', 3), allowed), 'few-replicas'), deployment({ replicas: 9 }))).toBe(
    'not-tested',
  )
})

test('settings of a ControlConfiguration are control inputs', () => {
  const text = policy(
    '  paramKind: {apiVersion: kubescape.io/v1, kind: ControlConfiguration}\n  validations: [{expression: "quantity(object.spec.cpu).compareTo(quantity(string(params.settings.cpuLimitMax))) <= 0"}]',
  )
  const check = checkOf(read(text), 'few-replicas')
  expect(check.inputs).toEqual(['cpu_limit_max'])
  const inputs = { ...DEFAULT_INPUTS, cpu_limit_max: ['2'] }
  expect(judge(check, deployment({ cpu: '1500m' }), inputs)).toBe('passed')
  expect(judge(check, deployment({ cpu: '3' }), inputs)).toEqual(['spec.cpu'])
})

test('policies that cannot be run say why', () => {
  const asked = policy("  validations: [{expression: \"authorizer.group('').check('get').allowed()\"}]")
  expect(judge(checkOf(read(asked), 'few-replicas'), deployment({}))).toMatch(/asks the API server who may do what/)
  const wrong = policy('  validations: [{expression: "object.spec."}]')
  expect(judge(checkOf(read(wrong), 'few-replicas'), deployment({}))).toBe(
    'policy few-replicas cannot be compiled: spec.validations[0].expression: unexpected the end',
  )
  const endless = `lists.range(1000).all(a, lists.range(1000).all(b, lists.range(1000).all(c, true)))`
  const costly = checkOf(read(policy(`  validations: [{expression: "${endless}"}]`)), 'few-replicas')
  expect(judge(costly, deployment({}))).toMatch(/costs too much/)
})

test('what is no policy is a problem with its place', () => {
  const set = read(policy('  validations: [{message: x}]'), policy('  validations: []', '{name: none}'))
  expect(set.controls.map(({ id }) => id)).toEqual(['few-replicas', 'none'])
  expect(set.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'policy/invalid-admission-policy: the policy "few-replicas": spec.validations[0].expression must be a text',
    'policy/invalid-admission-policy: the policy "none": spec.validations has no expressions',
  ])
  expect(set.problems[0]?.file).toBe('rules/0.yaml')
})

const CONTROL = `
id: ACME-1
name: Team label
severity: High
language: cel
match: [{resources: [deployments]}]
inputs: [{name: teams, description: Teams that there are, default: [shop, pay]}]
variables: [{name: team, expression: 'object.metadata.?labels.?team.orValue("")'}]
`

test('a control of its own sees its inputs as parameters', () => {
  const set = read(`${CONTROL}expression: variables.team in params.teams`)
  expect(set.problems).toEqual([])
  expect(set.controls[0]).toMatchObject({ id: 'ACME-1', name: 'Team label', baseScore: 7 })
  expect(set.ownInputs?.map(({ name }) => name)).toEqual(['teams'])
  const check = checkOf(set, 'ACME-1')
  expect(judge(check, deployment({}, { labels: { team: 'pay' } }))).toBe('passed')
  expect(judge(check, deployment({}, { labels: { team: 'x' } }))).toEqual(['metadata.labels.team'])
  const inputs = { ...DEFAULT_INPUTS, own: { teams: ['x'] } }
  expect(judge(check, deployment({}, { labels: { team: 'x' } }), inputs)).toBe('passed')
})

test.each([
  ['expressions: ["true", "variables.team != \'x\'"]'],
  ['validations: [{expression: "variables.team != \'x\'", message: no}]'],
])('a control may have several expressions: %s', (text) => {
  const check = checkOf(read(`${CONTROL}${text}`), 'ACME-1')
  expect(judge(check, deployment({}, { labels: { team: 'x' } }))).toEqual(['metadata.labels.team'])
})

test('a control without expressions is a problem', () => {
  expect(read(CONTROL).problems.map(({ message }) => message)).toEqual([
    'the field expression is missing: there is nothing to check',
  ])
})
