/** Published rules in CEL: their text is an admission policy, or an expression that must be true of every object. */
import { CheckFailure, type Check } from '@kubescape/controls'
import { asMap } from '@kubescape/resources'

import { celCheck } from '../cel/cel-check.ts'
import { readCelControls } from '../cel/read-cel-controls.ts'
import { readDocuments } from '../documents.ts'
import { Problems } from '../problems.ts'
import { BrokenCheck } from '../rule/broken-check.ts'
import type { Gatherings } from '../rule/whole-objects.ts'
import type { BundleRule } from './published-rule.ts'

/** Makes the check of a rule in CEL. */
export function publishedCelCheck({ name, file, text, match, inputs }: BundleRule, gatherings: Gatherings): Check {
  const problems = new Problems()
  const documents = readDocuments({ path: file, text }, problems)
  if (!documents.some(({ value }) => asMap(value) !== undefined)) {
    const expressions = { hasParams: true, conditions: [], variables: [], validations: [{ expression: text.trim() }] }
    return celCheck({ name, expressions, match, inputs, placeOf: () => ({ file }) }, { gatherings })
  }
  const controls = readCelControls(documents, { gatherings, beside: { controls: [], frameworks: [] }, problems })
  const [check, another] = controls.flatMap(({ control }) => control.checks)
  if (check instanceof BrokenCheck) return new BrokenCheck(name, match, check.failure)
  if (check !== undefined && another === undefined) return { ...check, name }
  const what = problems.list[0]?.message ?? 'it holds no admission policy, or several'
  const failure = new CheckFailure('policy/invalid-cel', `rule ${name}: ${what}`, 'Correct its text.', { file })
  return new BrokenCheck(name, match, failure)
}
