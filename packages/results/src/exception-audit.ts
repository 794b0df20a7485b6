/** The audit of exceptions: what became of each, in words and as `exceptionAudit` of the JSON layouts. */
import type { ExceptionUse } from './exception.ts'
import type { Json } from './layout.ts'
import type { Report } from './report.ts'

/**
 * What became of an exception: it accepted something, it accepted nothing because it had ended, because no control answers to
 * what it names, or because nothing failed that it covers.
 */
export type ExceptionStatus = 'matched' | 'expired' | 'invalid' | 'unused'

/** What became of it. */
export function exceptionStatus({
  isExpired,
  matches,
  manual,
  controls,
  unknownControls,
}: ExceptionUse): ExceptionStatus {
  if (isExpired) return 'expired'
  if (matches.length + manual.length > 0) return 'matched'
  return controls.length > 0 && unknownControls.length === controls.length ? 'invalid' : 'unused'
}

/** `exceptionAudit.summary`. */
export function auditSummary(uses: readonly ExceptionUse[]): Json {
  const count = (status: ExceptionStatus): number => uses.filter((use) => exceptionStatus(use) === status).length
  return {
    total: uses.length,
    active: uses.length - count('expired'),
    expired: count('expired'),
    matched: count('matched'),
    unused: count('unused') + count('invalid'),
    invalidControl: uses.filter(({ unknownControls }) => unknownControls.length > 0).length,
  }
}

/** An entry of `exceptionAudit.items`. */
export function auditItem(report: Report, use: ExceptionUse): Json {
  const { exception, isExpired, isBroad, controls, unknownControls, matches, manual } = use
  return {
    name: exception.name,
    status: exceptionStatus(use),
    matchCount: matches.length + manual.length,
    expired: isExpired,
    broad: isBroad,
    reason: exception.reason,
    owner: exception.owner,
    expires: exception.expires,
    source: exception.source,
    controlIDs: controls,
    invalidControls: unknownControls,
    matchedResources: matches.map(({ control, ref, rule }) => {
      const { id = '', identity } = report.subjects[ref] ?? {}
      const { kind = '', namespace = '', name = '' } = identity ?? {}
      return { resourceID: id, kind, namespace, name, controlID: control.control.id, ruleName: rule }
    }),
  }
}
