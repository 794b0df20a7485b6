/** Baseline files: snapshots as JSON, a line for each resource in the order of keys, so that a changed one is easy to review. */
import { asList, asMap, asText, asTexts, field, type Value, type ValueMap } from '@kubescape/resources'

import type { SnapshotResult } from './read-snapshot.ts'
import {
  NO_EVIDENCE,
  severityNamed,
  type Snapshot,
  type SnapshotControl,
  type SnapshotEvidence,
  type SnapshotVerdict,
} from './snapshot.ts'

const VERSION = 1
const TYPES: readonly string[] = [
  'failedPath',
  'reviewPath',
  'deletePath',
  'fixPath',
  'fixCommand',
  'related',
  'control',
]

/** The text of a baseline file, in pieces. */
export function* renderBaseline(snapshot: Snapshot): Generator<string> {
  const { controls, resources, ...rest } = snapshot
  yield `{"kind":"KubescapeBaseline","formatVersion":${VERSION},\n`
  for (const [name, value] of Object.entries(rest)) yield `${JSON.stringify(name)}:${JSON.stringify(value)},\n`
  const byId = [...controls].toSorted(([a], [b]) => compare(a, b))
  yield `"controls":{\n${byId.map(([id, control]) => `${JSON.stringify(id)}:${JSON.stringify(control)}`).join(',\n')}},\n`
  yield '"resources":['
  const order = resources.toSorted((a, b) => compare(a.key, b.key) || compare(a.path, b.path))
  for (const [at, { id, key, namespace, path, content, verdicts }] of order.entries()) {
    const failed = Object.fromEntries(
      Array.from(verdicts, ([control, { status, evidence }]) => [
        control,
        { status, ...(evidence.length === 0 ? {} : { evidence: evidence.map(shortEvidence) }) },
      ]),
    )
    const resource = { id, key, namespace, path, content: content(), verdicts: failed }
    yield `${at === 0 ? '\n' : ',\n'}${JSON.stringify(resource)}`
  }
  yield ']}\n'
}

/** Reads the parsed JSON of a baseline file. */
export function readBaseline(file: ValueMap): SnapshotResult {
  const controls = asMap(file['controls'])
  const resources = file['resources']
  if (file['formatVersion'] !== VERSION) {
    return {
      problem: `it is a baseline of version ${asText(file['formatVersion']) ?? 'unknown'}, and this kubescape knows ${VERSION}`,
      hint: 'Write it again with kubescape scan --write-baseline.',
    }
  }
  if (controls === undefined || !Array.isArray(resources) || typeof file['isComplete'] !== 'boolean') {
    return {
      problem: 'it is no whole baseline: controls, resources or isComplete is missing',
      hint: 'Write it again with kubescape scan --write-baseline.',
    }
  }
  return {
    snapshot: {
      generationTime: asText(file['generationTime']) ?? '',
      version: asText(file['version']) ?? '',
      isCluster: file['isCluster'] === true,
      cluster: asText(file['cluster']) ?? '',
      asked: asText(file['asked']) ?? '',
      includeNamespaces: asTexts(file['includeNamespaces']),
      excludeNamespaces: asTexts(file['excludeNamespaces']),
      isComplete: file['isComplete'],
      hasRules: file['hasRules'] === true,
      controls: new Map(Object.entries(controls).map(([id, control]) => [id, readControl(id, control)])),
      resources: resources.map((entry) => ({
        id: asText(field(entry, 'id')) ?? '',
        key: asText(field(entry, 'key')) ?? '',
        namespace: asText(field(entry, 'namespace')) ?? '',
        path: asText(field(entry, 'path')) ?? '',
        file: asText(field(entry, 'path')) ?? '',
        line: 0,
        content: () => asText(field(entry, 'content')) ?? '',
        verdicts: new Map(
          Object.entries(asMap(field(entry, 'verdicts')) ?? {}).map(([id, verdict]) => [id, readVerdict(verdict)]),
        ),
      })),
    },
  }
}

/** Without what is empty, and without places, which move. */
function shortEvidence({ rule, type, path, stablePath }: SnapshotEvidence): object {
  return {
    ...(rule === '' ? {} : { rule }),
    type,
    ...(path === '' ? {} : { path }),
    ...(stablePath === path ? {} : { stablePath }),
  }
}

function readControl(id: string, control: Value): SnapshotControl {
  const reason = asText(field(control, 'notEvaluated'))
  return {
    name: asText(field(control, 'name')) ?? id,
    severity: severityNamed(field(control, 'severity')) ?? 'Unknown',
    ...(reason === undefined ? {} : { notEvaluated: reason }),
  }
}

function readVerdict(verdict: Value): SnapshotVerdict {
  const status = asText(field(verdict, 'status'))
  const evidence = asList(field(verdict, 'evidence')).map((entry): SnapshotEvidence => {
    const path = asText(field(entry, 'path')) ?? ''
    const type = asText(field(entry, 'type')) ?? ''
    return {
      ...NO_EVIDENCE,
      rule: asText(field(entry, 'rule')) ?? '',
      type: TYPES.includes(type) ? (type as SnapshotEvidence['type']) : 'control',
      path,
      stablePath: asText(field(entry, 'stablePath')) ?? path,
    }
  })
  const known = status === 'failed' || status === 'excluded' ? status : 'skipped'
  return { status: known, evidence: known === 'failed' && evidence.length === 0 ? [NO_EVIDENCE] : evidence }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
