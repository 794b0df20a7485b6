/** From the report of a scan that has just run to a snapshot. */
import type { Finding } from '@kubescape/controls'
import { pathOf, type Ref, type ValueMap } from '@kubescape/resources'

import { identityKey } from '../comparison-key.ts'
import type { Report, RuleVerdict, Subject } from '../report.ts'
import { shortHash } from '../short-hash.ts'
import {
  askedText,
  commandEvidence,
  NO_EVIDENCE,
  type Snapshot,
  type SnapshotControl,
  type SnapshotEvidence,
  type SnapshotResource,
  type SnapshotVerdict,
} from './snapshot.ts'

/** Reads what the report was made of again. */
interface Sources {
  prepare(wishes: { readonly stablePaths: true }): void
  objects(): Iterable<{ readonly subject: Subject; readonly ref: Ref; readonly object: ValueMap | undefined }>
  place(
    ref: Ref,
    finding: Finding,
  ): { readonly file: string; readonly line: number; readonly column: number; readonly stablePath: string }
}

/** The snapshot of a report. */
export function snapshotOfReport(report: Report, sources: Sources): Snapshot {
  const { metadata, coverage } = report
  const keys = keysOf(report)
  sources.prepare({ stablePaths: true })
  const resources: SnapshotResource[] = []
  for (const { subject, ref, object } of sources.objects()) {
    // Now: the object is let go.
    const content = object === undefined ? '' : contentOf(object)
    resources.push({
      id: subject.id,
      key: keys[ref] ?? '',
      namespace: subject.identity.namespace,
      path: subject.origin === undefined ? '' : pathOf(subject.origin),
      ...placeOf(subject, report),
      content: () => content,
      verdicts: verdictsOn(ref, report, keys, sources),
    })
  }
  return {
    generationTime: metadata.generationTime,
    version: metadata.version,
    isCluster: metadata.input.kind === 'cluster',
    cluster: metadata.input.kind === 'cluster' ? metadata.input.context : '',
    asked: askedText(metadata.targetType, metadata.targetNames),
    includeNamespaces: metadata.includeNamespaces,
    excludeNamespaces: metadata.excludeNamespaces,
    isComplete: coverage.unreadTypes.length + coverage.documents.unreadableFiles + coverage.documents.unread === 0,
    hasRules: true,
    controls: controlsOf(report),
    resources,
  }
}

/** Of a subject of bindings the place of its binding. */
function placeOf({ origin, related }: Subject, { subjects }: Report): { readonly file: string; readonly line: number } {
  const { file = '', line = 0 } = origin ?? subjects[related?.[0] ?? -1]?.origin ?? {}
  return { file, line }
}

/** A name for the content of an object, fit for reports. */
export function contentOf(object: unknown): string {
  try {
    return shortHash(JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
  } catch {
    // Nested beyond what can be written.
    return ''
  }
}

/** The key of something that is made of others. */
export function vectorKey(own: string, related: readonly string[]): string {
  return JSON.stringify([own, ...related.toSorted()])
}

function keysOf({ subjects }: Report): string[] {
  const keys = subjects.map(({ identity }) => identityKey(identity))
  for (const [ref, { related }] of subjects.entries()) {
    if (related !== undefined)
      keys[ref] = vectorKey(
        keys[ref] ?? '',
        related.map((each) => keys[each] ?? ''),
      )
  }
  return keys
}

function controlsOf({ controls, coverage }: Report): Map<string, SnapshotControl> {
  const known = new Map<string, SnapshotControl>()
  for (const { control, severity, status, subStatus, info } of controls) {
    const reason = status === 'skipped' ? { notEvaluated: info || subStatus || 'it was skipped' } : {}
    known.set(control.id, { name: control.name, severity, ...reason })
  }
  for (const { controlID, name, reason } of [...coverage.notEvaluated, ...coverage.notApplicable])
    known.set(controlID, { name, severity: 'Unknown', notEvaluated: reason })
  return known
}

function verdictsOn(ref: Ref, report: Report, keys: readonly string[], sources: Sources): Map<string, SnapshotVerdict> {
  const verdicts = new Map<string, SnapshotVerdict>()
  for (const { control, status, rules } of report.bySubject(ref)) {
    if (status === 'passed') continue
    const evidence =
      status === 'failed'
        ? rules
            .filter((rule) => rule.status === 'failed')
            .flatMap((rule) => evidenceOf(rule, ref, report, keys, sources))
        : []
    verdicts.set(control.control.id, { status, evidence })
  }
  return verdicts
}

function evidenceOf(
  { check, findings, related, commands }: RuleVerdict,
  ref: Ref,
  { subjects }: Report,
  keys: readonly string[],
  sources: Sources,
): SnapshotEvidence[] {
  const rule = check.name
  const own = findings.map((finding): SnapshotEvidence => {
    const { file, line, column, stablePath } = sources.place(ref, finding)
    return { rule, type: typeOf(finding), path: finding.path, stablePath, file, line, column }
  })
  const others = related.map((each): SnapshotEvidence => ({
    ...NO_EVIDENCE,
    rule,
    type: 'related',
    path: subjects[each.ref]?.id ?? '',
    stablePath: keys[each.ref] ?? '',
  }))
  const all = [...own, ...commandEvidence(rule, commands), ...others]
  return all.length === 0 ? [{ ...NO_EVIDENCE, rule }] : all
}

function typeOf({ role, fix }: Finding): SnapshotEvidence['type'] {
  if (fix !== undefined) return fix.action === 'remove' ? 'deletePath' : 'fixPath'
  return role === 'review' ? 'reviewPath' : 'failedPath'
}
