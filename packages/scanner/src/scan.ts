/** The scan: plan, stream, join, report. */
import type { ControlInputs } from '@kubescape/controls'
import { isManaged } from '@kubescape/resources'
import type { Report, ScanMetadata } from '@kubescape/results'

import { applies, type ScanTarget } from './applicability.ts'
import { makeFilter, type ResourceFilter } from './filter.ts'
import { Plan } from './plan.ts'
import { sideControls } from './priorities.ts'
import { makeReport } from './report.ts'
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
  readonly filter: ResourceFilter
  readonly metadata: ScanMetadata
  /** Told when a step begins, for those who measure. */
  readonly onPhase?: (phase: 'plan' | 'read' | 'join' | 'report') => void
}

/**
 * Judges everything that the source gives.
 * @throws the signal's reason when it is aborted
 */
export async function scan(request: ScanRequest, signal?: AbortSignal): Promise<Report> {
  const { selection, inputs, source, target, platform = '', metadata, onPhase } = request
  onPhase?.('plan')
  const controls = selection.controls.filter((control) => applies(control, target, selection, platform))
  const side = sideControls(selection, controls)
  const plan = new Plan(controls, inputs, side)
  const isJudged = makeFilter(request.filter)
  onPhase?.('read')
  for await (const resource of source.resources(plan.needs)) {
    signal?.throwIfAborted()
    if (target === 'cluster' && isManaged(resource)) continue
    plan.take(resource, isJudged(resource))
  }
  onPhase?.('join')
  const read = source.coverage()
  plan.join(read.unreadTypes ?? [])
  onPhase?.('report')
  return makeReport({ plan, selection, controls, side, inputs, target, metadata, source: read })
}
