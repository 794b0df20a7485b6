/** Values of Rego as JSON: sets are arrays, keys that are no texts become the texts of their JSON, numbers stay as they were written. */
import { entriesOf, isNumber, numberText, RegoSet, type Value } from '@kubescape/rego'

import { Failure } from '../failure.ts'

/** Members of a report, in the order in which they are written; values of Rego have an order of their own. */
export class Members {
  readonly entries: readonly (readonly [string, Shown])[]

  /** Members that are undefined are left out. */
  constructor(members: Readonly<Record<string, Shown | undefined>>) {
    this.entries = Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  }
}

/** What can be written: values, and reports around them. */
export type Shown = Value | Members | readonly Shown[]

/** What Go's encoder writes as escapes, so that pages can hold it. */
const ESCAPED = /[<>&\u2028\u2029]/g

/** Parts of a value that are written; a value that holds others twice, which do so too, has more than fit into memory. */
const MOST_PARTS = 1_000_000

/**
 * JSON in one line.
 * @throws {Failure} for a value that is too large
 */
export function compactJson(shown: Shown): string {
  return jsonOf(shown, '', '', { parts: 0 })
}

/**
 * JSON over several lines, two spaces a level, as `opa eval` lays it out.
 * @throws {Failure} for a value that is too large
 */
export function indentedJson(shown: Shown): string {
  return jsonOf(shown, '  ', '\n', { parts: 0 })
}

function jsonOf(shown: Shown, step: string, line: string, written: { parts: number }): string {
  if (typeof shown === 'string') return textJson(shown)
  if (shown === null || typeof shown === 'boolean') return String(shown)
  if (isNumber(shown)) return numberText(shown)
  const deeper = line + step
  if (++written.parts > MOST_PARTS) {
    throw new Failure(`the result has more than ${MOST_PARTS} parts`, 'Ask for less of it, such as count(...).')
  }
  if (Array.isArray(shown) || shown instanceof RegoSet) {
    const items = shown instanceof RegoSet ? shown.values() : (shown as readonly Shown[])
    if (items.length === 0) return '[]'
    return `[${deeper}${items.map((item) => jsonOf(item, step, deeper, written)).join(`,${deeper}`)}${line}]`
  }
  const entries = shown instanceof Members ? shown.entries : [...entriesOf(shown as Parameters<typeof entriesOf>[0])]
  if (entries.length === 0) return '{}'
  const colon = step === '' ? ':' : ': '
  const parts = entries.map(([key, value]) => {
    const name = textJson(typeof key === 'string' ? key : jsonOf(key, '', '', written))
    return `${name}${colon}${jsonOf(value, step, deeper, written)}`
  })
  return `{${deeper}${parts.join(`,${deeper}`)}${line}}`
}

function textJson(text: string): string {
  return JSON.stringify(text).replaceAll(ESCAPED, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
