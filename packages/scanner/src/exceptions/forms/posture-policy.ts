/**
 * The published form `postureExceptionPolicy`: designators of attributes that are anchored patterns, and policies that name
 * frameworks, controls and rules.
 */
import type { ControlDeclaration } from '@kubescape/controls'
import { asText } from '@kubescape/resources'

import { nearest } from '../../nearest.ts'
import { compileWhole, type TextTest } from '../patterns/pattern.ts'
import type { ExceptionRule, PolicyScope, ResourceScope } from '../rule.ts'
import { isSomeControl } from './control-scope.ts'
import type { Fields } from './fields.ts'
import { shown } from './notes.ts'
import { test } from './simple-form.ts'

/** How the form names itself. */
export const POSTURE_POLICY = 'postureExceptionPolicy'

const MEMBERS = [
  'guid',
  'name',
  'policyType',
  'attributes',
  'actions',
  'resources',
  'objectSelector',
  'posturePolicies',
  'reason',
  'expirationDate',
  'createdBy',
  'creationTime',
  'updatedTime',
  'description',
]
const POLICY_MEMBERS = ['frameworkName', 'controlID', 'controlName', 'ruleName', 'severityScore']
/** Attributes with a meaning of their own, and the part of a scope that they are. */
const ATTRIBUTES: Readonly<Record<string, 'cluster' | 'namespace' | 'kind' | 'name' | 'id' | 'file' | 'container'>> = {
  cluster: 'cluster',
  namespace: 'namespace',
  kind: 'kind',
  name: 'name',
  resourceID: 'id',
  path: 'file',
  containerName: 'container',
}
const ACTIONS = ['alertOnly', 'disable']

/** One exception of this form. */
export function readPosturePolicy(fields: Fields): ExceptionRule {
  fields.only(...MEMBERS)
  const { notes } = fields
  for (const { text, path } of fields.texts('actions')) {
    if (!ACTIONS.includes(text)) notes.error(path, `the action ${shown(text)} does not exist`, 'Use alertOnly.')
  }
  const designators = fields.list('resources')
  const selector = fields.selector('objectSelector')
  const scopes = designators.flatMap((each) => readDesignator(each) ?? [])
  const isForCluster = scopes.every((scope) => Object.keys(scope).join(',') === 'cluster')
  const resources =
    selector === undefined
      ? scopes
      : (designators.length === 0 ? [{}] : scopes).map((scope) => ({ ...scope, objectSelector: selector }))
  const policies = fields.list('posturePolicies').map(readPolicy)
  const namesControl = policies.some(({ isExplicit }) => isExplicit)
  const isForNamed = policies.every(({ isExplicit, scope }) => isExplicit || scope.control === undefined)
  if (resources.length === 0 && !namesControl) notes.warn(fields.path, 'covers no resource')
  return {
    exception: {
      name: fields.text('name'),
      reason: fields.text('reason') || fields.text('description'),
      owner: fields.text('createdBy'),
      expires: fields.end('expirationDate'),
      source: '',
    },
    resources,
    policies: policies.length === 0 ? [{}] : policies.map(({ scope }) => scope),
    coversManual: namesControl && isForNamed && isForCluster && selector === undefined,
    controls: policies.flatMap(({ names }) => names),
    unknownControls: policies.flatMap(({ unknown }) => unknown),
  }
}

/** All attributes have to hold; without any, nothing is designated. */
function readDesignator(fields: Fields): ResourceScope | undefined {
  fields.only('designatorType', 'attributes')
  const { notes } = fields
  const type = fields.text('designatorType')
  if (type !== '' && !/^attributes?$/i.test(type)) {
    notes.error(fields.at('designatorType'), `the designator type ${shown(type)} is not known`, 'Use Attributes.')
  }
  const attributes = fields.fields('attributes')
  const scope: { -readonly [part in keyof ResourceScope]: ResourceScope[part] } = {}
  const labels: { key: string; value: TextTest }[] = []
  for (const name of attributes?.names ?? []) {
    const value = attributes?.pattern(name)
    if (value === undefined) continue
    const part = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined
    if (part === undefined) labels.push({ key: name, value })
    else scope[part] = value
  }
  if (labels.length > 0) scope.labels = labels
  if (Object.keys(scope).length > 0) return scope
  notes.warn(fields.path, 'a designator without attributes covers nothing', 'Add attributes, such as "kind": "Pod".')
  return undefined
}

interface Policy {
  readonly scope: PolicyScope
  /** It names one control by its id. */
  readonly isExplicit: boolean
  readonly names: readonly string[]
  readonly unknown: readonly string[]
}

/** Each member is a pattern without regard to case, or the very text. */
function readPolicy(fields: Fields): Policy {
  fields.only(...POLICY_MEMBERS)
  const control = equalOrPattern(fields, 'controlID')
  const name = equalOrPattern(fields, 'controlName')
  const framework = equalOrPattern(fields, 'frameworkName')
  const scope: PolicyScope = {
    ...test('control', control),
    ...test('name', name),
    ...test('rule', equalOrPattern(fields, 'ruleName')),
    ...test('framework', framework),
    ...leastScore(fields),
  }
  noteFramework(fields, framework)
  noteRule(fields, scope)
  const named = ['controlID', 'controlName'].map((member) => fields.text(member)).filter(Boolean)
  const isKnown = isSomeControl(fields.notes.known, (each) => isNamed(each, scope))
  const id = fields.text('controlID').toLowerCase()
  const isExplicit = isSomeControl(fields.notes.known, (each) => each.id.toLowerCase() === id)
  return { scope, isExplicit, names: named, unknown: isKnown ? [] : named }
}

function isNamed(control: ControlDeclaration, scope: PolicyScope): boolean {
  return (scope.control?.(control.id) ?? true) && (scope.name?.(control.name) ?? true)
}

/** Names of controls have parentheses, which as a pattern mean something else. */
function equalOrPattern(fields: Fields, member: string): TextTest | undefined {
  const text = fields.text(member)
  if (text === '') return undefined
  const wanted = text.toLowerCase()
  const isEqual: TextTest = (other) => other.toLowerCase() === wanted
  try {
    const pattern = compileWhole(text, { ignoreCase: true })
    return (other) => isEqual(other) || pattern(other)
  } catch {
    if (member === 'controlName' && isSomeControl(fields.notes.known, ({ name }) => isEqual(name))) return isEqual
    return fields.pattern(member)
  }
}

function leastScore(fields: Fields): Pick<PolicyScope, 'baseScore'> {
  const value = fields.raw('severityScore')
  if (value === undefined) return {}
  const score = Number(asText(value))
  if (Number.isFinite(score)) return score > 0 ? { baseScore: score } : {}
  fields.notes.error(fields.at('severityScore'), 'severityScore is no number', 'Write the least base score, such as 7.')
  return {}
}

function noteFramework(fields: Fields, framework: TextTest | undefined): void {
  if (framework === undefined) return
  const known = fields.notes.known.frameworks.flatMap(({ name, aliases }) => [name, ...aliases])
  if (known.some(framework)) return
  const name = fields.text('frameworkName')
  const [near] = name.length > 64 ? [] : nearest(name, known)
  const hint = near === undefined ? '`kubescape list frameworks` shows them.' : `Did you mean ${shown(near)}?`
  fields.notes.warn(fields.at('frameworkName'), `no framework answers to ${shown(name)}`, hint)
}

function noteRule(fields: Fields, { rule, ...scope }: PolicyScope): void {
  if (rule === undefined) return
  const isKnown = isSomeControl(
    fields.notes.known,
    (each) => isNamed(each, scope) && each.checks.some((check) => rule(check.name)),
  )
  if (isKnown || !isSomeControl(fields.notes.known, (each) => isNamed(each, scope))) return
  fields.notes.warn(fields.at('ruleName'), `no rule of these controls answers to ${shown(fields.text('ruleName'))}`)
}
