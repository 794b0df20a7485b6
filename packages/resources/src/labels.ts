/** Label selectors with Kubernetes' semantics, as objects and as text. Source: Kubernetes documentation, "Labels and Selectors". */
import type { Value } from '@kubescape/yaml'

import { asList, asMap, asText, asTextMap, asTexts } from './object.ts'

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>

/** One requirement of a selector. */
export interface Requirement {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  readonly values: readonly string[]
}

/** True when every pair is among the labels; no pairs are contained in anything. */
export function containsLabels(labels: Labels, pairs: Labels): boolean {
  for (const key of Object.keys(pairs)) if (labels[key] !== pairs[key]) return false
  return true
}

/** True when both hold exactly the same pairs. */
export function sameLabels(a: Labels, b: Labels): boolean {
  return Object.keys(a).length === Object.keys(b).length && containsLabels(a, b)
}

/** True when the map holds no label at all. */
export function noLabels(labels: Labels): boolean {
  for (const _ in labels) return false
  return true
}

/** True when the labels meet every requirement. `NotIn` holds when the key is absent, as in the API server. */
export function meets(labels: Labels, requirements: readonly Requirement[]): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value)
      case 'NotIn':
        return value === undefined || !values.includes(value)
      case 'Exists':
        return value !== undefined
      case 'DoesNotExist':
        return value === undefined
      default:
        return false
    }
  })
}

/** A `matchLabels`/`matchExpressions` selector, read once. */
export interface LabelSelector {
  readonly pairs: Labels
  readonly requirements: readonly Requirement[]
  /** False when an expression has an operator that Kubernetes does not know: such a selector matches nothing. */
  readonly valid: boolean
}

/** Reads a selector object; anything that is not a mapping is the empty selector. */
export function readSelector(value: Value | undefined): LabelSelector {
  const map = asMap(value)
  const requirements: Requirement[] = []
  let valid = true
  for (const entry of asList(map?.['matchExpressions'])) {
    const expression = asMap(entry)
    const key = asText(expression?.['key'])
    const operator = asText(expression?.['operator'])
    if (key === undefined || !isOperator(operator)) valid = false
    else requirements.push({ key, operator, values: asTexts(expression?.['values']) })
  }
  return { pairs: asTextMap(map?.['matchLabels']), requirements, valid }
}

/** True when the selector has neither labels nor expressions and therefore selects everything. */
export function selectsAll(selector: LabelSelector): boolean {
  return selector.valid && noLabels(selector.pairs) && selector.requirements.length === 0
}

/** True when the selector selects an object with these labels. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return selector.valid && containsLabels(labels, selector.pairs) && meets(labels, selector.requirements)
}

function isOperator(text: string | undefined): text is Requirement['operator'] {
  return text === 'In' || text === 'NotIn' || text === 'Exists' || text === 'DoesNotExist'
}

/**
 * Reads a selector in `kubectl -l` syntax: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas.
 * @throws {SyntaxError} naming the part that cannot be read
 */
export function parseSelector(text: string): readonly Requirement[] {
  return splitOutsideParentheses(text).map((part) => {
    const trimmed = part.trim()
    const set = /^([^\s!=(),]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(trimmed)
    if (set) {
      const values = (set[3] ?? '').split(',').map((value) => value.trim())
      return { key: set[1] ?? '', operator: set[2] === 'in' ? 'In' : 'NotIn', values }
    }
    const equality = /^([^\s!=(),]+)\s*(==|=|!=)\s*([^\s!=(),]*)$/.exec(trimmed)
    if (equality) {
      return { key: equality[1] ?? '', operator: equality[2] === '!=' ? 'NotIn' : 'In', values: [equality[3] ?? ''] }
    }
    const existence = /^(!?)\s*([^\s!=(),]+)$/.exec(trimmed)
    if (existence) return { key: existence[2] ?? '', operator: existence[1] ? 'DoesNotExist' : 'Exists', values: [] }
    throw new SyntaxError(trimmed === '' ? 'an empty requirement' : `\`${trimmed}\``)
  })
}

/** A name as a key of labels has it, behind an optional DNS prefix; and a value. */
const LABEL_KEY = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/

/**
 * The requirements as an API server reads them. Undefined where one has a key or value that no label can have: servers refuse
 * such a selector, though it is clear what meets it.
 */
export function renderSelector(requirements: readonly Requirement[]): string | undefined {
  const isSound = requirements.every(
    ({ key, values }) => LABEL_KEY.test(key) && values.every((value) => LABEL_VALUE.test(value)),
  )
  if (!isSound) return undefined
  const parts = requirements.map(({ key, operator, values }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    // A set of nothing but the empty value cannot be written in parentheses.
    if (values.length === 1) return `${key}${operator === 'In' ? '=' : '!='}${values[0] ?? ''}`
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`
  })
  return parts.join(',')
}

function splitOutsideParentheses(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
