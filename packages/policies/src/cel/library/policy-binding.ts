/** Bindings that put a policy in force: ValidatingAdmissionPolicyBinding. */
import { yamlText } from '@kubescape/yaml'

import { POLICY_LIBRARY, policyName } from './index.ts'
import type { LibraryPolicy } from './library-policy.ts'

/** What a binding is made of. */
export interface BindingOptions {
  readonly name: string
  /** Name of a policy; or `control`, the id of the control of one of the library. */
  readonly policy?: string
  readonly control?: string
  /** Names of namespaces; all where there are none. */
  readonly namespaces?: readonly string[]
  /** Labels of objects, as `key=value`. */
  readonly labels?: readonly string[]
  /** `Deny`, `Warn` or `Audit`; `Deny` where there is none. */
  readonly actions?: readonly string[]
  /** `group/version/resource`, with nothing before the first slash for the core group. */
  readonly resourceRules?: readonly string[]
  /** Name of the object with parameters. */
  readonly parameterReference?: string
}

/** The binding as YAML, with what somebody should know of it; or what is wrong. */
export type BindingResult =
  | { readonly yaml: string; readonly warnings: readonly string[] }
  | { readonly problem: string }

const ACTIONS = ['Deny', 'Warn', 'Audit']
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/
const LABEL = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/
const LABEL_KEY = /^(?:[a-z0-9][-a-z0-9.]{0,252}\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/

interface ResourceRule {
  readonly group: string
  readonly version: string
  readonly resource: string
}

/** Makes a binding. Never throws. */
export function policyBinding(options: BindingOptions): BindingResult {
  const { name, namespaces = [], labels = [], resourceRules = [], parameterReference } = options
  const known = knownPolicy(options)
  const policy = options.policy ?? (known === undefined ? undefined : policyName(known))
  const actions = actionsOf(options.actions)
  const rules = resourceRules.map(readRule)
  const problem =
    wrongName('the name of the binding', name) ??
    wrongPolicy(options, known) ??
    namespaces.map((namespace) => wrongName('the namespace', namespace)).find((each) => each !== undefined) ??
    labels.map(wrongLabel).find((each) => each !== undefined) ??
    (typeof actions === 'string' ? actions : undefined) ??
    rules.find((rule) => typeof rule === 'string') ??
    wrongParameters(known, parameterReference)
  if (problem !== undefined) return { problem }
  const read = rules.filter((rule) => typeof rule !== 'string')
  const refused = read.find(({ resource }) => known !== undefined && !isAbout(known, { resource }))
  if (refused !== undefined) return { problem: `the policy ${policy} is not about ${refused.resource}` }
  const warnings = read
    .filter((rule) => known !== undefined && !isAbout(known, rule))
    .map(
      ({ group, version, resource }) =>
        `the policy ${policy} names ${resource} with another group or version than ${group}/${version}`,
    )
  const resources = matchResources(namespaces, labels, read)
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: policy,
      ...(parameterReference === undefined
        ? {}
        : { paramRef: { name: parameterReference, parameterNotFoundAction: 'Deny' } }),
      validationActions: actions,
      ...(Object.keys(resources).length === 0 ? {} : { matchResources: resources }),
    },
  }
  return { yaml: yamlText(binding), warnings }
}

function knownPolicy({ policy, control }: BindingOptions): LibraryPolicy | undefined {
  return POLICY_LIBRARY.find((each) =>
    control === undefined ? policyName(each) === policy : each.control.toLowerCase() === control.toLowerCase(),
  )
}

function wrongPolicy({ policy, control }: BindingOptions, known: LibraryPolicy | undefined): string | undefined {
  if ((policy === undefined) === (control === undefined)) return 'name a policy or a control, one of them'
  if (control !== undefined && known === undefined) return `the library has no policy for the control ${control}`
  return policy === undefined ? undefined : wrongName('the name of the policy', policy)
}

function wrongName(what: string, name: string): string | undefined {
  if (DNS_LABEL.test(name)) return undefined
  return `${what}, ${JSON.stringify(name)}, must have up to 63 lower case letters, digits and dashes, and a letter or digit at its ends`
}

function wrongLabel(label: string): string | undefined {
  const equals = label.indexOf('=')
  const [key, value] = [label.slice(0, equals), label.slice(equals + 1)]
  return equals > 0 && LABEL_KEY.test(key) && LABEL.test(value)
    ? undefined
    : `the label ${JSON.stringify(label)} is not written as key=value`
}

function actionsOf(given: readonly string[] = []): readonly string[] | string {
  if (given.length === 0) return ['Deny']
  const actions = given.map((action) => ACTIONS.find((each) => each.toLowerCase() === action.toLowerCase()))
  const unknown = given.find((_, index) => actions[index] === undefined)
  if (unknown !== undefined) return `there is no action ${JSON.stringify(unknown)}: there are ${ACTIONS.join(', ')}`
  const known = actions.filter((action) => action !== undefined)
  if (new Set(known).size < known.length) return 'an action is named twice'
  if (known.includes('Deny') && known.includes('Warn'))
    return 'Deny and Warn exclude each other: what is denied needs no warning'
  return known
}

function readRule(text: string): ResourceRule | string {
  const parts = text.split('/')
  const [group = '', version = '', resource = ''] = parts.length === 2 ? ['', ...parts] : parts
  const isRule = (parts.length === 2 || parts.length === 3) && version !== '' && resource !== ''
  return isRule
    ? { group, version, resource }
    : `the resource rule ${JSON.stringify(text)} is not written as group/version/resource`
}

function wrongParameters(known: LibraryPolicy | undefined, reference: string | undefined): string | undefined {
  if (reference !== undefined) return wrongName('the name of the parameters', reference)
  if (known?.hasParams !== true) return undefined
  return `the policy ${policyName(known)} takes parameters: name the object that holds them`
}

function isAbout({ types }: LibraryPolicy, { group, version, resource }: Partial<ResourceRule>): boolean {
  return types.some(
    (type) =>
      (group === undefined || group === type.group || group === '*') &&
      (version === undefined || version === type.version || version === '*') &&
      (resource === '*' || type.resources.some((each) => each === resource)),
  )
}

function matchResources(
  namespaces: readonly string[],
  labels: readonly string[],
  rules: readonly ResourceRule[],
): object {
  const key = 'kubernetes.io/metadata.name'
  const pairs = labels.map((label): [string, string] => [
    label.slice(0, label.indexOf('=')),
    label.slice(label.indexOf('=') + 1),
  ])
  const resourceRules = rules.map(({ group, version, resource }) => ({
    apiGroups: [group],
    apiVersions: [version],
    resources: [resource],
    operations: ['*'],
  }))
  return {
    ...(namespaces.length === 0
      ? {}
      : { namespaceSelector: { matchExpressions: [{ key, operator: 'In', values: namespaces }] } }),
    ...(labels.length === 0 ? {} : { objectSelector: { matchLabels: Object.fromEntries(pairs) } }),
    ...(rules.length === 0 ? {} : { resourceRules }),
  }
}
