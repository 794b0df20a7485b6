/** From JSON that somebody hands in, a report of layout v2 or v3 or a baseline file, to a snapshot. Anything may be in it. */
import { severityOf } from '@kubescape/controls'
import { asList, asMap, asText, asTexts, field, type Value, type ValueMap } from '@kubescape/resources'

import { readBaseline } from './baseline-file.ts'
import { readByControl, readByResource } from './read-results.ts'
import { readResources } from './read-resources.ts'
import { askedText, severityNamed, type Snapshot, type SnapshotControl } from './snapshot.ts'

/** A snapshot, or why there is none. */
export type SnapshotResult = { readonly snapshot: Snapshot } | { readonly problem: string; readonly hint: string }

const HINT = 'Give what kubescape scan --format json or --write-baseline has written.'

/** Reads the parsed JSON of a report or a baseline file. */
export function readSnapshot(value: unknown): SnapshotResult {
  const report = asMap(value as Value)
  if (report === undefined) return { problem: 'it is no report', hint: HINT }
  if (report['kind'] === 'KubescapeBaseline') return readBaseline(report)
  const results = report['results']
  const controls = asMap(field(report, 'summaryDetails', 'controls'))
  if (field(report, 'metadata', 'encryptionMetadata', 'encryptedDEK'))
    return { problem: 'it is encrypted', hint: 'Compare reports that were written without --encrypt.' }
  if (!Array.isArray(results) || !Array.isArray(report['resources']) || controls === undefined)
    return { problem: 'it is no report: summaryDetails.controls, resources or results is missing', hint: HINT }
  const scan = field(report, 'metadata', 'scanMetadata')
  const target = asMap(field(report, 'metadata', 'targetMetadata'))
  const cluster = asMap(target?.['clusterContextMetadata'])
  const isCluster = asText(field(scan, 'scanningTarget')) === '0' && cluster !== undefined
  const isByControl = asText(field(scan, 'formatVersion')) === 'v3'
  const known = readControls(controls, report)
  const resources = readResources(report['resources'], results)
  if (isByControl) readByControl(results, resources)
  else readByResource(results, resources)
  const lost = lostFailure(controls, resources.failed)
  if (lost !== undefined) return { problem: `it is not whole: it lists no resource that failed ${lost}`, hint: HINT }
  return {
    snapshot: {
      generationTime: asText(report['generationTime']) ?? '',
      version: asText(field(scan, 'kubescapeVersion')) ?? '',
      isCluster,
      cluster: isCluster ? asText(cluster['contextName']) || asText(report['clusterName']) || '' : '',
      asked: askedText(asText(field(scan, 'targetType')) ?? '', asTexts(field(scan, 'targetNames'))),
      includeNamespaces: asTexts(field(scan, 'includeNamespaces')).filter(Boolean),
      excludeNamespaces: asTexts(field(scan, 'excludedNamespaces')).filter(Boolean),
      isComplete: isComplete(asMap(report['scanCoverage'])),
      hasRules: !isByControl,
      controls: known,
      resources: resources.list,
    },
  }
}

function readControls(controls: ValueMap, report: ValueMap): Map<string, SnapshotControl> {
  const known = new Map<string, SnapshotControl>()
  for (const id of Object.keys(controls)) {
    const control = controls[id]
    const status = asText(field(control, 'status')) ?? asText(field(control, 'statusInfo', 'status'))
    const why = asText(field(control, 'statusInfo', 'info')) || asText(field(control, 'statusInfo', 'subStatus'))
    known.set(id, {
      name: asText(field(control, 'name')) ?? id,
      severity: severityNamed(field(control, 'severity')) ?? severityOf(Number(field(control, 'scoreFactor') ?? 0)),
      ...(status === 'passed' || status === 'failed' ? {} : { notEvaluated: why || 'it was skipped' }),
    })
  }
  for (const list of ['notEvaluatedControls', 'notApplicableControls']) {
    for (const entry of asList(field(report, 'scanCoverage', list))) {
      const id = asText(field(entry, 'controlID'))
      if (id === undefined || known.has(id)) continue
      const notEvaluated = asText(field(entry, 'reason')) || 'it was not evaluated'
      known.set(id, { name: asText(field(entry, 'name')) ?? id, severity: 'Unknown', notEvaluated })
    }
  }
  return known
}

/** Nothing was left unread. Reports that say nothing of coverage have nothing to say. */
function isComplete(coverage: ValueMap | undefined): boolean {
  const lists = ['failedGVRPulls', 'partialGVRPulls'].map((name) => asList(coverage?.[name]).length)
  const documents = ['unreadableFiles', 'unread'].map((name) => Number(field(coverage, 'documents', name) ?? 0))
  return [...lists, ...documents].every((amount) => amount === 0)
}

/** A control whose summary counts failures when the results have none: somebody cut the report. */
function lostFailure(controls: ValueMap, failed: ReadonlySet<string>): string | undefined {
  return Object.keys(controls).find((id) => {
    const amount = Number(field(controls[id], 'ResourceCounters', 'failedResources') ?? 0)
    return amount > 0 && !failed.has(id)
  })
}
