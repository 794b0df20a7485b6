/** The text exposition format, version 0.0.4: families of gauges, each with its help and type, no series twice. */
import {
  noCounters,
  type ControlResult,
  type Counters,
  type Outcome,
  type Report,
  type Status,
} from '@kubescape/results'

import { controlUrl, namedResource, notPassed } from '../listing.ts'
import { displayScore } from '../score.ts'

/** A series: its labels in the order in which they are written, and its value. */
interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const COUNTED = ['failed', 'skipped', 'passed', 'excluded'] as const
const OF_CONTROLS = ['failed', 'skipped', 'passed'] as const

/** Renders the report. */
export function* render(report: Report): Generator<string> {
  yield* clusterMetrics(report)
  yield* frameworkMetrics(report)
  yield* controlMetrics(report)
  yield* resourceMetrics(report)
  yield* alertMetrics(report)
}

function* clusterMetrics(report: Report): Generator<string> {
  const { complianceScore, coverage, counters, controls } = report
  yield* single('kubescape_cluster_complianceScore', 'Compliance of everything scanned, 0 to 100.', [
    displayScore(complianceScore),
  ])
  yield* single('kubescape_cluster_coverage_score', 'How much of what was asked could be read and judged, 0 to 100.', [
    displayScore(coverage.coverageScore),
  ])
  for (const status of COUNTED) {
    yield* single(`kubescape_cluster_count_resources_${status}`, `Resources whose worst verdict is ${status}.`, [
      counters[status],
    ])
  }
  const byStatus = controlCounters(controls)
  for (const status of OF_CONTROLS) {
    yield* single(`kubescape_cluster_count_control_${status}`, `Controls that ${wording(status)}.`, [byStatus[status]])
  }
}

function* frameworkMetrics({ frameworks }: Report): Generator<string> {
  const family = (name: string, help: string, valueOf: (at: number) => number): Generator<string> =>
    gauge(
      `kubescape_framework_${name}`,
      help,
      frameworks.map((framework, at) => ({ labels: { name: framework.name }, value: valueOf(at) })),
    )
  yield* family('complianceScore', 'Compliance with the framework, 0 to 100.', (at) =>
    displayScore(frameworks[at]?.complianceScore ?? 0),
  )
  for (const status of COUNTED) {
    yield* family(
      `count_resources_${status}`,
      `Resources whose worst verdict by the framework is ${status}.`,
      (at) => frameworks[at]?.counters[status] ?? 0,
    )
  }
  const byStatus = frameworks.map(({ controls }) => controlCounters(controls))
  for (const status of OF_CONTROLS) {
    yield* family(
      `count_control_${status}`,
      `Controls of the framework that ${wording(status)}.`,
      (at) => byStatus[at]?.[status] ?? 0,
    )
  }
}

function* controlMetrics({ controls }: Report): Generator<string> {
  const family = (name: string, help: string, valueOf: (result: ControlResult) => number): Generator<string> =>
    gauge(
      `kubescape_control_${name}`,
      help,
      controls.map((result) => ({
        labels: { name: result.control.name, severity: result.severity, link: controlUrl(result.control) },
        value: valueOf(result),
      })),
    )
  yield* family('complianceScore', 'Compliance with the control, 0 to 100.', ({ complianceScore }) =>
    displayScore(complianceScore),
  )
  for (const status of COUNTED) {
    yield* family(
      `count_resources_${status}`,
      `Resources for which the verdict of the control is ${status}.`,
      ({ counters }) => counters[status],
    )
  }
}

/** Only resources with something to tell; those that share all names, such as an object in two files, are added up. */
function* resourceMetrics(report: Report): Generator<string> {
  const byRef = new Map<number, Record<Status, number>>()
  for (const result of report.controls) {
    for (const { ref, status } of notPassed(report, result)) {
      const counters = byRef.get(ref) ?? noCounters()
      counters[status]++
      byRef.set(ref, counters)
    }
  }
  const byLabels = new Map<string, Counters>()
  for (const [ref, counters] of byRef) {
    const { apiVersion, kind, namespace, name } = namedResource(report, ref)
    const labels = labelText({ apiVersion, kind, namespace, name })
    byLabels.set(labels, added(byLabels.get(labels) ?? noCounters(), counters))
  }
  for (const status of ['failed', 'skipped', 'excluded'] as const) {
    const name = `kubescape_resource_count_controls_${status}`
    if (byLabels.size > 0) yield heading(name, `Controls whose verdict on the resource is ${status}.`)
    for (const [labels, counters] of byLabels) yield `${name}${labels} ${counters[status]}\n`
  }
}

/** What alerting rules are written on. */
function* alertMetrics(report: Report): Generator<string> {
  yield* single('kubescape_score', 'Compliance of everything scanned, 0 to 100, as a whole number.', [
    displayScore(report.complianceScore),
  ])
  yield* single('kubescape_compliance_score', 'Compliance of everything scanned, 0 to 100, not rounded.', [
    report.complianceScore,
  ])
  yield* single(
    'kubescape_compliance_score_without_exceptions',
    'What the compliance score would be if no exception had been made, 0 to 100, not rounded.',
    [report.complianceWithoutExceptions],
  )
  const evaluated = report.controls.filter(isEvaluated)
  for (const status of ['failed', 'excluded'] as const) {
    yield* gauge(
      `kubescape_control_${status}`,
      status === 'failed'
        ? 'Resources that failed the control; 0 where it was evaluated and nothing failed.'
        : 'Resources that failed the control and are wholly accepted by exceptions.',
      evaluated.map(({ control, severity, counters }) => ({
        labels: { control_id: control.id, control_name: control.name, severity: severity.toLowerCase() },
        value: counters[status],
      })),
    )
  }
}

/** A control that could not be evaluated has no series: a zero would say that nothing failed. */
function isEvaluated({ status, subStatus }: ControlResult): boolean {
  return status !== 'skipped' || subStatus === 'requires review'
}

function controlCounters(controls: readonly Outcome[]): Counters {
  const counters = noCounters()
  for (const { status } of controls) counters[status]++
  return counters
}

function wording(status: Status): string {
  return status === 'skipped' ? 'could not be judged' : status
}

function added(a: Counters, b: Counters): Counters {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    excluded: a.excluded + b.excluded,
  }
}

/** A family of one series without labels. */
function single(name: string, help: string, [value]: readonly [number]): Generator<string> {
  return gauge(name, help, [{ labels: {}, value }])
}

/** A family; nothing without series. */
function* gauge(name: string, help: string, samples: readonly Sample[]): Generator<string> {
  if (samples.length === 0) return
  yield heading(name, help)
  const seen = new Set<string>()
  for (const { labels, value } of samples) {
    const text = labelText(labels)
    if (seen.has(text)) continue
    seen.add(text)
    yield `${name}${text} ${value}\n`
  }
}

function heading(name: string, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const entries = Object.entries(labels)
  return entries.length === 0 ? '' : `{${entries.map(([label, value]) => `${label}="${escaped(value)}"`).join(',')}}`
}

/** The format is UTF-8 without the character that ends texts in the parser of Prometheus. */
function escaped(value: string): string {
  return value
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('"', String.raw`\"`)
}
