/** What went wrong in one sentence, for formats that have a line of text for each resource. */
import type { Ref, Report } from '@kubescape/results'

import type { LocatedFinding } from './evidence.ts'
import { valueText } from './value-text.ts'

const LONGEST_NAME = 253
const LONGEST_PATH = 500
const LONGEST_VALUE = 200

/** `Deployment cart in namespace shop`, and of one of several sets of values ` with values prod`. */
export function resourceText(report: Report, ref: Ref): string {
  const { kind = '', namespace = '', name = '' } = report.subjects[ref]?.identity ?? {}
  const where = namespace === '' ? '' : ` in namespace ${clipped(namespace, LONGEST_NAME)}`
  const valueSet = valueSetOf(report, ref)
  const set = valueSet === '' ? '' : ` with values ${clipped(valueSet, LONGEST_NAME)}`
  return `${clipped(kind, LONGEST_NAME)} ${clipped(name, LONGEST_NAME)}${where}${set}`
}

/** `shop/Deployment/cart`; without a namespace `ClusterRole/admin`; of one of several sets of values `shop/Deployment/cart/prod`. */
export function qualifiedName(report: Report, ref: Ref): string {
  const { kind = '', namespace = '', name = '' } = report.subjects[ref]?.identity ?? {}
  return [namespace, kind, name, valueSetOf(report, ref)]
    .filter(Boolean)
    .map((part) => clipped(part, LONGEST_NAME))
    .join('/')
}

/**
 * `spec.hostPID is true and should be removed`; of a field of another object than `ref` with that object, and of a chart with the
 * values to change.
 */
export function findingText(report: Report, ref: Ref, place: LocatedFinding): string {
  const values = clipped(valueText(place), LONGEST_PATH)
  return `${stateText(report, ref, place)}${values === '' ? '' : ` (${values})`}`
}

function stateText(report: Report, ref: Ref, place: LocatedFinding): string {
  const { finding, present } = place
  const { role, fix } = finding
  const path = `${place.ref === ref ? '' : `${qualifiedName(report, place.ref)} `}${clipped(place.path, LONGEST_PATH)}`
  const is = present === undefined ? '' : ` is ${clipped(String(present), LONGEST_VALUE)}`
  if (fix?.action === 'remove') return `${path}${is === '' ? '' : `${is} and`} should be removed`
  if (fix?.action === 'set') {
    const state = is === '' && role === 'missing' ? ' is not set' : is
    // Values that somebody has to choose are no advice.
    const wanted = fix.value.startsWith('YOUR_') ? 'set' : clipped(fix.value, LONGEST_VALUE)
    return `${path}${state}${state === '' ? '' : ' and'} should be ${wanted}`
  }
  return role === 'review' ? `${path}${is} needs a look` : `${path}${is === '' ? ' is not as it should be' : is}`
}

/** A message with a full stop at its end, where it has no mark of its own. */
export function sentence(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`
}

/** Which of several sets of values the resource was rendered with; of a subject of bindings its binding. Empty for the only one. */
export function valueSetOf({ subjects }: Report, ref: Ref): string {
  const subject = subjects[ref]
  return (subject?.origin ?? subjects[subject?.related?.[0] ?? ref]?.origin)?.rendered?.valueSet ?? ''
}

/** The text, or its beginning and an ellipsis where it is longer. */
export function clipped(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`
}
