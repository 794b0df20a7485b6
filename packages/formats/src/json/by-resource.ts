/** Layout v2: one entry per resource with its controls, rules and paths. */
import { statusIn, type Exception, type Finding, type Report, type RuleVerdict } from '@kubescape/results'

import { prioritizedResource } from './workload-risks.ts'

/** The entries of `results`, sorted by resource. */
export function* resultsByResource(report: Report): Generator<string> {
  const order = report.subjects
    .map((_, ref) => ref)
    .toSorted((a, b) => compare(report.subjects[a]?.id, report.subjects[b]?.id))
  const risks = new Map(report.priorities().map((risk) => [risk.ref, risk]))
  for (const ref of order) {
    const resourceID = report.subjects[ref]?.id ?? ''
    const controls = [...report.bySubject(ref)].map(({ control, status, subStatus, rules }) => ({
      controlID: control.control.id,
      name: control.control.name,
      severity: control.severity,
      status: { status: statusIn('v2', status), subStatus, info: status === 'skipped' ? control.info : '' },
      rules: rules.map((rule) => ruleEntry(report, resourceID, rule)),
    }))
    const risk = risks.get(ref)
    const priority = risk === undefined || risk.attackPaths.length === 0 ? {} : prioritizedResource(resourceID, risk)
    if (controls.length > 0) yield JSON.stringify({ resourceID, controls, ...priority })
  }
}

function ruleEntry(report: Report, resourceID: string, rule: RuleVerdict): object {
  return {
    name: rule.check.name,
    status: statusIn('v2', rule.status),
    subStatus: rule.subStatus,
    controlConfigurations: {},
    paths: [
      ...[...rule.findings, ...rule.excepted].flatMap((finding) => paths(resourceID, finding)),
      ...rule.related.flatMap(({ ref, findings }) =>
        findings.flatMap((finding) => paths(report.subjects[ref]?.id ?? '', finding)),
      ),
      ...rule.commands.map((command) => pathEntry(resourceID, { fixCommand: command })),
    ],
    exception: rule.exceptions.map(exceptionEntry),
    relatedResourcesIDs: [...new Set(rule.related.map(({ ref }) => report.subjects[ref]?.id ?? ''))],
  }
}

function exceptionEntry({ name, reason, owner, expires }: Exception): object {
  return {
    name,
    policyType: 'postureExceptionPolicy',
    ...(reason === '' ? {} : { reason }),
    ...(owner === '' ? {} : { createdBy: owner }),
    ...(expires === '' ? {} : { expirationDate: expires }),
  }
}

/** One entry per path; only the member that says something is filled. */
function paths(resourceID: string, { role, path, fix }: Finding): object[] {
  const entry = (member: object): object => pathEntry(resourceID, member)
  const entries: object[] = []
  if (role !== 'missing') entries.push(entry({ failedPath: path }))
  if (role === 'review') entries.push(entry({ reviewPath: path }))
  if (fix?.action === 'remove') entries.push(entry({ deletePath: fix.path }))
  if (fix?.action === 'set') entries.push(entry({ fixPath: { path: fix.path, value: fix.value } }))
  return entries
}

function pathEntry(resourceID: string, member: object): object {
  return {
    resourceID,
    failedPath: '',
    reviewPath: '',
    deletePath: '',
    fixPath: { path: '', value: '' },
    fixCommand: '',
    ...member,
  }
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}
