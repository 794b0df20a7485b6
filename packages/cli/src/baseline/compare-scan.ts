/** The report of a scan beside an earlier one: the summary, the gate, and the file for scans to come. */
import { Evidence, type Originals } from '@kubescape/formats'
import type { Report } from '@kubescape/results'
import {
  compareSnapshots,
  countBuckets,
  regressions,
  renderBaseline,
  snapshotOfReport,
  type Snapshot,
} from '@kubescape/results/comparison'
import type { FailedGate } from '@kubescape/scanner'

import { openFile, write } from '../output.ts'
import { visible, type Log } from '../terminal.ts'
import type { BaselineOptions } from './baseline-options.ts'
import { regressionMessage } from './regression-message.ts'

/** More than this is for `kubescape diff`. */
const MOST = 10

/** What a scan is compared with, read before it begins. */
export interface BaselineRun {
  readonly options: BaselineOptions
  readonly base: Snapshot | undefined
  /** Appended to the name of the file that is written, where a scan has several reports. */
  readonly suffix: string
  readonly originals: Originals
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * Compares the report with the baseline, tells what is new on standard error, and writes the baseline for later scans. Gives the
 * gate when it failed.
 * @throws {Failure} for a file that cannot be written
 */
export async function compareScan(report: Report, run: BaselineRun): Promise<FailedGate[]> {
  const { options, base, originals, log, signal } = run
  const located = new Evidence(report, originals)
  const snapshot = snapshotOfReport(report, located)
  if (options.writeTo !== undefined) {
    const file = withSuffix(options.writeTo, run.suffix)
    await write(renderBaseline(snapshot), openFile(file, '--write-baseline'), signal)
    log.write('info', `Baseline written to ${file}`)
  }
  if (base === undefined) return []
  const comparison = compareSnapshots(base, snapshot, options.granularity)
  const { new: added, incomparable, resolved, unchanged } = countBuckets(comparison)
  for (const warning of comparison.warnings) log.write('warning', visible(`Baseline: ${warning}`))
  const worse = regressions(comparison, options.severity)
  for (const { controlID, controlName, severity, resource, file, evidence, bucket, reason } of worse.slice(0, MOST)) {
    const what = bucket === 'new' ? 'new' : 'not comparable'
    const place = file === '' ? '' : ` ${file}${evidence.line === 0 ? '' : `:${evidence.line}`}`
    const why = reason === '' ? evidence.path : reason
    log.write('info', visible(`${what}: ${severity} ${controlID} ${controlName}: ${resource}${place} ${why}`.trimEnd()))
  }
  if (worse.length > MOST) log.write('info', `and ${worse.length - MOST} more; kubescape diff lists all of them`)
  log.write(
    'info',
    `Baseline: ${added} new, ${incomparable} not comparable, ${resolved} resolved, ${unchanged} unchanged`,
  )
  if (!options.failOnNew || worse.length === 0) return []
  const message = regressionMessage(countBuckets({ ...comparison, failures: worse }), options.severity)
  return [{ kind: 'baseline', message: `--baseline-fail-on-new: ${message}` }]
}

function withSuffix(file: string, suffix: string): string {
  if (suffix === '') return file
  return /\.json$/i.test(file) ? `${file.slice(0, -5)}${suffix}.json` : `${file}${suffix}`
}
