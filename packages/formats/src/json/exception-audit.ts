/** `exceptionAudit`: every exception of the scan with what it accepted. */
import { auditItem, auditSummary, type Report } from '@kubescape/results'

/** The member with its name, in pieces. */
export function* exceptionAudit(report: Report): Generator<string> {
  const uses = report.exceptions()
  const head = { generated: report.metadata.generationTime, summary: auditSummary(uses) }
  yield `,"exceptionAudit":${JSON.stringify(head).slice(0, -1)},"items":[`
  for (const [at, use] of uses.entries()) yield `${at === 0 ? '' : ','}${JSON.stringify(auditItem(report, use))}`
  yield ']}'
}
