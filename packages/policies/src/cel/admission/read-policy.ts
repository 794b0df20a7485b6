/** Reads a ValidatingAdmissionPolicy: its expressions, what it is about, and which objects hold its parameters. */
import { asMap, asText, type Value, type ValueMap } from '@kubescape/resources'

import type { PolicyDocument } from '../../documents.ts'
import { shown, type Place, type Problems } from '../../problems.ts'
import { readConstraints, type Constraints } from './constraints.ts'
import type { NamedExpression, PolicyExpressions, Validation } from './policy-source.ts'

/** The kind of objects that hold parameters. */
export interface ParameterKind {
  readonly apiVersion: string
  readonly kind: string
}

/** A policy as it was read. */
export interface AdmissionPolicy {
  readonly name: string
  /** Its `metadata`. */
  readonly metadata: ValueMap
  readonly expressions: PolicyExpressions
  readonly constraints: Constraints
  readonly parameters: ParameterKind | undefined
  readonly document: PolicyDocument
}

/** Expressions of one policy; more are not written by hand. */
const MOST = 1000

/** Reads a policy. What is wrong is a problem; undefined when it cannot be told what it demands. */
export function readAdmissionPolicy(document: PolicyDocument, problems: Problems): AdmissionPolicy | undefined {
  const map = asMap(document.value)
  const metadata = asMap(map?.['metadata']) ?? {}
  const spec = asMap(map?.['spec']) ?? {}
  const name = asText(metadata['name']) ?? ''
  const wrong = (path: string, what: string): undefined => {
    const place: Place = document.placeOf(path)
    problems.note('invalid-admission-policy', `the policy ${shown(name)}: ${path} ${what}`, 'Correct it.', place)
  }
  if (name === '') return wrong('metadata.name', 'is missing')
  const lists = ['matchConditions', 'variables', 'validations'] as const
  const read = lists.map((list) => readList(spec[list], `spec.${list}`, list !== 'validations', wrong))
  const [conditions, variables, validations] = read
  if (conditions === undefined || variables === undefined || validations === undefined) return undefined
  if (validations.length === 0) return wrong('spec.validations', 'has no expressions')
  const kind = asMap(spec['paramKind'])
  const parameters =
    kind === undefined ? undefined : { apiVersion: asText(kind['apiVersion']) ?? '', kind: asText(kind['kind']) ?? '' }
  const expressions = {
    hasParams: parameters !== undefined,
    conditions: conditions.map(named),
    variables: variables.map(named),
    validations: validations.map(validation),
  }
  const constraints = readConstraints(spec['matchConstraints'])
  return { name, metadata, expressions, constraints, parameters, document }
}

/** The mappings of a list of expressions; undefined when one is none. */
export function readList(
  value: Value | undefined,
  path: string,
  wantsNames: boolean,
  wrong: (path: string, what: string) => undefined,
): readonly ValueMap[] | undefined {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return wrong(path, 'must be a list')
  if (value.length > MOST) return wrong(path, `has more than ${MOST} expressions`)
  const maps: ValueMap[] = []
  for (const [index, item] of value.entries()) {
    const map = asMap(item)
    const place = `${path}[${index}]`
    if (typeof map?.['expression'] !== 'string') return wrong(`${place}.expression`, 'must be a text')
    if (wantsNames && typeof map['name'] !== 'string') return wrong(`${place}.name`, 'must be a text')
    maps.push(map)
  }
  return maps
}

/** An expression with its name. */
export function named(map: ValueMap): NamedExpression {
  return { name: asText(map['name']) ?? '', expression: asText(map['expression']) ?? '' }
}

/** What must be true, with its messages. */
export function validation(map: ValueMap): Validation {
  const texts = (['message', 'messageExpression', 'reason'] as const).flatMap((name): [string, string][] => {
    const text = asText(map[name])
    return text === undefined ? [] : [[name, text]]
  })
  return { expression: asText(map['expression']) ?? '', ...Object.fromEntries(texts) }
}
