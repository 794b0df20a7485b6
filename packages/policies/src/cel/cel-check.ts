/** Controls that are written in CEL, with a header like that of controls in Rego. */
import { isInputName, ownValues, type Check, type ControlInputs, type OwnInput } from '@kubescape/controls'
import { asMap, asText, type Match, type Value, type ValueMap } from '@kubescape/resources'

import type { PolicyDocument } from '../documents.ts'
import { checkInputs } from '../metadata.ts'
import type { Place, Problems } from '../problems.ts'
import { admissionCheck, type CheckOptions } from './admission/admission-check.ts'
import type { PolicyExpressions } from './admission/policy-source.ts'
import { named, readList, validation } from './admission/read-policy.ts'

/** What a check in CEL is made of. */
export interface CelRule {
  readonly name: string
  /** Each validation must be true of an object. `params` holds the inputs, lists of texts, by their names. */
  readonly expressions: PolicyExpressions
  readonly match: readonly Match[]
  readonly inputs: readonly OwnInput[]
  /** Where the expression at a path stands, and the place within it. */
  readonly placeOf: (path: string, offset: number) => Place
}

/** Whether a document is a control in CEL. */
export function isCelControl(value: Value): boolean {
  const map = asMap(value)
  if (map === undefined || map['apiVersion'] !== undefined || (map['kind'] ?? 'Control') !== 'Control') return false
  return asText(map['language'])?.toLowerCase() === 'cel'
}

/** The expressions of a control: `expression`, or `validations`; `variables` and `matchConditions` as in admission policies. */
export function readCelExpressions(
  { value, placeOf }: PolicyDocument,
  problems: Problems,
): PolicyExpressions | undefined {
  const map = asMap(value) ?? {}
  const wrong = (path: string, what: string): undefined => {
    problems.note(
      'invalid-header',
      `the field ${path} ${what}`,
      'docs/policies.md describes the fields.',
      placeOf(path),
    )
  }
  const conditions = readList(map['matchConditions'], 'matchConditions', false, wrong)
  const variables = readList(map['variables'], 'variables', true, wrong)
  const validations = readList(validationsOf(map), 'validations', false, wrong)
  if (conditions === undefined || variables === undefined || validations === undefined) return undefined
  if (validations.length === 0) return wrong('expression', 'is missing: there is nothing to check')
  return {
    hasParams: true,
    conditions: conditions.map(named),
    variables: variables.map(named),
    validations: validations.map(validation),
  }
}

/** One expression, several, or validations with messages. */
function validationsOf(map: ValueMap): Value | undefined {
  const { expression, expressions, validations, message } = map
  if (validations !== undefined) return validations
  const list = expressions ?? (expression === undefined ? undefined : [expression])
  if (!Array.isArray(list)) return list
  return list.map((each) =>
    typeof each === 'string' ? { expression: each, ...(message === undefined ? {} : { message }) } : each,
  )
}

/** Makes a check of expressions. It throws `CheckFailure` where they cannot judge. */
export function celCheck({ name, expressions, match, inputs, placeOf }: CelRule, options: CheckOptions): Check {
  const { inputs: known = [], ownInputs = [] } = checkInputs(inputs)
  const params = (values: ControlInputs): ValueMap => {
    const builtIn = known.map((input): [string, Value] => [input, [...values[input]]])
    const own = ownInputs.map((input): [string, Value] => [input.name, [...ownValues(values, input)]])
    return Object.fromEntries([...builtIn, ...own])
  }
  const needsNamespace = [...expressions.variables, ...expressions.validations].some(({ expression }) =>
    /\bnamespaceObject\b/.test(expression),
  )
  return admissionCheck(
    {
      name,
      expressions,
      match,
      inputs: known.filter(isInputName),
      ownInputs,
      aim: ({ inputs: values }) => [params(values)],
      needsNamespace,
      placeOf: (path, offset) => placeOf(path.replace(/^spec\./, ''), offset),
    },
    options,
  )
}
