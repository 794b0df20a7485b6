/** Reports that a test alters, as a later scan would find other numbers. */
import type { ControlResult, Report } from '@kubescape/results'

/** The same report with other numbers in it. */
export function altered(
  report: Report,
  changes: Partial<Report>,
  ofControl: (result: ControlResult) => Partial<ControlResult> = () => ({}),
): Report {
  const controls = report.controls.map((result) => ({ ...result, ...ofControl(result) }))
  const original = new Map(controls.map((result, at) => [result, report.controls[at]]))
  return {
    ...report,
    controls,
    byControl: (result) => report.byControl(original.get(result) ?? result),
    ...changes,
  }
}
