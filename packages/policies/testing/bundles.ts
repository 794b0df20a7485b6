/** Published bundles of a few controls, for tests. The rules are written for these. */
import { readBundle, type BundleOptions } from '../src/bundle/read-bundle.ts'
import type { PolicySet } from '../src/policy-set.ts'

const WORKLOADS = [
  { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['Deployment', 'daemonsets'] },
  { apiGroups: [''], apiVersions: ['v1'], resources: ['Pod'] },
]

/** A rule: a message for each object of the input for which the body holds. */
export function rule(
  name: string,
  body: string,
  rest: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
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

export const NAMES_ITEM =
  'msg := {"alertMessage": "x", "alertScore": 7, "packagename": "armo_builtins", "alertObject": {"k8sApiObjects": [item]}}'
export const HOST_PID = rule(
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

export function control(
  id: string,
  rules: readonly unknown[],
  rest: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { controlID: id, name: `Control ${id}`, description: 'why', remediation: 'how', baseScore: 8, rules, ...rest }
}

export function framework(...controls: readonly Record<string, unknown>[]): Record<string, unknown> {
  return {
    name: 'Shop',
    description: 'a framework',
    version: '1.2',
    scanningScope: { matches: ['file', 'cluster'] },
    controls,
  }
}

export function read(value: unknown, options: BundleOptions = {}): PolicySet {
  return readBundle([{ path: 'shop.json', text: JSON.stringify(value) }], options)
}

/** A set of one control of one rule. */
export function only(
  ruleOrRules: Record<string, unknown> | readonly Record<string, unknown>[],
  rest: Readonly<Record<string, unknown>> = {},
): PolicySet {
  return read(framework(control('X-1', [ruleOrRules].flat(), rest)))
}
