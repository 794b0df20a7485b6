/** How people call what was judged: kind, namespace and name, and for subjects of bindings the way to their rights. */
import type { Ref, Report } from '@kubescape/results'

import { valueSetOf } from '../finding-text.ts'
import { visible } from '../visible.ts'
import { truncate } from './wrap.ts'

const LONGEST_NAME = 253

/** `Deployment shop/cart`; `ServiceAccount shop/cart (through RoleBinding a -> Role b)`; `Deployment shop/cart (values prod)`. */
export function subjectName(report: Report, ref: Ref): string {
  const related = report.subjects[ref]?.related ?? []
  const way = related.map((each) => objectName(report, each, false)).join(' -> ')
  const valueSet = valueSetOf(report, ref)
  const set = valueSet === '' ? '' : ` (values ${truncate(visible(valueSet), LONGEST_NAME)})`
  return `${objectName(report, ref, true)}${set}${way === '' ? '' : ` (through ${way})`}`
}

/** `Service shop/cart`, or without the namespace. */
export function objectName(report: Report, ref: Ref, withNamespace: boolean): string {
  const { kind = '', namespace = '', name = '' } = report.subjects[ref]?.identity ?? {}
  const shown = name === '' ? '(no name)' : name
  const full = withNamespace && namespace !== '' ? `${namespace}/${shown}` : shown
  return `${truncate(visible(kind), LONGEST_NAME)} ${truncate(visible(full), LONGEST_NAME)}`
}
