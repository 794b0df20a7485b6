/** Bindings of policies, and the objects with their parameters. */
import {
  asMap,
  asText,
  asTextMap,
  readSelector,
  selects,
  type LabelSelector,
  type ValueMap,
} from '@kubescape/resources'

import type { Value } from '../values/value.ts'
import type { Aim, Subject } from './admission-check.ts'
import { areMet, looksAtNamespaces, readConstraints, type Constraints } from './constraints.ts'
import type { AdmissionPolicy, ParameterKind } from './read-policy.ts'
import { CONFIGURATION_KIND, settingsOf } from './settings.ts'

/** Which objects hold the parameters of a binding. */
interface ParameterRef {
  readonly name: string
  readonly namespace: string
  readonly selector: LabelSelector | undefined
  /** A binding without parameters refuses nothing. */
  readonly isOptional: boolean
}

/** Says that a policy is in force for objects. */
export interface PolicyBinding {
  readonly policy: string
  /** Undefined where it is for all that the policy is about. */
  readonly constraints: Constraints | undefined
  readonly parameters: ParameterRef | undefined
}

/** An object that may hold parameters. */
interface ParameterObject {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly object: ValueMap
}

/** Reads a ValidatingAdmissionPolicyBinding. */
export function readBinding(object: ValueMap): PolicyBinding {
  const spec = asMap(object['spec'])
  const ref = asMap(spec?.['paramRef'])
  return {
    policy: asText(spec?.['policyName']) ?? '',
    constraints: readResources(spec?.['matchResources']),
    parameters:
      ref === undefined
        ? undefined
        : {
            name: asText(ref['name']) ?? '',
            namespace: asText(ref['namespace']) ?? '',
            selector: ref['selector'] === undefined ? undefined : readSelector(ref['selector']),
            isOptional: ref['parameterNotFoundAction'] === 'Allow',
          },
  }
}

/** Without rules a binding is for every type. */
function readResources(value: ValueMap[string] | undefined): Constraints | undefined {
  const map = asMap(value)
  if (map === undefined) return undefined
  const anything = { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }
  const rules = map['resourceRules']
  const isAny = !Array.isArray(rules) || rules.length === 0
  return readConstraints(isAny ? { ...map, resourceRules: [anything] } : map)
}

/** An object as parameters, for policies that ask for its kind. */
export function parameterObject(object: ValueMap): ParameterObject {
  const metadata = asMap(object['metadata'])
  return {
    apiVersion: asText(object['apiVersion']) ?? '',
    kind: asText(object['kind']) ?? '',
    namespace: asText(metadata?.['namespace']) ?? '',
    name: asText(metadata?.['name']) ?? '',
    object,
  }
}

/** Whether the namespace of an object decides what a policy says of it. */
export function needsNamespaces({ constraints }: AdmissionPolicy, bindings: readonly PolicyBinding[]): boolean {
  const all = [constraints, ...bindings.map((binding) => binding.constraints)]
  return all.some((each) => each !== undefined && looksAtNamespaces(each))
}

const NO_NAMESPACE = 'the labels of the namespace are not known: it is not among what is scanned'

/**
 * What a policy is about. Where there are bindings they must be for the object too; where there are none the policy is taken to be
 * in force everywhere.
 */
export function aimOf(
  { constraints, parameters }: AdmissionPolicy,
  bindings: readonly PolicyBinding[],
  objects: readonly ParameterObject[],
): Aim {
  const ofKind = objects.filter((each) => parameters !== undefined && isOfKind(each, parameters))
  return (subject) => {
    const { identity, object, namespace } = subject
    const isMet = areMet(constraints, identity, object, namespace)
    if (isMet !== true) return isMet === undefined ? NO_NAMESPACE : []
    if (bindings.length === 0) return parameters === undefined ? [null] : unbound(parameters, ofKind, subject)
    const found: Value[] = []
    for (const binding of bindings) {
      const isBound = binding.constraints === undefined || areMet(binding.constraints, identity, object, namespace)
      if (isBound === undefined) return NO_NAMESPACE
      if (!isBound) continue
      const given = parameters === undefined ? [null] : bound(parameters, binding.parameters, ofKind, subject)
      if (typeof given === 'string') return given
      for (const each of given) found.push(each)
    }
    return found
  }
}

function unbound(
  { kind }: ParameterKind,
  objects: readonly ParameterObject[],
  { inputs }: Subject,
): readonly Value[] | string {
  const [only, ...others] = objects
  if (others.length > 0) return `there are ${objects.length} objects ${kind}, and no binding that tells which counts`
  if (only !== undefined) return [only.object]
  if (kind === CONFIGURATION_KIND) return [{ kind, settings: settingsOf(inputs) }]
  return `there is no object ${kind} with its parameters`
}

function bound(
  parameters: ParameterKind,
  ref: ParameterRef | undefined,
  objects: readonly ParameterObject[],
  subject: Subject,
): readonly Value[] | string {
  if (ref === undefined || objects.length === 0) {
    return ref?.isOptional === true && parameters.kind !== CONFIGURATION_KIND
      ? []
      : unbound(parameters, objects, subject)
  }
  const { name, selector } = ref
  const namespace = ref.namespace === '' ? subject.identity.namespace : ref.namespace
  const found = objects.filter((each) => {
    if (each.namespace !== '' && each.namespace !== namespace) return false
    if (selector === undefined) return each.name === name
    return selects(selector, asTextMap(asMap(each.object['metadata'])?.['labels']))
  })
  if (found.length > 0) return found.map(({ object }) => object)
  return ref.isOptional ? [] : `there is no object ${parameters.kind} ${name} with its parameters`
}

function isOfKind(object: ParameterObject, { apiVersion, kind }: ParameterKind): boolean {
  return object.apiVersion === apiVersion && object.kind === kind
}
