/** What rights a scan lacks, in lines. */
import type { AccessAnswer } from '@kubescape/cluster'
import type { ControlDeclaration } from '@kubescape/controls'
import { isLacking } from '@kubescape/scanner'
import { judgedType, type Reading } from '@kubescape/sources'

import type { OtherGap } from './other-rights.ts'
import { count, visible } from './terminal.ts'

/** A type that a scan could not read, or not in full. */
export interface Gap {
  readonly state: 'denied' | 'not checked' | 'not found'
  readonly group: string
  readonly version: string
  readonly kind: string
  /** The name in paths. */
  readonly plural: string
  /** Such as `in shop`; empty for all of it. */
  readonly where: string
  /** Why, where that is not plain. */
  readonly reason: string
  /** Only what other namespaces have is out of reach. */
  readonly elsewhere?: true
}

/** The controls that are asked for, and those judged beside them. */
interface Asked {
  readonly controls: readonly ControlDeclaration[]
  readonly side: readonly ControlDeclaration[]
}

const MOST_IDS = 10

/** What is missing of a type, by the answers for where it is listed and for where it would be listed otherwise. */
export function gapOf(
  { resource, otherwise }: Reading,
  answers: readonly AccessAnswer[],
  others: readonly AccessAnswer[],
): Gap[] {
  const { group, version, kind, plural } = judgedType(resource)
  const type = { group, version, kind, plural }
  const denied = answers.filter(({ isAllowed }) => isAllowed === false)
  const unknown = answers.filter(({ isAllowed }) => isAllowed === undefined)
  if (denied.length > 0) {
    const isElsewhere = others.length > 0 && others.every(({ isAllowed }) => isAllowed === true)
    if (isElsewhere) {
      return [{ ...type, state: 'denied', where: `outside ${otherwise.join(', ')}`, reason: '', elsewhere: true }]
    }
    return [{ ...type, state: 'denied', where: placesOf(denied), reason: '' }]
  }
  const [first] = unknown
  return first === undefined ? [] : [{ ...type, state: 'not checked', where: placesOf(unknown), reason: first.reason }]
}

function placesOf(answers: readonly AccessAnswer[]): string {
  const places = answers.flatMap(({ question }) => question.namespace ?? [])
  return places.length === 0 ? '' : `in ${places.join(', ')}`
}

/**
 * One line for each type that is out of reach, with the controls that depend on it, one for each other right, with what it is
 * for, and a summary.
 */
export function renderGaps(
  gaps: readonly Gap[],
  types: number,
  { controls, side }: Asked,
  others: readonly OtherGap[] = [],
): string {
  const sorted = gaps.toSorted(byName)
  const lines = sorted.map((gap) => {
    const { state, group, plural, where, reason } = gap
    const name = group === '' ? plural : `${plural}.${group}`
    const words = [name, where, reason === '' ? '' : `(${reason})`].filter(Boolean).join(' ')
    const lacking = [...controls, ...side].filter((control) => isLacking(control, gap))
    return `${state.padEnd(11)}  ${visible(words)}: ${listIds(lacking)}`
  })
  lines.push(...others.map(({ state, right, purpose }) => `${state.padEnd(11)}  ${visible(right)}: ${purpose}`))
  const lacking = controls.filter((control) => gaps.some((gap) => isLacking(control, gap)))
  return [...lines, summaryOf(gaps, types, lacking.length, controls.length), ''].join('\n')
}

function listIds(controls: readonly ControlDeclaration[]): string {
  const ids = controls.map(({ id }) => id).toSorted()
  const more = ids.length - MOST_IDS
  return [...ids.slice(0, MOST_IDS), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function summaryOf(gaps: readonly Gap[], types: number, lacking: number, controls: number): string {
  if (gaps.length === 0) return `All ${count(types, 'type')} may be read, for ${count(controls, 'control')}.`
  const states = (['denied', 'not checked', 'not found'] as const).flatMap((state) => {
    const amount = gaps.filter((gap) => gap.state === state).length
    return amount === 0 ? [] : [`${amount} ${state}`]
  })
  const allowed = types - gaps.length
  return `${count(types, 'type')}: ${[`${allowed} allowed`, ...states].join(', ')}. ${lacking} of ${count(controls, 'control')} cannot be evaluated in full.`
}

/** Denied ones first, then by group and name. */
function byName(a: Gap, b: Gap): number {
  const key = ({ state, group, plural }: Gap): string => `${state === 'denied' ? 0 : 1}/${state}/${group}/${plural}`
  return key(a) < key(b) ? -1 : 1
}
