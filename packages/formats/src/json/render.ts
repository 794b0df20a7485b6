/** JSON: the whole report on one line, in the layout of one entry per control (v3) or per resource (v2). */
import {
  apiVersionOf,
  controlSummary,
  coverageSummary,
  explainScores,
  frameworkSummary,
  metadataSummary,
  overallSummary,
  statusIn,
  type ControlResult,
  type FrameworkResult,
  type Json,
  type Layout,
  type Origin,
  type Report,
} from '@kubescape/results'

import type { RenderContext } from '../format.ts'
import { resultsByControl } from './by-control.ts'
import { exceptionAudit } from './exception-audit.ts'
import { resultsByResource } from './by-resource.ts'
import { workloadRisks } from './workload-risks.ts'

/** Length of pieces that are put together of small ones, in characters. */
const PIECE = 16 * 1024

/** Renders the report. */
export function* render(report: Report, context: RenderContext): Generator<string> {
  const isV2 = context.formatVersion === 'v2'
  const metadata = metadataSummary(report)
  yield `{"generationTime":${text(report.metadata.generationTime)},"customerGUID":"","clusterName":${text(clusterName(report))},"reportGUID":${text(report.metadata.reportGuid)}`
  yield* summaryDetails(report, isV2)
  if (!isV2) {
    yield ',"workloads":['
    yield* separated(workloadRisks(report))
    yield ']'
  }
  // Objects come before results: reading them finds the places of findings, so every document is read once.
  yield ',"resources":['
  yield* separated(resources(report, context))
  yield '],"results":['
  yield* isV2 ? separated(resultsByResource(report)) : resultsByControl(report, context)
  yield ']'
  yield* resourceLabels(report)
  yield ',"metadata":'
  const scan = { ...(metadata['scanMetadata'] as Json), formatVersion: isV2 ? 'v2' : 'v3' }
  yield stringify({ ...metadata, scanMetadata: scan })
  if (!isV2 || report.coverage.degraded) yield `,"scanCoverage":${stringify(coverageSummary(report.coverage))}`
  if (context.auditExceptions === true) yield* exceptionAudit(report)
  if (!isV2 && context.explainScore === true) yield `,"scoreExplanation":${stringify(explainScores(report))}`
  yield '}\n'
}

function* summaryDetails(report: Report, isV2: boolean): Generator<string> {
  const layout = isV2 ? 'v2' : 'v3'
  const ids = report.subjects.map(({ id }) => text(id))
  yield ',"summaryDetails":{"controls":{'
  for (const [at, result] of report.controls.entries()) {
    yield* controlEntry(report, result, ids, layout, at === 0)
    yield `,"severity":${text(result.severity)}}`
  }
  yield '},"frameworks":['
  for (const [at, framework] of report.frameworks.entries()) {
    yield `${at === 0 ? '' : ','}${stringify(frameworkSummary(framework, layout)).slice(0, -1)},"controls":{`
    for (const [place, result] of framework.controls.entries()) {
      yield* controlEntry(report, result, ids, layout, place === 0)
      yield '}'
    }
    yield `}${isV2 ? '' : frameworkTree(framework)}}`
  }
  yield `],${stringify(overallSummary(report, layout)).slice(1)}`
}

/** The entry of a control with the statuses of its resources, without the closing brace, in pieces. */
function* controlEntry(
  report: Report,
  result: ControlResult,
  ids: readonly string[],
  layout: Layout,
  isFirst: boolean,
): Generator<string> {
  const head = stringify(controlSummary(result, layout)).slice(0, -1)
  let piece = `${isFirst ? '' : ','}${text(result.control.id)}:${head},"resourceIDs":{`
  let separator = ''
  for (const { ref, status } of report.byControl(result)) {
    piece += `${separator}${ids[ref] ?? ''}:"${statusIn(layout, status)}"`
    separator = ','
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield `${piece}}`
}

/** The sections of the publisher's document with their controls, as members of the framework; nothing where it has none. */
function frameworkTree({ controls, numbers, sections }: FrameworkResult): string {
  if (Object.keys(sections).length === 0) return ''
  const numbered = controls.map(({ control }) => ({ controlID: control.id, number: numbers[control.id] ?? '' }))
  const below = (parent: string): Json[] =>
    Object.entries(sections)
      .filter(([section]) => section.slice(0, Math.max(0, section.lastIndexOf('.'))) === parent)
      .map(([section, title]) => ({
        number: section,
        title,
        controls: numbered.filter(({ number }) => number.slice(0, number.lastIndexOf('.')) === section),
        sections: below(section),
      }))
  return `,"sections":${stringify(below(''))}`
}

function* resources(report: Report, { evidence, omitObjects = false, commits }: RenderContext): Generator<string> {
  for (const { subject, ref, object } of evidence.objects()) {
    const { origin } = subject
    yield stringify({
      resourceID: subject.id,
      ...(omitObjects ? {} : { object: object ?? vectorObject(report, subject) }),
      ...(origin === undefined
        ? {}
        : {
            source: {
              path: origin.file,
              relativePath: origin.relativePath,
              fileType: origin.fileType,
              line: origin.line,
              ...renderedFrom(origin, () => evidence.valuePaths(ref)),
              ...(commits?.has(origin.file) === true ? { lastCommit: commits.get(origin.file) } : {}),
            },
          }),
    })
  }
}

/** What published reports say of sources that are rendered. */
function renderedFrom({ rendered, line }: Origin, valuePaths: () => string[]): Json {
  if (rendered === undefined) return {}
  const { kind, path, name, template, valueSet } = rendered
  if (kind === 'kustomization') return { kustomizeDirectoryName: path }
  return {
    helmPath: path,
    helmChartName: name,
    helmTemplateFile: template,
    helmTemplateLine: line,
    helmValuesPaths: valuePaths(),
    ...(valueSet === '' ? {} : { valueSet }),
  }
}

/** The labels that somebody asked for, by resource; nothing where nobody did. */
function* resourceLabels({ subjects }: Report): Generator<string> {
  let isFirst = true
  for (const { id, labels } of subjects) {
    if (labels === undefined) continue
    yield `${isFirst ? ',"resourceLabels":{' : ','}${text(id)}:${stringify(labels)}`
    isFirst = false
  }
  if (!isFirst) yield '}'
}

function vectorObject(report: Report, { identity, related }: Report['subjects'][number]): Json {
  const { group, kind, namespace, name } = identity
  if (related === undefined) {
    return {
      apiVersion: apiVersionOf(identity),
      kind,
      metadata: { name, ...(namespace === '' ? {} : { namespace }) },
    }
  }
  const relatedObjects = related.map((ref) => ({ resourceID: report.subjects[ref]?.id ?? '' }))
  return { kind, name, namespace, apiGroup: group, relatedObjects }
}

function* separated(items: Iterable<string>): Generator<string> {
  let first = true
  for (const item of items) {
    yield first ? item : `,${item}`
    first = false
  }
}

function text(value: string): string {
  return JSON.stringify(value)
}

function clusterName({ metadata }: Report): string {
  return metadata.clusterName ?? (metadata.input.kind === 'cluster' ? metadata.input.context : '')
}

/** Integers beyond 2^53 keep every digit. */
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return JSON.stringify(value, bigintAsNumber)
  }
}

/** `JSON.rawJSON` is in every engine that this code runs on, and not yet in TypeScript's library. */
function bigintAsNumber(_: string, value: unknown): unknown {
  const engine = JSON as unknown as { rawJSON: (text: string) => unknown }
  return typeof value === 'bigint' ? engine.rawJSON(value.toString()) : value
}
