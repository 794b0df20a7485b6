/** What the rules of users answer about one object: a text, or a text with paths. */
import { review, type Finding } from '@kubescape/controls'
import { isObject, type Value } from '@kubescape/rego'

import { findingsOf, MOST_FINDINGS, type WantedValue } from './findings.ts'
import { scalarText } from './response.ts'
import { itemsOf, member, textMember, textsOf } from './rule-value.ts'

/** A failure as a rule tells of it. */
export interface Denial {
  readonly findings: readonly Finding[]
  /** Its words, as they are. */
  readonly texts: readonly string[]
}

/**
 * Why the object fails, by the value of `deny`; undefined when it does not.
 * @returns a sentence without its subject when the value is no answer
 */
export function readDeny(value: Value | undefined): Denial | undefined | string {
  if (value === undefined || value === false) return undefined
  if (value === true) return { findings: [], texts: [] }
  if (typeof value === 'string') return { findings: [], texts: [value] }
  const items = itemsOf(value) ?? (isObject(value) ? [value] : undefined)
  if (items === undefined) return 'answers in deny with something that is no result'
  if (items.length === 0) return undefined
  const findings: Finding[] = []
  const texts: string[] = []
  for (const item of items) {
    const own = readResult(item)
    if (typeof own === 'string') return `answers in deny with ${own}`
    for (const finding of own) findings.push(finding)
    if (findings.length > MOST_FINDINGS) return `answers in deny with more than ${MOST_FINDINGS} fields`
    texts.push(typeof item === 'string' ? item : textMember(item, 'message') || textMember(item, 'msg'))
  }
  return { findings, texts }
}

/** The paths of `{message, path | paths, review, remove, fix: {path, value} | fixes: [...]}`. */
function readResult(item: Value): readonly Finding[] | string {
  if (typeof item === 'string') return []
  if (!isObject(item)) return 'something that is neither a text nor an object'
  const paths = textsOf(member(item, 'paths') ?? member(item, 'path'))
  const removed = textsOf(member(item, 'remove'))
  if (paths === undefined || removed === undefined) return 'paths that are no texts'
  const fix: WantedValue[] = []
  const one = member(item, 'fix')
  const fixes = [...(one === undefined ? [] : [one]), ...(itemsOf(member(item, 'fixes')) ?? [])]
  for (const each of fixes) {
    const path = member(each, 'path')
    if (typeof path !== 'string') return 'a fix without a path'
    fix.push({ path, value: scalarText(member(each, 'value')) })
  }
  if (member(item, 'review') === true) return paths.map(review)
  return findingsOf({ failed: paths, review: [], delete: removed, fix })
}
