/** What published rules answer: responses that name objects and the paths in them. */
import type { Finding } from '@kubescape/controls'
import { isObject, isNumber, numberText, type Value } from '@kubescape/rego'

import { findingsOf, MOST_FINDINGS, type WantedValue } from './findings.ts'
import type { Answer } from './rule-program.ts'
import { itemsOf, member, textMember, textsOf } from './rule-value.ts'

/** A failure that a rule tells of. */
export interface Response {
  /** The objects that fail. */
  readonly objects: readonly Value[]
  readonly findings: readonly Finding[]
  readonly related: readonly RelatedObject[]
  /** Its `alertMessage`, as it is; empty when it has none. */
  readonly text: string
  /** Its `fixCommand`, as it is; empty when it has none. */
  readonly command: string
}

/** Another object with part in a failure. */
interface RelatedObject {
  readonly object: Value
  readonly findings: readonly Finding[]
}

/**
 * The responses of rules: those of `deny`, and of every other rule whose value is a list or set of objects.
 * @returns a sentence without its subject when something is no response
 */
export function readResponses(answers: readonly Answer[]): readonly Response[] | string {
  const responses: Response[] = []
  let named = 0
  for (const [rule, value] of answers) {
    const items = itemsOf(value)
    if (items === undefined) continue
    // Rules that only hold texts for others are no results.
    if (rule !== 'deny' && !items.some((item) => isObject(item))) continue
    for (const item of items) {
      const response = readResponse(item)
      if (typeof response === 'string') return `answers in ${rule} with ${response}`
      responses.push(response)
      named += response.findings.length
      if (named > MOST_FINDINGS) return `answers in ${rule} with more than ${MOST_FINDINGS} fields`
    }
  }
  return responses
}

function readResponse(item: Value): Response | string {
  if (!isObject(item)) return 'something that is no response'
  const alert = member(item, 'alertObject')
  if (!isObject(alert)) return 'a response without alertObject'
  const listed = member(alert, 'k8sApiObjects')
  const objects = listed === undefined || listed === null ? [] : itemsOf(listed)
  if (objects === undefined) return 'k8sApiObjects that are no list'
  const outside = member(alert, 'externalObjects')
  const findings = readFindings(item)
  if (typeof findings === 'string') return findings
  const related: RelatedObject[] = []
  for (const each of itemsOf(member(item, 'relatedObjects')) ?? []) {
    const object = member(each, 'object')
    const own = readFindings(each)
    if (object === undefined) return 'a related object that is none'
    if (typeof own === 'string') return own
    related.push({ object, findings: own })
  }
  const named = isObject(outside) && Object.keys(outside).length > 0 ? [outside] : []
  return {
    objects: [...objects.filter((object) => object !== null), ...named],
    findings,
    related,
    text: textMember(item, 'alertMessage'),
    command: textMember(item, 'fixCommand'),
  }
}

function readFindings(item: Value): Finding[] | string {
  const lists = ['failedPaths', 'reviewPaths', 'deletePaths'].map((name) => textsOf(member(item, name)))
  const [failed, review, removed] = lists
  if (failed === undefined || review === undefined || removed === undefined) return 'paths that are no texts'
  const fix: WantedValue[] = []
  for (const each of itemsOf(member(item, 'fixPaths')) ?? []) {
    const path = member(each, 'path')
    if (typeof path !== 'string') return 'a fix without a path'
    fix.push({ path, value: scalarText(member(each, 'value')) })
  }
  return findingsOf({ failed, review, delete: removed, fix })
}

/** The value of a fix as a text, whatever scalar the rule wrote; without one, or for a list or object, a person has to choose. */
export function scalarText(value: Value | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value === null) return ''
  return value !== undefined && isNumber(value) ? numberText(value) : 'YOUR_VALUE'
}
