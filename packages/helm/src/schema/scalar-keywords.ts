/** Keywords about the kind of a value, the values that are allowed, texts and numbers. */
import type { Regex } from '@kubescape/regex'

import { floatText, runeCount } from '@kubescape/go'
import { canonical, fromJson, isMultiple, numberOf } from './equality.ts'
import { kindOf, shown, single, type Failure } from './failure.ts'
import { hasFormat } from './formats.ts'
import { bounds, failure, type Instance } from './instance.ts'
import { isList, type Draft, type Json, type JsonObject } from './schema-document.ts'

/** Counts work. */
type Spend = (count: number) => void

/** Whether the value is of the kind that is wanted; otherwise the failure is added. */
export function checkKind({ type }: JsonObject, instance: Instance, failures: Failure[]): boolean {
  if (type === undefined) return true
  const wanted = (isList(type) ? type : [type]).map(String)
  if (wanted.some((name) => isOfType(instance.value, name))) return true
  failures.push(failure(instance, `got ${kindOf(instance.value)}, want ${wanted.join(' or ')}`))
  return false
}

/** `enum` and `const`. */
export function checkAllowed(schema: JsonObject, instance: Instance, failures: Failure[], spend: Spend): void {
  const allowed = schema['enum']
  if (isList(allowed)) checkOneOf(allowed, instance, failures, 'enum', spend)
  if (schema['const'] !== undefined) checkOneOf([schema['const']], instance, failures, 'const', spend)
}

/** Keywords about texts. */
export function checkText(
  schema: JsonObject,
  text: string,
  instance: Instance,
  failures: Failure[],
  draft: Draft,
  patternOf: (pattern: string) => Regex,
): void {
  if (schema['minLength'] !== undefined || schema['maxLength'] !== undefined) {
    bounds(schema, 'Length', runeCount(text), instance, failures)
  }
  const { pattern, format } = schema
  if (typeof pattern === 'string' && !patternOf(pattern).test(text)) {
    failures.push(failure(instance, `${single(text)} does not match pattern ${single(pattern)}`))
  }
  if (typeof format === 'string' && draft <= 7 && !hasFormat(format, text)) {
    failures.push(failure(instance, `${single(text)} is not valid ${format}`))
  }
}

/** Keywords about numbers. */
export function checkNumber(schema: JsonObject, instance: Instance, failures: Failure[]): void {
  const number = numberOf(instance.value)
  if (number === undefined) return
  const check = (keyword: string, limit: Json | undefined, isWrong: (limit: number) => boolean): void => {
    if (typeof limit !== 'number' || !isWrong(limit)) return
    failures.push(failure(instance, `${keyword}: got ${floatText(number)}, want ${floatText(limit)}`))
  }
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  // Draft 4 has a flag that makes the limit itself wrong.
  check('minimum', minimum, (limit) => (exclusiveMinimum === true ? number <= limit : number < limit))
  check('maximum', maximum, (limit) => (exclusiveMaximum === true ? number >= limit : number > limit))
  check('exclusiveMinimum', exclusiveMinimum, (limit) => number <= limit)
  check('exclusiveMaximum', exclusiveMaximum, (limit) => number >= limit)
  check('multipleOf', multipleOf, (limit) => !isMultiple(number, limit))
}

function checkOneOf(
  allowed: readonly Json[],
  instance: Instance,
  failures: Failure[],
  keyword: string,
  spend: Spend,
): void {
  spend(allowed.length)
  const text = canonical(instance.value, spend)
  const values = allowed.map(fromJson)
  if (values.some((value) => canonical(value, spend) === text)) return
  const names = values.map(shown)
  const isPlain = names.every((name) => name !== undefined)
  const wanted = values.length === 1 ? `value must be ${names[0]}` : `value must be one of ${names.join(', ')}`
  failures.push(failure(instance, isPlain ? wanted : `'${keyword}' failed`))
}

function isOfType(value: Instance['value'], type: string): boolean {
  if (type !== 'integer') return kindOf(value) === type
  const number = numberOf(value)
  return number !== undefined && Number.isInteger(number)
}
