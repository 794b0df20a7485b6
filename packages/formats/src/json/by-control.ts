/** Layout v3: one entry per control with the resources that did not pass and why. */
import { shortFloat, type ControlResult, type Report, type Verdict } from '@kubescape/results'

import type { RenderContext } from '../format.ts'

/** The entries of `results`. */
export function* resultsByControl(report: Report, context: RenderContext): Generator<string> {
  for (const result of report.controls) {
    yield JSON.stringify(entry(report, result, context))
  }
}

function entry(report: Report, result: ControlResult, context: RenderContext): object {
  const { passed, failed, skipped } = result.counters
  return {
    controlID: result.control.id,
    name: result.control.name,
    severity: result.severity,
    scoreFactor: result.control.baseScore,
    status: result.status,
    statusInfo: { status: result.status, subStatus: result.subStatus, info: result.info },
    complianceScore: shortFloat(result.complianceScore),
    score: shortFloat(result.score),
    frameworks: result.frameworks,
    description: result.control.why,
    remediation: result.control.repair,
    resourcesResult: {
      failedResources: failed,
      passedResources: passed - result.excepted,
      skippedResources: skipped,
      excludedResources: result.excepted,
      allResources: passed + failed + skipped,
    },
    resources: resourcesOf(report, result, context),
  }
}

function resourcesOf(report: Report, result: ControlResult, context: RenderContext): object[] {
  const entries: object[] = []
  if (result.counters.failed + result.counters.skipped === 0) return entries
  for (const verdict of report.byControl(result)) {
    if (verdict.status !== 'passed') entries.push(resource(report, verdict, context))
  }
  return entries
}

function resource(report: Report, verdict: Verdict, { evidence }: RenderContext): object {
  const subject = report.subjects[verdict.ref]
  const { group = '', version = '', kind = '', namespace = '', name = '' } = subject?.identity ?? {}
  const related = new Set(
    verdict.rules.flatMap((rule) => rule.related.map(({ ref }) => report.subjects[ref]?.id ?? '')),
  )
  return {
    resourceID: subject?.id ?? '',
    apiVersion: group === '' ? version : `${group}/${version}`.replace(/\/$/, ''),
    kind,
    namespace,
    name,
    status: verdict.status,
    ...(verdict.subStatus === '' ? {} : { subStatus: verdict.subStatus }),
    ...(subject?.origin === undefined ? {} : { file: subject.origin.file, line: subject.origin.line }),
    findings: verdict.rules.flatMap((rule) =>
      rule.findings.map((finding) => {
        const place = evidence.place(verdict.ref, finding)
        return {
          path: finding.path,
          ...(place.line === 0 ? {} : { file: place.file, line: place.line, column: place.column, exact: place.exact }),
          ...(place.present === undefined ? {} : { presentValue: String(place.present) }),
          ...(finding.fix === undefined ? {} : { fix: finding.fix }),
        }
      }),
    ),
    ...(related.size === 0 ? {} : { relatedResourceIDs: [...related] }),
  }
}
