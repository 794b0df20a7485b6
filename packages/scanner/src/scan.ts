/** The scan: plan, stream, join, report. */
import type { ControlInputs } from '@kubescape/controls'
import type { Resource } from '@kubescape/resources'
import type { Report, ScanMetadata } from '@kubescape/results'

import { applies, type ScanTarget } from './applicability.ts'
import type { SourceCoverage } from './coverage.ts'
import { makeFilter, type ResourceFilter } from './filter.ts'
import { Plan } from './plan.ts'
import { sideControls } from './priorities.ts'
import { makeReport } from './report.ts'
import type { Selection } from './selection.ts'

/** Where resources come from. It is told which kinds are needed and may leave others unread. */
export interface ResourceSource {
  resources(needs: (kind: string) => boolean): AsyncIterable<Resource>
  /** What could be read; asked when the stream has ended. */
  coverage(): SourceCoverage
}

/** What to scan, and with what. */
export interface ScanRequest {
  readonly selection: Selection
  readonly inputs: ControlInputs
  readonly source: ResourceSource
  readonly target: ScanTarget
  readonly filter: ResourceFilter
  readonly metadata: ScanMetadata
}

/**
 * Judges everything that the source gives.
 * @throws the signal's reason when it is aborted
 */
export async function scan(request: ScanRequest, signal?: AbortSignal): Promise<Report> {
  const { selection, inputs, source, target, metadata } = request
  const controls = selection.controls.filter((control) => applies(control, target, selection))
  const side = sideControls(selection, controls)
  const plan = new Plan(controls, inputs, side)
  const isJudged = makeFilter(request.filter)
  for await (const resource of source.resources((kind) => plan.needs(kind))) {
    signal?.throwIfAborted()
    plan.take(resource, isJudged(resource))
  }
  plan.join()
  return makeReport({ plan, selection, controls, side, inputs, target, metadata, source: source.coverage() })
}
