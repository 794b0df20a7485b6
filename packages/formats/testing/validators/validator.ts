/** What the validators of formats share: they read an output as its consumers do, and hold it against the report. */
import type { ControlResult, Report, Verdict } from '@kubescape/results'

import type { Sample } from '../reports.ts'

/** Reads an output and throws where it is not what the format promises. */
export type Validate = (output: Uint8Array, sample: Sample) => void | Promise<void>

/** The output as text; throws where it is no UTF-8. */
export function textOf(output: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(output)
}

/** The verdicts of some statuses. */
export function verdictsOf(
  report: Report,
  statuses: readonly string[],
  controls: readonly ControlResult[] = report.controls,
): Verdict[] {
  return controls.flatMap((control) => [...report.byControl(control)].filter(({ status }) => statuses.includes(status)))
}

/** Names of control characters that no reader of text should meet. */
export const CONTROL_CHARACTERS = /[\0-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/ // oxlint-disable-line no-control-regex
