/** What changed between two scans: new failures, resolved ones, those that stayed, and those that nobody can tell. */
import type { Severity } from '@kubescape/controls'
import type { Identity } from '@kubescape/resources'

import type { Status } from '../status.ts'
import { matchResources, type Pair } from './match-resources.ts'
import { NO_EVIDENCE, type Snapshot, type SnapshotEvidence } from './snapshot.ts'

/** Whether every reason of a failure counts by itself, or only that a control fails on a resource. */
export type Granularity = 'evidence' | 'control'

/** What became of a failure. `incomparable`: one of the scans did not look, so nobody can tell. */
export type Bucket = 'new' | 'resolved' | 'unchanged' | 'incomparable'

/** What a scan says of a control on a resource; `absent` when the resource is not there. */
type ComparedStatus = Status | 'absent' | 'not evaluated'

/** A failure of one of the scans, or of both. */
export interface ComparedFailure {
  readonly bucket: Bucket
  /** As in the newer report where it is in that. */
  readonly resourceID: string
  readonly identity: Identity
  /** For people: kind, namespace and name. */
  readonly resource: string
  readonly controlID: string
  readonly controlName: string
  readonly severity: Severity
  readonly baseStatus: ComparedStatus
  readonly headStatus: ComparedStatus
  /** Why it failed; one without a path at granularity `control`. */
  readonly evidence: SnapshotEvidence
  /** The file of the resource, relative to what was scanned; empty for objects of clusters. */
  readonly file: string
  /** Why it is where it is; empty where that goes without saying. */
  readonly reason: string
}

/** Two scans side by side. */
export interface Comparison {
  readonly granularity: Granularity
  /** By bucket, then the worst first. */
  readonly failures: readonly ComparedFailure[]
  /** What to know before trusting it. */
  readonly warnings: readonly string[]
}

/** Every bucket, in the order of reports. */
export const BUCKETS: readonly Bucket[] = ['new', 'incomparable', 'resolved', 'unchanged']

const SEVERITY_ORDER: readonly Severity[] = ['Critical', 'High', 'Medium', 'Low', 'Unknown']

/** Compares an older scan with a newer one. */
export function compareSnapshots(base: Snapshot, head: Snapshot, granularity: Granularity): Comparison {
  const difference = differenceOf(base, head)
  const failures: ComparedFailure[] = []
  for (const pair of matchResources(base, head)) {
    const ids = new Set([...(pair.head?.verdicts.keys() ?? []), ...(pair.base?.verdicts.keys() ?? [])])
    for (const id of ids) failures.push(...comparePair({ base, head, pair, id, granularity, difference }))
  }
  return { granularity, failures: failures.toSorted(inOrder), warnings: warningsOf(base, head, difference) }
}

/** New failures, and those that nobody can tell, of this severity (lower case, empty for any) or worse. Unknown ones count. */
export function regressions({ failures }: Comparison, severity: string): readonly ComparedFailure[] {
  const worst = SEVERITY_ORDER.findIndex((each) => each.toLowerCase() === severity)
  return failures.filter(
    (failure) =>
      (failure.bucket === 'new' || failure.bucket === 'incomparable') &&
      (worst < 0 || failure.severity === 'Unknown' || SEVERITY_ORDER.indexOf(failure.severity) <= worst),
  )
}

/** How many failures are in each bucket. */
export function countBuckets({ failures }: Comparison): Record<Bucket, number> {
  const counts: Record<Bucket, number> = { new: 0, resolved: 0, unchanged: 0, incomparable: 0 }
  for (const { bucket } of failures) counts[bucket]++
  return counts
}

interface Case {
  readonly base: Snapshot
  readonly head: Snapshot
  readonly pair: Pair
  /** Of the control. */
  readonly id: string
  readonly granularity: Granularity
  /** Why nothing can be compared; empty when it can. */
  readonly difference: string
}

function comparePair(context: Case): ComparedFailure[] {
  const { base, head, pair, id, granularity, difference } = context
  const [before, after] = [sideOf(base, pair.base, id), sideOf(head, pair.head, id)]
  if (before.status !== 'failed' && after.status !== 'failed') return []
  const control = head.controls.get(id) ?? base.controls.get(id)
  const known = control?.severity === 'Unknown' ? base.controls.get(id) : control
  const identity = identityOfKey((pair.head ?? pair.base)?.key ?? '')
  const { file = '', line = 0 } = pair.head ?? pair.base ?? {}
  const entry = (bucket: Bucket, evidence: SnapshotEvidence, reason: string): ComparedFailure => ({
    bucket,
    resourceID: (pair.head ?? pair.base)?.id ?? '',
    identity,
    resource: [identity.kind, [identity.namespace, identity.name].filter(Boolean).join('/')].join(' '),
    controlID: id,
    controlName: control?.name ?? id,
    severity: known?.severity ?? 'Unknown',
    baseStatus: before.status,
    headStatus: after.status,
    evidence: { ...evidence, file: evidence.file || file, line: evidence.line || line },
    file: evidence.file || file,
    reason,
  })
  const unknown = difference || unknownReason(context, before.status, after.status)
  if (unknown !== '') {
    const failing = after.status === 'failed' ? after : before
    return distinct(failing.evidence, granularity, true).map((each) => entry('incomparable', each, unknown))
  }
  const hasRules = base.hasRules && head.hasRules
  const old = distinct(before.evidence, granularity, hasRules)
  const now = distinct(after.evidence, granularity, hasRules)
  const oldKeys = new Set(old.map((each) => evidenceKey(each, hasRules)))
  const nowKeys = new Set(now.map((each) => evidenceKey(each, hasRules)))
  return [
    ...now.map((each) => entry(oldKeys.has(evidenceKey(each, hasRules)) ? 'unchanged' : 'new', each, '')),
    ...old
      .filter((each) => !nowKeys.has(evidenceKey(each, hasRules)))
      .map((each) => entry('resolved', each, resolvedReason(after.status))),
  ]
}

interface Side {
  readonly status: ComparedStatus
  readonly evidence: readonly SnapshotEvidence[]
}

function sideOf({ controls }: Snapshot, resource: Pair['base'], id: string): Side {
  const control = controls.get(id)
  const verdict = resource?.verdicts.get(id)
  if (verdict?.status === 'failed') return verdict
  const none = { evidence: [] }
  if (control === undefined) return { ...none, status: 'not evaluated' }
  if (resource === undefined)
    return { ...none, status: control.notEvaluated === undefined ? 'absent' : 'not evaluated' }
  if (verdict !== undefined) return { ...none, status: verdict.status }
  return { ...none, status: control.notEvaluated === undefined ? 'passed' : 'not evaluated' }
}

/** What a key names; of a subject of role bindings the subject. The version is not known. */
function identityOfKey(key: string): Identity {
  const none = { group: '', version: '', kind: '', namespace: '', name: key }
  try {
    const parts = JSON.parse(key) as unknown
    if (!Array.isArray(parts)) return none
    const [group = '', kind = '', namespace = '', name = ''] = parts.map(String)
    return group.startsWith('[') ? identityOfKey(group) : { ...none, group, kind, namespace, name }
  } catch {
    return none
  }
}

/** Why nobody can tell whether the failure is new or resolved; empty when it can be told. */
function unknownReason({ base, head, pair, id }: Case, before: ComparedStatus, after: ComparedStatus): string {
  const [snapshot, side, status, when] =
    after === 'failed' ? [base, pair.base, before, 'before'] : [head, pair.head, after, 'now']
  if (status === 'not evaluated') {
    const why = snapshot.controls.get(id)?.notEvaluated
    return why === undefined ? `the control was not asked for ${when}` : `the control was not evaluated ${when}: ${why}`
  }
  if (status === 'skipped') return `the control could not judge the resource ${when}`
  if (side !== undefined || status !== 'absent') return ''
  const namespace = (pair.base ?? pair.head)?.namespace ?? ''
  if (!isInScope(snapshot, namespace)) return `namespace ${namespace || '""'} was left out ${when}`
  return snapshot.isComplete ? '' : `the resource is not there ${when}, but not everything could be read`
}

function isInScope({ includeNamespaces, excludeNamespaces }: Snapshot, namespace: string): boolean {
  if (includeNamespaces.length > 0 && !includeNamespaces.includes(namespace)) return namespace === ''
  return !excludeNamespaces.includes(namespace)
}

function resolvedReason(status: ComparedStatus): string {
  if (status === 'absent') return 'the resource is gone'
  return status === 'excluded' ? 'accepted by an exception' : ''
}

/** At granularity `control` one for all. Several members of a layout may speak of the same path. */
function distinct(
  evidence: readonly SnapshotEvidence[],
  granularity: Granularity,
  hasRules: boolean,
): SnapshotEvidence[] {
  const [first] = evidence
  if (granularity === 'control')
    return first === undefined ? [] : [{ ...NO_EVIDENCE, file: first.file, line: first.line }]
  const known = new Map<string, SnapshotEvidence>()
  for (const each of evidence) {
    const key = evidenceKey(each, hasRules)
    if (!known.has(key)) known.set(key, each)
  }
  return [...known.values()]
}

function evidenceKey({ rule, type, stablePath }: SnapshotEvidence, hasRules: boolean): string {
  return JSON.stringify([hasRules ? rule : '', type === 'related', stablePath])
}

/** Why the two say nothing of each other; empty when they do. */
function differenceOf(base: Snapshot, head: Snapshot): string {
  if (targetOf(base) !== targetOf(head)) return `${targetOf(base)} before, ${targetOf(head)} now`
  if (base.asked === head.asked || hasSameControls(base, head)) return ''
  return `"${base.asked}" was asked for before, "${head.asked}" now`
}

/** Then it makes no difference by which names they were asked for: views of the same scan ask by different frameworks. */
function hasSameControls({ controls }: Snapshot, { controls: others }: Snapshot): boolean {
  return controls.size === others.size && [...controls.keys()].every((id) => others.has(id))
}

function targetOf({ isCluster, cluster }: Snapshot): string {
  return isCluster ? `cluster "${cluster}"` : 'files'
}

function warningsOf(base: Snapshot, head: Snapshot, difference: string): string[] {
  const warnings: string[] = []
  if (difference !== '') warnings.push(`Nothing can be compared: ${difference}`)
  if (!base.isComplete) warnings.push('Not everything could be read before')
  if (!head.isComplete) warnings.push('Not everything could be read now')
  if (base.version !== head.version)
    warnings.push(
      `Different versions made the reports: ${base.version || 'unknown'} before, ${head.version || 'unknown'} now`,
    )
  if (base.generationTime > head.generationTime && head.generationTime !== '')
    warnings.push('The report to compare with is newer than the one that is compared')
  return warnings
}

function inOrder(a: ComparedFailure, b: ComparedFailure): number {
  return (
    BUCKETS.indexOf(a.bucket) - BUCKETS.indexOf(b.bucket) ||
    SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity) ||
    compareText(a.controlID, b.controlID) ||
    compareText(a.resourceID, b.resourceID) ||
    compareText(a.evidence.path, b.evidence.path)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
