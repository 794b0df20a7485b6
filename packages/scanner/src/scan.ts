/** The scan: plan, stream, join, report. */
import type { ControlInputs } from '@kubescape/controls'
import { isManaged } from '@kubescape/resources'
import type { Report, ScanMetadata, ScanProblem } from '@kubescape/results'

import type { ControlPlanePlace } from './absence.ts'
import type { ScanTarget } from './applicability.ts'
import type { ControlLimit } from './control-time.ts'
import { ExceptionBook, type ExceptionSettings } from './exceptions/exception-book.ts'
import { makeFilter, makeNamespaceFilter, narrowNeeds, type ResourceFilter } from './filter.ts'
import { Plan } from './plan.ts'
import { makeReport } from './report.ts'
import { makeScope } from './scope.ts'
import type { Selection } from './selection.ts'
import type { ResourceSource } from './source.ts'

/** What to scan, and with what. */
export interface ScanRequest {
  readonly selection: Selection
  readonly inputs: ControlInputs
  readonly source: ResourceSource
  readonly target: ScanTarget
  /** Whose Kubernetes it is, such as `eks`; empty or absent where it is not known. */
  readonly platform?: string
  /** Where its control plane is; absent where that runs in Pods, or where it is not known. */
  readonly controlPlane?: ControlPlanePlace | undefined
  readonly filter: ResourceFilter
  /** Findings that are accepted. */
  readonly exceptions?: ExceptionSettings
  /** Labels that the report keeps of every resource. */
  readonly labelsToCopy?: readonly string[]
  /** What is wrong with the policies that it judges by. */
  readonly policyProblems?: readonly ScanProblem[]
  readonly metadata: ScanMetadata
  /** The most time that each control may take; absent for as much as they need. */
  readonly controlLimit?: ControlLimit | undefined
  /** Told when a step begins, for those who measure. */
  readonly onPhase?: (phase: 'plan' | 'read' | 'join' | 'report') => void
}

/**
 * Judges everything that the source gives.
 * @throws the signal's reason when it is aborted
 */
export async function scan(request: ScanRequest, signal?: AbortSignal): Promise<Report> {
  const { inputs, source, target, platform = '', controlPlane, filter, metadata, onPhase } = request
  onPhase?.('plan')
  const kind = filter.workload?.kind
  const scope = makeScope({ ...request, kind })
  const exceptions = request.exceptions === undefined ? undefined : new ExceptionBook(request.exceptions)
  const plan = new Plan(scope.controls, inputs, scope.side, exceptions, request.labelsToCopy, request.controlLimit)
  const isJudged = makeFilter(filter)
  const isWanted = makeNamespaceFilter(filter)
  onPhase?.('read')
  for await (const resource of source.resources(narrowNeeds(plan.needs, filter))) {
    signal?.throwIfAborted()
    const judged = isJudged(resource)
    if (target === 'cluster' && isManaged(resource) && !(kind !== undefined && judged)) continue
    plan.take(resource, judged, !isWanted(resource.identity))
  }
  onPhase?.('join')
  const read = source.coverage()
  plan.join(read.unreadTypes ?? [])
  signal?.throwIfAborted()
  onPhase?.('report')
  const isOneWorkload = kind !== undefined
  return makeReport({
    ...scope,
    plan,
    inputs,
    exceptions,
    policyProblems: request.policyProblems ?? [],
    target,
    platform,
    controlPlane,
    metadata,
    source: read,
    isOneWorkload,
  })
}
