/** The custom resources `SecurityException` and `ClusterSecurityException` of the group `kubescape.io`. */
import { identityOf, type ValueMap } from '@kubescape/resources'

import type { ExceptionRule, PolicyScope, ResourceScope } from '../rule.ts'
import { isSomeControl } from './control-scope.ts'
import { Fields } from './fields.ts'
import { shown, type Notes } from './notes.ts'
import { test, wildcards } from './simple-form.ts'

const ACTIONS = ['ignore', 'alert_only']

/** The exception of an object; undefined when it is about vulnerabilities only. */
export function readSecurityException(object: ValueMap, path: string, notes: Notes): ExceptionRule | undefined {
  const root = new Fields(object, path, notes)
  root.only('apiVersion', 'kind', 'metadata', 'spec', 'status')
  const { kind = '', namespace = '', name = '' } = identityOf(object) ?? {}
  const isOfCluster = kind === 'ClusterSecurityException'
  if (!isOfCluster && namespace === '') {
    notes.error(root.at('metadata'), 'has no namespace', 'It covers its own namespace only: name that.')
  }
  const spec = root.fields('spec')
  if (spec === undefined) {
    if (!root.has('spec')) notes.error(path, 'has no spec')
    return undefined
  }
  spec.only('author', 'reason', 'expiresAt', 'match', 'posture', 'vulnerabilities')
  const posture = spec.list('posture').map(readPosture)
  const match = spec.fields('match')
  match?.only('resources', 'namespaceSelector', 'objectSelector')
  const resources = scopesOf(match).map((scope) => (isOfCluster ? scope : { ...scope, namespace: same(namespace) }))
  const expires = spec.end('expiresAt')
  if (posture.length === 0) {
    if (!spec.has('vulnerabilities')) notes.warn(spec.path, 'accepts nothing', 'Add posture: [{controlID: C-0057}].')
    return undefined
  }
  return {
    exception: { name, reason: spec.text('reason'), owner: spec.text('author'), expires, source: '' },
    resources,
    policies: posture.map(({ scope }) => scope),
    coversManual: false,
    controls: posture.flatMap(({ control }) => (control === '' ? [] : [control])),
    unknownControls: posture.flatMap(({ control, isKnown }) => (isKnown ? [] : [control])),
  }
}

/** Any of the resources, with all that the selectors select; without resources, all of those. */
function scopesOf(match: Fields | undefined): ResourceScope[] {
  const namespaceSelector = match?.selector('namespaceSelector')
  const objectSelector = match?.selector('objectSelector')
  const selectors: ResourceScope = {
    ...(namespaceSelector && { namespaceSelector }),
    ...(objectSelector && { objectSelector }),
  }
  const resources = match?.list('resources') ?? []
  if (resources.length === 0) return [selectors]
  return resources.map((fields) => {
    fields.only('kind', 'name', 'apiGroup')
    return {
      ...selectors,
      ...test('kind', wildcards(fields, 'kind')),
      ...test('name', wildcards(fields, 'name')),
      ...test('group', wildcards(fields, 'apiGroup')),
    }
  })
}

interface Posture {
  readonly scope: PolicyScope
  readonly control: string
  readonly isKnown: boolean
}

function readPosture(fields: Fields): Posture {
  fields.only('controlID', 'frameworkName', 'action')
  const action = fields.text('action')
  if (action !== '' && !ACTIONS.includes(action)) {
    const hint = `Use one of ${ACTIONS.join(', ')}; both accept what is found.`
    fields.notes.error(fields.at('action'), `the action ${shown(action)} does not exist`, hint)
  }
  const control = fields.text('controlID')
  const framework = fields.text('frameworkName')
  if (control === '' && framework === '') {
    fields.notes.error(fields.path, 'an entry of posture names neither controlID nor frameworkName')
  }
  const wanted = control.toLowerCase()
  const isControl = control === '' ? undefined : (id: string): boolean => id.toLowerCase() === wanted
  const isFramework = framework === '' ? undefined : (name: string): boolean => equal(name, framework)
  return {
    scope: { ...test('control', isControl), ...test('framework', isFramework) },
    control,
    isKnown: isControl === undefined || isSomeControl(fields.notes.known, ({ id }) => isControl(id)),
  }
}

function same(text: string): (other: string) => boolean {
  return (other) => other === text
}

function equal(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
