/** What reports have of the words of policies, whatever kind of check they come from. */
import { expect, test } from 'vitest'

import type { ValueMap } from '@kubescape/resources'
import type { Report } from '@kubescape/results'

import { only, rule } from '../testing/bundles.ts'
import { deployment, object, scanBy } from '../testing/scans.ts'
import { readCustomPolicies } from './custom/read-custom-policies.ts'
import type { PolicySet } from './policy-set.ts'

/** Messages by the name of what failed. */
function said(report: Report): Record<string, readonly string[]> {
  const [result] = report.controls
  if (result === undefined) return {}
  return Object.fromEntries(
    Array.from(report.byControl(result), ({ ref, rules }) => [
      report.subjects[ref]?.identity.name ?? '',
      rules.flatMap(({ messages }) => messages),
    ]),
  )
}

const withToken = (name: string, token: string): ValueMap =>
  deployment(name, { env: [{ name: 'TOKEN', value: token }] })

/** A rule over all objects, which says `text` of each Deployment. */
const listRule = (text: string, resources: readonly string[] = ['Deployment']): PolicySet =>
  only(
    rule(
      'list',
      `item.kind == "Deployment"
	some other in input
	msg := {"alertMessage": ${text}, "alertObject": {"k8sApiObjects": [item]}}`,
      { match: [{ apiGroups: ['*'], apiVersions: ['*'], resources }] },
    ),
  )

test('values of other objects than the one that failed are masked too', async () => {
  const set = listRule(
    'sprintf("tokens: %v", [sort([v | v := input[_].spec.template.spec.containers[_].env[_].value])])',
  )
  const report = await scanBy(set, [withToken('a', 'first-of-tokens'), withToken('b', 'second-of-tokens')])
  expect(said(report)).toEqual({ a: ['tokens: ["XXXXXX", "XXXXXX"]'], b: ['tokens: ["XXXXXX", "XXXXXX"]'] })
})

test('a name that is the value of another object is told', async () => {
  const set = listRule('sprintf("%s has no owner", [item.metadata.name])')
  const report = await scanBy(set, [withToken('postgres-main', 'nothing-of-note'), withToken('b', 'postgres-main')])
  expect(said(report)).toEqual({ 'postgres-main': ['postgres-main has no owner'], b: ['b has no owner'] })
})

test('what a rule over all objects says of Secrets is left out, of whatever object it says it', async () => {
  const objects = [deployment('web'), object('Secret', 'keys', { data: { key: 'aHVudGVyMg==' } })]
  const decoding = listRule('sprintf("uses %s", [base64.decode(other.data.key)])', ['Deployment', 'Secret'])
  expect(said(await scanBy(decoding, objects))).toEqual({ web: [], keys: [] })
  const naming = listRule('sprintf("stands beside %s %s", [other.kind, other.metadata.name])', ['Deployment', 'Secret'])
  expect(said(await scanBy(naming, objects))['web']?.toSorted()).toEqual([
    'stands beside Deployment web',
    'stands beside Secret keys',
  ])
})

test('subjects of role bindings have messages and commands', async () => {
  const text = `package armo_builtins
import rego.v1
deny contains msg if {
	some subject in input
	role := subject.relatedObjects[_]
	role.kind == "Role"
	msg := {
		"alertMessage": sprintf("%s may do %s", [subject.name, role.metadata.name]),
		"fixCommand": "kubectl delete rolebinding all",
		"alertObject": {"k8sApiObjects": [], "externalObjects": subject},
	}
}`
  const set = only(
    rule('subjects', '', {
      match: [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['Role', 'RoleBinding'] }],
      attributes: { resourcesAggregator: 'subject-role-rolebinding' },
      rule: text,
    }),
  )
  const report = await scanBy(set, [
    object('Role', 'all', { rules: [] }, 'rbac.authorization.k8s.io/v1'),
    object(
      'RoleBinding',
      'all',
      { roleRef: { kind: 'Role', name: 'all' }, subjects: [{ kind: 'User', name: 'jane' }] },
      'rbac.authorization.k8s.io/v1',
    ),
  ])
  expect(said(report)).toEqual({ jane: ['jane may do all'] })
  const [result] = report.controls
  const rules = result === undefined ? [] : Array.from(report.byControl(result), (verdict) => verdict.rules).flat()
  expect(rules.map(({ commands }) => commands)).toEqual([['kubectl delete rolebinding all']])
})

const policy = (spec: string): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: few}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
${spec}`

const admission = (...texts: readonly string[]): PolicySet =>
  readCustomPolicies(texts.map((text, at) => ({ path: `rules/${at}.yaml`, text })))

test('admission policies may name their settings, and nothing of a Secret that holds them', async () => {
  const named = policy(
    `  paramKind: {apiVersion: v1, kind: ConfigMap}\n  validations: [{expression: "false", messageExpression: "'wants ' + params.data.registry"}]`,
  )
  const settings = '{apiVersion: v1, kind: ConfigMap, metadata: {name: s}, data: {registry: registry.example.com}}'
  expect(said(await scanBy(admission(named, settings), [deployment('web')]))).toEqual({
    web: ['wants registry.example.com'],
  })
  const secret = '{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {registry: hidden}}'
  const hidden = admission(
    named.replaceAll('ConfigMap', 'Secret').replaceAll('params.data', 'params.stringData'),
    secret,
  )
  expect(said(await scanBy(hidden, [deployment('web')]))).toEqual({ web: [] })
})

test('admission policies that look at namespaces have messages', async () => {
  const text = policy(
    `  validations: [{expression: "namespaceObject.metadata.name == 'x'", messageExpression: "'not in ' + namespaceObject.metadata.name"}]`,
  )
  const report = await scanBy(admission(text), [object('Namespace', 'shop'), deployment('web')])
  expect(said(report)['web']).toEqual(['not in shop'])
})

test('equal messages of many objects are kept once', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `web-${at}`)
  const report = await scanBy(
    listRule('"the same for all"'),
    names.map((name) => deployment(name)),
  )
  const [result] = report.controls
  const lists = result === undefined ? [] : Array.from(report.byControl(result), ({ rules }) => rules[0]?.messages)
  expect(lists).toHaveLength(50)
  expect(new Set(lists).size).toBe(1)
})
