/** `kubescape scan`: judges manifests or clusters and reports. */
import { CLOUD_GROUPS } from '@kubescape/controls'
import type { Report } from '@kubescape/results'
import {
  applicableFrameworks,
  filterBySeverity,
  makeInputs,
  scan,
  type ControlLimit,
  type ExceptionRule,
  selectControls,
  type FailedGate,
  type Selection,
} from '@kubescape/scanner'

import { exceptionSettings, readNamedExceptions, warnOfExceptions } from '../exceptions/scan-exceptions.ts'
import { readControlsConfig } from '../controls-config.ts'
import { deliverReport } from '../deliver-report.ts'
import { Failure } from '../failure.ts'
import { exitCodeOf, type Ending } from '../exit-codes.ts'
import { checkGates, gatesFor, tellGates, type Failing } from '../gates.ts'
import type { Input } from '../inputs/input.ts'
import { openInputs, requireCluster } from '../inputs/open-inputs.ts'
import { limitTime, type LimitedTime } from '../limited-time.ts'
import { refuseNetwork } from '../offline.ts'
import type { ScanOptions } from '../options.ts'
import { openTargets, planOutput, withSuffix, type Target } from '../output.ts'
import { Progress } from '../progress.ts'
import { describedInput, metadataOf } from '../scan-metadata.ts'
import type { JudgedBy } from '../policy/load-set.ts'
import { overridesOf, readPolicies } from '../policy/judged-by.ts'
import type { Destination } from '../submit/destination.ts'
import { ScanRecord } from '../telemetry/scan-record.ts'
import { wantedSignals } from '../telemetry/signals.ts'
import { count, Log, visible } from '../terminal.ts'
import { readVersion } from '../version.ts'
import type { WorkloadCommand } from '../workload-name.ts'

const WORKLOAD_FRAMEWORKS = ['workloadscan', 'allcontrols']

/** What a scan was asked to do. */
export interface ScanCommand {
  readonly paths: readonly string[]
  readonly frameworks?: readonly string[]
  readonly controls?: readonly string[]
  readonly workload?: WorkloadCommand
  readonly options: ScanOptions
  /** The command line says what to judge by: thresholds of anything else do not count. */
  readonly isNarrowed: boolean
  /** Told when the request has turned out to make sense. */
  readonly onBegin?: () => void
}

/**
 * Runs a scan and gives the exit code.
 * @throws {Failure} when there is nothing to scan or the request makes no sense
 */
export async function runScan(command: ScanCommand, signal: AbortSignal): Promise<number> {
  refuseNetwork(pathsOf(command), command.options, process.env)
  const record = new ScanRecord()
  const limited = limitTime(signal, command.options.run)
  try {
    const code = await scanInputs(command, record, limited)
    record.end(code)
    return code
  } catch (error) {
    record.end(1, error)
    throw error
  } finally {
    limited.release()
    if (!command.options.keepLocal && !signal.aborted)
      await tell(record, new Log(command.options.logLevel, command.options.run.logStyle), signal)
  }
}

async function scanInputs(command: ScanCommand, record: ScanRecord, limited: LimitedTime): Promise<number> {
  const { options } = command
  const log = new Log(options.logLevel, options.run.logStyle)
  const { signal, controlLimit } = limited
  const policies = await readPolicies(options, log, limited.isOver)
  const overrides = overridesOf(readControlsConfig(options.controlsConfig) ?? options.inputs, policies)
  makeInputs(overrides, policies?.set.ownInputs)
  const exceptions = await readNamedExceptions(options.exceptions, log, policies?.set.exceptions, policies?.catalogue)
  requireCluster(pathsOf(command), options)
  if (isNamed(command)) select(command, [], policies)
  if (options.dryRun) return askOnly(command, policies, log, signal)
  const targets = planOutput(options.formats, options.output)
  explainFlags(pathsOf(command), options, log)
  const destination = await findDestination(options)
  const compare = await planComparison(options, log, signal)
  const progress = new Progress()
  command.onBegin?.()
  const outcomes: Outcome[] = []
  for await (const input of openInputs(pathsOf(command), command, record, progress, log, signal)) {
    const request: ScanRun = {
      ...command,
      input,
      policies,
      overrides,
      exceptions,
      targets,
      destination,
      compare,
      record,
      progress,
      log,
      signal,
      controlLimit,
    }
    try {
      outcomes.push(await scanInput(request))
    } finally {
      input.close()
    }
  }
  tellGates(
    outcomes.flatMap(({ failing }) => failing),
    log,
  )
  const endings = outcomes.flatMap((outcome) => [...outcome.endings, ...outcome.failing.map(({ kind }) => kind)])
  return exitCodeOf(endings, options.gates.exitCodes)
}

/** How the scan of an input went wrong. */
interface Outcome {
  readonly failing: readonly Failing[]
  readonly endings: readonly Ending[]
}

/** Checked before the scan, which may take long; what sends is loaded only for those who send. */
async function findDestination({ submit: options }: ScanOptions): Promise<Destination | undefined> {
  if (options === undefined) return undefined
  const { readDestination } = await import('../submit/destination.ts')
  return readDestination(options, process.env)
}

/** What compares a report with an earlier one, which is read now; loaded only for those who compare. */
async function planComparison({ baseline }: ScanOptions, log: Log, signal: AbortSignal): Promise<Compare> {
  if (baseline.file === undefined && baseline.writeTo === undefined) return () => Promise.resolve([])
  const { compareScan } = await import('../baseline/compare-scan.ts')
  const { readSnapshotFile } = await import('../baseline/read-snapshot-file.ts')
  const base = baseline.file === undefined ? undefined : readSnapshotFile(baseline.file, `--baseline ${baseline.file}`)
  return (report, { originals, suffix }) =>
    compareScan(report, { options: baseline, base, suffix, originals, log, signal })
}

/** What is named to be read; of a workload without that its chart, or its file. */
function pathsOf({ paths, workload }: ScanCommand): readonly string[] {
  const lives = workload?.chart ?? workload?.file
  return paths.length === 0 && lives !== undefined ? [lives] : paths
}

/** Whether a scan may read what it needs, instead of the scan. */
async function askOnly(
  command: ScanCommand,
  policies: JudgedBy | undefined,
  log: Log,
  signal: AbortSignal,
): Promise<number> {
  const { workload, options } = command
  if (pathsOf(command).length > 0) {
    throw new Failure('--dry-run asks a cluster for rights; files need none', 'Leave it out, or name no path.')
  }
  if (options.hostScan.use === 'collect') {
    log.write(
      'warning',
      '--dry-run does not ask for what --enable-host-scan makes: kubescape host-scan manifest prints that',
    )
  }
  const { runPreflight } = await import('../preflight.ts')
  const selectFor = (platform: string): Selection =>
    select(command, workload === undefined ? clusterFrameworks(platform, policies) : WORKLOAD_FRAMEWORKS, policies)
  return runPreflight({ options, ...(workload === undefined ? {} : { workload }), select: selectFor }, log, signal)
}

/** Holds a report against an earlier one, and gives the gate that failed. */
type Compare = (report: Report, input: Input) => Promise<FailedGate[]>

interface ScanRun extends ScanCommand {
  readonly input: Input
  /** What it judges by beside the built-in controls, or instead of them. */
  readonly policies: JudgedBy | undefined
  readonly overrides: unknown
  /** Of the files that were named. */
  readonly exceptions: readonly ExceptionRule[]
  readonly targets: readonly Target[]
  readonly destination: Destination | undefined
  readonly compare: Compare
  readonly record: ScanRecord
  readonly progress: Progress
  readonly log: Log
  readonly signal: AbortSignal
  readonly controlLimit: ControlLimit | undefined
}

async function scanInput(run: ScanRun): Promise<Outcome> {
  const { input, options, record, progress, log, signal } = run
  record.note({ 'kubescape.input.kind': input.described.kind })
  const view = options.view ?? (run.workload !== undefined ? 'resource' : isNamed(run) ? 'control' : 'security')
  const { policies } = run
  const selection = select(run, bareFrameworks(view, input, policies), policies)
  const inputs = makeInputs(run.overrides, policies?.set.ownInputs)
  const targets = run.targets.map((target) => withSuffix(target, input.suffix))
  const files = openTargets(targets)
  const metadata = metadataOf(
    { ...run, sources: policies?.set.sources },
    selection,
    await describedInput(input, options, signal),
  )
  const exceptions = exceptionSettings(run.exceptions, input, options, metadata.generationTime, policies?.catalogue)
  const report = await scan(
    {
      selection,
      inputs: input.platform === '' ? inputs : { ...inputs, cloudProvider: input.platform },
      source: input.source,
      target: input.target,
      platform: input.platform,
      controlPlane: input.controlPlane,
      filter: { ...options, ...input.filter },
      exceptions,
      labelsToCopy: options.report.labelsToCopy,
      metadata,
      policyProblems: policies?.set.problems ?? [],
      controlLimit: run.controlLimit,
      onPhase: (phase) => record.begin(phase),
    },
    signal,
  )
  record.count(report)
  progress.end()
  log.problems(report.coverage.problems)
  warnOfExceptions(report, log)
  input.requireResources(report)
  const shown = filterBySeverity(report, options.minSeverity, options.maxSeverity)
  const isDelivered = await deliverReport(shown, { ...run, view, files })
  record.endStep()
  suggestDescription(report, run)
  const isRead = tellNamedProblems(input, log)
  const worse = await run.compare(report, input)
  const gates = gatesFor(report, options.gates, run.isNarrowed, log)
  const context = input.suffix === '' ? '' : contextOf(input)
  return {
    failing: [...checkGates(gates, report, context), ...worse.map((failed) => ({ ...failed, input: context }))],
    endings: [...(isRead ? [] : ['coverage' as const]), ...(isDelivered ? [] : ['error' as const])],
  }
}

/** Sends what the run tells of itself, where the environment names a collector. Failing to is a warning, no more. */
async function tell(record: ScanRecord, log: Log, signal: AbortSignal): Promise<void> {
  const signals = wantedSignals(process.env)
  if (signals.length === 0) return
  const { exportTelemetry } = await import('../telemetry/export-telemetry.ts')
  const { version } = readVersion()
  const reasons = await exportTelemetry({ record, signals, version, env: process.env, signal })
  if (reasons.length > 0) log.write('warning', visible(`Telemetry was not sent: ${reasons.join('; ')}`))
}

function select(
  { frameworks, controls, options }: ScanCommand,
  otherwise: readonly string[],
  policies: JudgedBy | undefined,
): Selection {
  const isBare = frameworks === undefined && controls === undefined
  return selectControls(
    {
      frameworks: frameworks ?? (isBare ? otherwise : []),
      controls: controls ?? [],
      include: options.includeControls,
      exclude: options.excludeControls,
    },
    policies?.catalogue,
  )
}

/** False when something that was named could not be read. */
function tellNamedProblems({ namedProblems }: Input, log: Log): boolean {
  if (namedProblems === 0) return true
  log.write(
    'error',
    `${count(namedProblems, 'problem')} in what was named on the command line; everything else was judged`,
  )
  return false
}

function contextOf({ described }: Input): string {
  return described.kind === 'cluster' ? described.context : ''
}

/** Whoever does not know that the cloud can be asked takes what it would say for impossible to judge. */
function suggestDescription({ coverage }: Report, { input, options, log }: ScanRun): void {
  const { described, platform } = input
  if (described.kind !== 'cluster' || !described.isManaged || !(platform in CLOUD_GROUPS) || options.cloudDescribe)
    return
  const amount = coverage.notEvaluated.filter(({ missing }) => missing.includes('ClusterDescribe')).length
  if (amount === 0) return
  log.write(
    'info',
    `${count(amount, 'control')} ${amount === 1 ? 'needs' : 'need'} what the cloud says of this cluster: add --cloud-describe to ask it, or --facts with its answer`,
  )
}

function explainFlags(paths: readonly string[], options: ScanOptions, log: Log): void {
  if (options.hostScan.use === 'collect' && paths.length > 0) {
    log.write(
      'warning',
      '--enable-host-scan is for scans of a cluster: run kubescape node-facts on the nodes, and give its files to the scan as paths beside the manifests',
    )
  }
  const { given } = options.charts
  if (paths.length === 0 && given.length > 0)
    log.write('warning', `${given.join(', ')}: a cluster has no charts to render; name one as a path`)
}

function isNamed(command: ScanCommand): boolean {
  return command.frameworks !== undefined || command.controls !== undefined
}

/** What is judged when nothing is named: of a cluster every framework that applies to it; what policies bring is judged too. */
function bareFrameworks(
  view: string,
  { described, platform, filter }: Input,
  policies: JudgedBy | undefined,
): string[] {
  if (policies?.isBundle === true) return policies.catalogue.frameworks.map(({ name }) => name)
  const brought = policies?.set.frameworks.map(({ name }) => name) ?? []
  if (filter?.workload !== undefined) return [...WORKLOAD_FRAMEWORKS, ...brought]
  if (described.kind === 'cluster') return clusterFrameworks(platform, policies)
  return [...(view === 'security' ? ['workloadscan', 'allcontrols'] : ['allcontrols', 'nsa', 'mitre']), ...brought]
}

function clusterFrameworks(platform: string, policies: JudgedBy | undefined): string[] {
  return applicableFrameworks(platform, policies?.catalogue.frameworks).map(({ name }) => name)
}
