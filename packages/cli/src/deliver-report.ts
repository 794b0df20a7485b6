/** Where a report goes: written in every format that was asked for, and then sent to the server that was named, if any. */
import { displayScore, Evidence, explanationLines, jsonFormat, type RenderContext } from '@kubescape/formats'
import type { Commit, Report } from '@kubescape/results'

import type { Input } from './inputs/input.ts'
import type { ScanOptions } from './options.ts'
import { policyFlags } from './policy-options.ts'
import { write, type Target } from './output.ts'
import { STDOUT } from './print.ts'
import { sourceRoots } from './source-roots.ts'
import type { Destination } from './submit/destination.ts'
import type { ScanRecord } from './telemetry/scan-record.ts'
import { hasColour, terminalWidth, type Log } from './terminal.ts'

/** What a report is shown with, and where it goes. */
export interface Delivery {
  readonly input: Input
  readonly view: 'security' | 'control' | 'resource'
  readonly options: ScanOptions
  /** Opened before the scan. */
  readonly files: ReadonlyMap<Target, number>
  readonly destination: Destination | undefined
  readonly record: ScanRecord
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * Writes the report, and submits it. False when the server does not have it.
 * @throws the signal's reason when it is aborted
 */
export async function deliverReport(report: Report, delivery: Delivery): Promise<boolean> {
  const { input, view, options } = delivery
  const context: RenderContext = {
    evidence: new Evidence(report, input.originals),
    view,
    verbose: options.verbose,
    showEvidence: options.report.showEvidence,
    showAttackPaths: options.report.printAttackTree,
    omitObjects: options.report.omitObjects,
    explainScore: options.explainScore,
    width: 120,
    colour: false,
    formatVersion: options.formatVersion,
    auditExceptions: options.exceptions.audit,
    program: 'kubescape',
    policyFlags: policyFlags(options.policies),
    roots: sourceRoots(input.described),
    commits: await commitsFor(report, delivery),
    warn: (message) => delivery.log.write('warning', message),
  }
  await writeReports(report, context, delivery)
  return submit(report, context, delivery)
}

/** The last commits of files, for the formats that tell of them. */
async function commitsFor(report: Report, { options, signal }: Delivery): Promise<ReadonlyMap<string, Commit>> {
  const isTold = options.submit !== undefined || options.formats.some((name) => name === 'json' || name === 'yaml')
  const { input } = report.metadata
  if (!isTold || input.kind === 'cluster' || (input.repository?.root ?? '') === '') return new Map()
  const { commitsOf } = await import('./inputs/repository-input.ts')
  return commitsOf(report, signal)
}

async function writeReports(report: Report, context: RenderContext, delivery: Delivery): Promise<void> {
  const { files, options, record, log, signal } = delivery
  for (const [{ format, file }, opened] of files) {
    record.begin(`write ${format.name}`)
    const toTerminal = format.forPeople && opened === STDOUT
    const width = toTerminal ? terminalWidth() : context.width
    const render = await format.load()
    // Only people at a terminal asked for them.
    const isOpen = delivery.options.report.showSecrets && format.name === 'pretty-printer'
    const evidence = isOpen ? new Evidence(report, delivery.input.originals, true) : context.evidence
    await write(
      render(report, { ...context, evidence, width, colour: toTerminal && hasColour(process.stdout) }),
      opened,
      signal,
    )
    if (file !== undefined) log.write('info', `Report written to ${file}`)
  }
  const isForMachines = [...files.keys()].some(({ format }) => !format.forPeople)
  if (options.explainScore && [...files.keys()].every(({ format }) => format.name !== 'pretty-printer')) {
    for (const line of await explanationLines(report, context.width)) log.write('info', line)
  }
  if (isForMachines) log.write('info', `Overall compliance score: ${displayScore(report.complianceScore)}%`)
}

/** Sends what `--format json --format-version v2` writes. */
async function submit(report: Report, context: RenderContext, delivery: Delivery): Promise<boolean> {
  const { destination, record, log, signal } = delivery
  if (destination === undefined) return true
  record.begin('submit')
  const { submitReport } = await import('./submit/submit-report.ts')
  const render = await jsonFormat.load()
  const body = (): Iterable<string> => render(report, { ...context, formatVersion: 'v2' })
  const isSubmitted = await submitReport({ body, reportGuid: report.metadata.reportGuid }, destination, log, signal)
  record.noteStep('submit', { 'kubescape.submitted': isSubmitted })
  return isSubmitted
}
