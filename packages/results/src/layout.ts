/** The published JSON layouts, part by part: names and meaning of the parts that v2 and v3 share. */
import { CATEGORIES, type Category } from '@kubescape/controls'

import { typePath, type Coverage } from './coverage.ts'
import type { ControlResult, FrameworkResult, Report, Repository, ScanMetadata } from './report.ts'
import type { Counters, SeverityCounters, Status } from './status.ts'

/** `v3` counts excluded resources by themselves; `v2`, the published layout, among those that passed. */
export type Layout = 'v2' | 'v3'

/** A JSON object. */
export type Json = Record<string, unknown>

/** A 32-bit float with no more digits than it has. */
export function shortFloat(value: number): number {
  for (let digits = 6; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === Math.fround(value)) return short
  }
  return value
}

/** What `summaryDetails.controls` says of a control, without `resourceIDs`. */
export function controlSummary(result: ControlResult, layout: Layout): Json {
  return {
    statusInfo: { status: result.status, subStatus: result.subStatus, info: result.info },
    controlID: result.control.id,
    name: result.control.name,
    status: result.status,
    ResourceCounters: resourceCounters(result.counters, layout),
    subStatusCounters: { ignoredResources: result.counters.excluded },
    score: shortFloat(result.score),
    complianceScore: shortFloat(result.complianceScore),
    scoreFactor: result.control.baseScore,
    ...categoryOf(result),
  }
}

/** What `summaryDetails.frameworks` says of a framework, without its controls. */
export function frameworkSummary(result: FrameworkResult, layout: Layout): Json {
  return {
    name: result.name,
    status: result.status,
    version: '',
    score: shortFloat(result.score),
    ...complianceScores(result, layout),
    ResourceCounters: resourceCounters(result.counters, layout),
  }
}

/** What `summaryDetails` says of the whole scan, without controls and frameworks. */
export function overallSummary(report: Report, layout: Layout): Json {
  return {
    status: report.status,
    resourcesSeverityCounters: severityCounters(report.resourcesBySeverity),
    controlsSeverityCounters: severityCounters(report.controlsBySeverity),
    ResourceCounters: resourceCounters(report.counters, layout),
    score: shortFloat(report.score),
    ...complianceScores(report, layout),
  }
}

/** `scanCoverage`: the published members first, then what tells files apart from clusters. */
export function coverageSummary(coverage: Coverage): Json {
  return {
    coverageScore: shortFloat(Math.fround(coverage.coverageScore)),
    degraded: coverage.degraded,
    evaluatedControls: coverage.evaluatedControls,
    totalControls: coverage.totalControls,
    failedGVRPulls: coverage.unreadTypes
      .filter(({ partOf }) => partOf === undefined)
      .map((type) => ({ gvr: typePath(type), error: type.error })),
    partialGVRPulls: coverage.unreadTypes
      .filter(({ partOf }) => partOf !== undefined)
      .map((type) => ({ gvr: typePath(type), selector: type.partOf, error: type.error })),
    notEvaluatedControls: coverage.notEvaluated.map(({ controlID, name, missing, reason }) => ({
      controlID,
      name,
      missingGVRs: missing,
      reason,
    })),
    notApplicableControls: coverage.notApplicable.map(({ controlID, name, reason }) => ({ controlID, name, reason })),
    policyDegradations: coverage.policyDegradations,
    silentFailedGVRCount: 0,
    vacuousFrameworks: coverage.vacuousFrameworks,
    unknownWorkloadKinds: coverage.unknownWorkloads,
    documents: coverage.documents,
    nodes: coverage.nodes.map(({ name, facts, unread, reason }) => ({
      name,
      facts,
      unreadPlaces: unread,
      ...(reason === undefined ? {} : { reason }),
    })),
    problems: coverage.problems,
  }
}

/** `metadata`. */
export function metadataSummary(report: Report): Json {
  const { metadata } = report
  const { input } = metadata
  const target =
    input.kind === 'cluster'
      ? {
          clusterContextMetadata: {
            contextName: input.context,
            cloudMetadata: { cloudProvider: input.provider, shortName: '', fullName: '', prefixName: '' },
            gitVersion: input.version,
          },
        }
      : input.repository !== undefined
        ? { gitRepoContextMetadata: repositorySummary(input.repository) }
        : input.kind === 'directory'
          ? { directoryContextMetadata: { basePath: input.paths.join(', '), hostName: '' } }
          : { fileContextMetadata: { filePath: input.paths.join(', '), hostName: '' } }
  return {
    targetMetadata: target,
    scanMetadata: {
      targetType: metadata.targetType,
      targetNames: metadata.targetNames,
      kubescapeVersion: metadata.version,
      formats: metadata.formats,
      controlsInputs: metadata.controlsInputs,
      useExceptions: metadata.exceptions,
      excludedNamespaces: metadata.excludeNamespaces,
      includeNamespaces: metadata.includeNamespaces,
      complianceThreshold: metadata.complianceThreshold,
      failThreshold: 0,
      scanningTarget: scanningTarget(input),
      hostScanner: report.coverage.nodes.length > 0,
      submit: false,
      verboseMode: metadata.verbose,
      ...(metadata.policies === undefined ? {} : { policies: metadata.policies }),
    },
  }
}

/** The published number of what was scanned. */
function scanningTarget(input: ScanMetadata['input']): number {
  if (input.kind !== 'cluster' && input.repository !== undefined) return input.repository.isRemote ? 2 : 3
  return { cluster: 0, file: 1, stdin: 1, directory: 4 }[input.kind]
}

function repositorySummary({ provider, owner, name, url, branch, defaultBranch, commit, root }: Repository): Json {
  return {
    provider,
    repo: name,
    owner,
    branch,
    defaultBranch,
    remoteURL: url,
    lastCommit: commit ?? {},
    localRootPath: root,
  }
}

function resourceCounters({ passed, failed, skipped, excluded }: Counters, layout: Layout): Json {
  const isV2 = layout === 'v2'
  return {
    passedResources: isV2 ? passed + excluded : passed,
    failedResources: failed,
    skippedResources: skipped,
    excludedResources: isV2 ? 0 : excluded,
  }
}

/** A status as the layout words it. */
export function statusIn(layout: Layout, status: Status): Status {
  return layout === 'v2' && status === 'excluded' ? 'passed' : status
}

function complianceScores(
  { complianceScore, complianceWithoutExceptions }: Pick<Report, 'complianceScore' | 'complianceWithoutExceptions'>,
  layout: Layout,
): Json {
  return {
    complianceScore: shortFloat(complianceScore),
    ...(layout === 'v2' ? {} : { complianceWithoutExceptions: shortFloat(complianceWithoutExceptions) }),
  }
}

function severityCounters({ critical, high, medium, low }: SeverityCounters): Json {
  return { criticalSeverity: critical, highSeverity: high, mediumSeverity: medium, lowSeverity: low }
}

function categoryEntry(name: Category): Json {
  return { name, id: CATEGORIES[name] }
}

function categoryOf({ control }: ControlResult): Json {
  if (control.category === undefined) return {}
  return {
    category: {
      ...categoryEntry(control.category),
      ...(control.subCategory === undefined ? {} : { subCategory: categoryEntry(control.subCategory) }),
    },
  }
}
