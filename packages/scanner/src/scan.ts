/** The scan: plan, stream, join, report. */
import type { ControlInputs } from '@kubescape/controls'
import { isManaged } from '@kubescape/resources'
import type { Report, ScanMetadata } from '@kubescape/results'

import type { ControlPlanePlace } from './absence.ts'
import type { ScanTarget } from './applicability.ts'
import { makeFilter, makeNamespaceFilter, type ResourceFilter } from './filter.ts'
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
  readonly metadata: ScanMetadata
}

/**
 * Judges everything that the source gives.
 * @throws the signal's reason when it is aborted
 */
export async function scan(request: ScanRequest, signal?: AbortSignal): Promise<Report> {
  const { inputs, source, target, platform = '', controlPlane, filter, metadata } = request
  const kind = filter.workload?.kind
  const scope = makeScope({ ...request, kind })
  const plan = new Plan(scope.controls, inputs, scope.side)
  const isJudged = makeFilter(filter)
  const isWanted = makeNamespaceFilter(filter)
  for await (const resource of source.resources(plan.needs)) {
    signal?.throwIfAborted()
    const judged = isJudged(resource)
    if (target === 'cluster' && isManaged(resource) && !(kind !== undefined && judged)) continue
    plan.take(resource, judged, !isWanted(resource.identity))
  }
  const read = source.coverage()
  plan.join(read.unreadTypes ?? [])
  const isOneWorkload = kind !== undefined
  return makeReport({ ...scope, plan, inputs, target, platform, controlPlane, metadata, source: read, isOneWorkload })
}
