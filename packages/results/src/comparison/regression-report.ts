/** The regressions of a comparison as a report, for formats that only know reports: controls without any have passed. */
import type { Check, ControlDeclaration, Finding, Severity } from '@kubescape/controls'
import type { Ref } from '@kubescape/resources'

import type { Coverage } from '../coverage.ts'
import type { ControlResult, Report, ScanMetadata, Subject, Verdict } from '../report.ts'
import type { SeverityCounters } from '../status.ts'
import type { ComparedFailure } from './compare.ts'
import type { Snapshot, SnapshotEvidence } from './snapshot.ts'

/** The report, and what its findings were made of. */
export interface RegressionReport {
  readonly report: Report
  /** The evidence of a finding of a subject. */
  evidenceOf(ref: Ref, finding: Finding): SnapshotEvidence | undefined
}

/** What the comparison does not know. */
export interface RegressionContext {
  /** The newer of the two. */
  readonly head: Snapshot
  /** Its file. */
  readonly file: string
  /** The control with this id; undefined where there is none. */
  readonly controlOf: (id: string) => ControlDeclaration | undefined
}

const BASE_SCORES: Readonly<Record<Severity, number>> = { Critical: 9, High: 7, Medium: 4, Low: 1, Unknown: 0 }

/** Makes the report. What failed before and nobody can tell of now is among its problems. */
export function regressionReport(
  regressions: readonly ComparedFailure[],
  { head, file, controlOf }: RegressionContext,
): RegressionReport {
  const current = regressions.filter(({ headStatus }) => headStatus === 'failed')
  const subjects = subjectsOf(current)
  const refs = new Map(subjects.map(({ id }, ref) => [id, ref]))
  const sources = new Map<Finding, SnapshotEvidence>()
  const verdicts = new Map<string, Map<Ref, Finding[]>>()
  const ids = Array.from(head.controls, ([id, { notEvaluated }]) => (notEvaluated === undefined ? id : ''))
  for (const id of ids) if (id !== '') verdicts.set(id, new Map())
  for (const { controlID, resourceID, evidence } of current) {
    const byRef = verdicts.get(controlID) ?? new Map<Ref, Finding[]>()
    const ref = refs.get(resourceID) ?? 0
    const findings = byRef.get(ref) ?? []
    const finding = findingOf(evidence)
    if (finding !== undefined) {
      sources.set(finding, evidence)
      findings.push(finding)
    }
    verdicts.set(controlID, byRef.set(ref, findings))
  }
  const controls = [...verdicts].map(([id, byRef]) => controlResult(id, byRef.size, head, controlOf))
  const failed = controls.filter(({ status }) => status === 'failed')
  const verdictOf = (control: ControlResult, ref: Ref, findings: readonly Finding[]): Verdict => ({
    control,
    ref,
    status: 'failed',
    subStatus: '',
    rules: [
      {
        check: checkNamed(findings.map((each) => sources.get(each)?.rule).find(Boolean) ?? ''),
        status: 'failed',
        subStatus: '',
        findings,
        excepted: [],
        exceptions: [],
        related: [],
        messages: [],
      },
    ],
  })
  const complianceScore = controls.length === 0 ? 100 : (100 * (controls.length - failed.length)) / controls.length
  const report: Report = {
    status: failed.length > 0 ? 'failed' : 'passed',
    subStatus: '',
    metadata: metadataOf(head, file),
    subjects,
    controls,
    frameworks: [],
    counters: { passed: 0, failed: subjects.length, skipped: 0, excluded: 0 },
    resourcesBySeverity: bySeverity(failed, ({ counters }) => counters.failed),
    controlsBySeverity: bySeverity(failed, () => 1),
    score: 0,
    complianceScore,
    complianceWithoutExceptions: complianceScore,
    coverage: coverageOf(regressions, head),
    priorities: () => [],
    exceptions: () => [],
    present: () => undefined,
    *byControl(control) {
      for (const [ref, findings] of verdicts.get(control.control.id) ?? []) yield verdictOf(control, ref, findings)
    },
    *bySubject(ref) {
      for (const control of controls) {
        const findings = verdicts.get(control.control.id)?.get(ref)
        if (findings !== undefined) yield verdictOf(control, ref, findings)
      }
    },
  }
  return {
    report,
    evidenceOf(ref, finding) {
      // Formats ask with findings of their own for the object itself.
      const known = sources.get(finding)
      if (known !== undefined) return known
      const { id } = subjects[ref] ?? {}
      return current.find(({ resourceID }) => resourceID === id)?.evidence
    },
  }
}

function subjectsOf(failures: readonly ComparedFailure[]): Subject[] {
  const subjects = new Map<string, Subject>()
  for (const { resourceID, identity, file, evidence } of failures) {
    if (subjects.has(resourceID)) continue
    const origin = {
      file,
      relativePath: file,
      fileType: 'YAML',
      start: 0,
      end: 0,
      line: evidence.line,
      itemPath: '',
      ordinal: 0,
    } as const
    subjects.set(resourceID, {
      id: resourceID,
      identity: { ...identity, version: versionOf(resourceID) },
      ...(file === '' ? {} : { origin }),
      weight: 1,
      replicas: 1,
      judged: true,
    })
  }
  return [...subjects.values()]
}

/** `path=.../api=<group>/<version>/...`; subjects of role bindings have none. */
function versionOf(resourceID: string): string {
  return /^(?:path=[^/]*\/api=)?[^/]*\/(v\d\w*)\//.exec(resourceID)?.[1] ?? ''
}

/** Undefined for what is at fault as a whole. */
function findingOf({ type, path }: SnapshotEvidence): Finding | undefined {
  if (path === '' || type === 'related') return undefined
  return { role: type === 'reviewPath' ? 'review' : 'failed', path }
}

function controlResult(
  id: string,
  failures: number,
  { controls }: Snapshot,
  controlOf: RegressionContext['controlOf'],
): ControlResult {
  const { name = id, severity = 'Unknown' } = controls.get(id) ?? {}
  const unknown = { id, name, baseScore: BASE_SCORES[severity], scope: [], why: name, repair: '', checks: [] }
  const score = failures === 0 ? 100 : 0
  return {
    control: controlOf(id) ?? unknown,
    severity,
    status: failures === 0 ? 'passed' : 'failed',
    subStatus: '',
    info: '',
    counters: { passed: 0, failed: failures, skipped: 0, excluded: 0 },
    score: 0,
    complianceScore: score,
    complianceWithoutExceptions: score,
    frameworks: [],
  }
}

function checkNamed(name: string): Check {
  return { name, shape: 'local', match: [], judge: () => undefined }
}

function metadataOf(head: Snapshot, file: string): ScanMetadata {
  return {
    // Formats need a time; where nobody knows it, it is the beginning.
    generationTime: Number.isNaN(Date.parse(head.generationTime)) ? '1970-01-01T00:00:00Z' : head.generationTime,
    reportGuid: '',
    version: head.version,
    targetType: 'control',
    targetNames: [],
    input: head.isCluster
      ? { kind: 'cluster', context: head.cluster, server: '', version: '', provider: '', isManaged: false }
      : { kind: 'file', paths: [file] },
    formats: [],
    includeNamespaces: head.includeNamespaces,
    excludeNamespaces: head.excludeNamespaces,
    complianceThreshold: 0,
    verbose: false,
    controlsInputs: '',
    exceptions: '',
  }
}

function coverageOf(regressions: readonly ComparedFailure[], { controls }: Snapshot): Coverage {
  const unknown = regressions.filter(({ headStatus }) => headStatus !== 'failed')
  const evaluated = [...controls.values()].filter(({ notEvaluated }) => notEvaluated === undefined).length
  return {
    coverageScore: controls.size === 0 ? 0 : (100 * evaluated) / controls.size,
    degraded: unknown.length > 0,
    evaluatedControls: evaluated,
    totalControls: controls.size,
    notEvaluated: [],
    notApplicable: [],
    vacuousFrameworks: [],
    unknownWorkloads: [],
    documents: { files: 0, unreadableFiles: 0, read: 0, unread: 0, notNeeded: 0, ignored: 0 },
    unreadTypes: [],
    policyDegradations: [],
    nodes: [],
    problems: unknown.map(({ controlID, resource, reason, file }) => ({
      code: 'diff/incomparable',
      message: `${controlID} failed on ${resource} before, and nobody can tell of now: ${reason}`,
      ...(file === '' ? {} : { file }),
    })),
  }
}

function bySeverity(controls: readonly ControlResult[], amount: (control: ControlResult) => number): SeverityCounters {
  const counters: SeverityCounters = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 }
  for (const control of controls) {
    counters[control.severity.toLowerCase() as keyof SeverityCounters] += amount(control)
  }
  return counters
}
