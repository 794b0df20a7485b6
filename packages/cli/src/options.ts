/** The flags of `scan`: their texts, and from what was typed to what is meant. */
import { Option, type Command } from 'commander'

import { FORMATS } from '@kubescape/formats'
import { parseSelector, type Requirement } from '@kubescape/resources'

import { addBaselineOptions, readBaselineOptions, type BaselineOptions } from './baseline/baseline-options.ts'
import { addChartOptions, readChartOptions, type ChartOptions } from './chart-options.ts'
import { Failure } from './failure.ts'
import { addExceptionOptions, readExceptionOptions, type ExceptionOptions } from './exception-options.ts'
import { addGateOptions, readGateOptions, type GateOptions } from './gate-options.ts'
import { addHostScanOptions, readHostScanOptions, type HostScanOptions } from './host-scan-options.ts'
import { IDLE_FLAGS } from './idle-flags.ts'
import { addPolicyOptions, readPolicyOptions, type PolicyOptions } from './policy-options.ts'
import { addReportOptions, readReportOptions, type ReportOptions } from './report-options.ts'
import { addRunOptions, readRunOptions, type RunOptions } from './run-options.ts'
import { LOG_LEVELS, type LogLevel } from './terminal.ts'
import { list, names, oneOf, severity, SEVERITY_NAMES, text, type Typed } from './typed.ts'

/** Flags that take no value; `--flag=true` and `--flag=false` are understood too. */
export const SWITCHES = [
  'verbose',
  'explain-score',
  'as-cluster',
  'keep-local',
  'dry-run',
  'enable-host-scan',
  'host-scan',
  'cloud-describe',
  'submit',
  'show-evidence',
  'show-secrets',
  'omit-raw-resources',
  'print-attack-tree',
  'audit-exceptions',
  'honor-inline-exceptions',
  'offline',
  'fail-on-degraded-config',
  'baseline-fail-on-new',
  'fail-on-new',
  'use-default',
  'enable-rego-prints',
  'help',
] as const

/** Where a report is sent to, as it was typed. */
export interface SubmitOptions {
  /** A URL. */
  readonly server: string
  /** A file of certificates to trust instead of the usual ones. */
  readonly authorities: string | undefined
}

/** What `scan` was told, checked. */
export interface ScanOptions {
  readonly formats: readonly string[]
  readonly output: string | undefined
  readonly formatVersion: string
  readonly verbose: boolean
  readonly explainScore: boolean
  readonly view: 'security' | 'control' | 'resource' | undefined
  readonly gates: GateOptions
  readonly run: RunOptions
  readonly baseline: BaselineOptions
  readonly report: ReportOptions
  readonly includeNamespaces: readonly string[]
  readonly excludeNamespaces: readonly string[]
  readonly includeKinds: readonly string[]
  readonly excludeKinds: readonly string[]
  readonly labels: readonly Requirement[]
  readonly includeControls: readonly string[]
  readonly excludeControls: readonly string[]
  readonly controlsConfig: string | undefined
  /** Policies beside the built-in ones, or instead of them. */
  readonly policies: PolicyOptions
  /** What charts are rendered with. */
  readonly charts: ChartOptions
  /** Which findings are accepted. */
  readonly exceptions: ExceptionOptions
  /** Control inputs of the configuration; undefined without any. */
  readonly inputs: unknown
  readonly minSeverity: string
  readonly maxSeverity: string
  readonly asCluster: boolean
  readonly excludePaths: readonly string[]
  readonly useIgnoreFile: boolean
  /** A revision: only files that have changed since are scanned. */
  readonly changedSince: string | undefined
  /** A kubeconfig file; undefined for the usual places. */
  readonly kubeconfig: string | undefined
  /** Contexts to scan; none is the current one. */
  readonly contexts: readonly string[]
  /** Where facts of the nodes come from. */
  readonly hostScan: HostScanOptions
  /** Files and directories with facts, judged beside a cluster. */
  readonly facts: readonly string[]
  /** Ask the cloud's own command line program. */
  readonly cloudDescribe: boolean
  /** Ask a cluster what may be read, and read nothing. */
  readonly dryRun: boolean
  /** Where to send the report; undefined to keep it. */
  readonly submit: SubmitOptions | undefined
  /** Nothing may be sent, telemetry included. */
  readonly keepLocal: boolean
  readonly logLevel: LogLevel
}

const VIEWS = ['security', 'control', 'resource'] as const

/** Adds the flags of `scan` to a command. */
export function addScanOptions(command: Command): Command {
  const formats = FORMATS.map(({ name }) => name).join('|')
  addReportOptions(addRunOptions(addBaselineOptions(addExceptionOptions(addGateOptions(addHostScanOptions(command))))))
  addPolicyOptions(addChartOptions(command))
  command
    .option('-f, --format <formats>', `output formats, separated by commas: ${formats}`)
    .option('-o, --output <file>', 'write the report to this file instead of standard output')
    .option('--format-version <version>', 'layout of the JSON report: v3 (an entry per control) or v2 (per resource)')
    .option('-v, --verbose', 'also show passed controls, and every failing resource with its fields')
    .option('--explain-score', 'show how the scores come about, and which controls cost how much')
    .option('--view <view>', 'how to look at the result: security|control|resource')
    .option('--include-namespaces <names>', 'judge these namespaces only', collect)
    .option('-e, --exclude-namespaces <names>', 'do not judge these namespaces', collect)
    .option('--include-kinds <kinds>', 'judge these kinds only, such as Deployment,Pod', collect)
    .option('--exclude-kinds <kinds>', 'do not judge these kinds', collect)
    .option('--label-selector <selector>', 'judge only objects with these labels, in the syntax of kubectl -l')
    .option('--include-controls <ids>', 'run these controls only, of those asked for', collect)
    .option('--exclude-controls <ids>', 'leave these controls out', collect)
    .option('--skip-controls <ids>', 'the same as --exclude-controls', collect)
    .option('--controls-config <file>', 'control inputs: a JSON or YAML file of names with lists of texts')
    .option('--min-severity <severity>', 'show controls of this severity or worse only; gates see all')
    .option('--max-severity <severity>', 'show controls of this severity or less only; gates see all')
    .option('--as-cluster', 'the files are a dump of a cluster: run the controls that apply to clusters too')
    .option('--exclude-path <pattern>', 'leave files out, in the syntax of .gitignore; may be repeated', collectWhole)
    .addOption(new Option('--ignore-file').hideHelp())
    .option('--no-ignore-file', 'do not read .kubescapeignore')
    .option(
      '--changed-since <revision>',
      'scan only files that have changed since they left this branch, tag or commit of git',
    )
    .option('--kubeconfig <file>', 'the kubeconfig to find clusters in; default: KUBECONFIG, ~/.kube/config, the Pod')
    .option('--kube-context <names>', 'the contexts to scan, separated by commas; default: the current one', collect)
    .addOption(new Option('--kube-contexts <names>').argParser(collect).hideHelp())
    .option(
      '--facts <path>',
      'with a cluster: a file or directory with facts of nodes and clouds, judged too; may be repeated',
      collectWhole,
    )
    .option('--cloud-describe', 'with a cluster: ask its cloud about it, with the aws, gcloud or az that is installed')
    .option('--dry-run', 'ask the cluster whether all that is needed may be read, and read nothing; exit 1 if not')
    .option(
      '--submit',
      'send the report (JSON, layout v2) to the server that --server names; KUBESCAPE_SERVER_TOKEN holds its token',
    )
    .option('--server <url>', 'where --submit sends the report: an http or https URL, used as it is')
    .option('--server-ca <file>', 'certificates to trust for --server instead of the usual ones, as PEM')
    .option('--keep-local', 'send nothing at all, telemetry included, whatever the environment says')
    .option('-l, --logger <level>', `least level of messages on standard error: ${LOG_LEVELS.join('|')}`)
  for (const { flags } of IDLE_FLAGS) command.addOption(new Option(flags).hideHelp())
  // What a file or the environment switches on, `--flag=false` switches off.
  for (const name of SWITCHES) {
    const isOwn = command.options.some(({ long }) => long === `--${name}`)
    if (isOwn && !name.endsWith('host-scan')) command.addOption(new Option(`--no-${name}`).hideHelp())
  }
  return command
}

/**
 * Checks what was typed.
 * @throws {Failure} for values that make no sense
 */
export function readScanOptions(typed: Typed): ScanOptions {
  const minSeverity = severity(typed, 'minSeverity', '--min-severity')
  const maxSeverity = severity(typed, 'maxSeverity', '--max-severity')
  if (
    minSeverity !== '' &&
    maxSeverity !== '' &&
    SEVERITY_NAMES.indexOf(minSeverity) > SEVERITY_NAMES.indexOf(maxSeverity)
  ) {
    throw new Failure(`--min-severity ${minSeverity} is above --max-severity ${maxSeverity}`, 'Swap them.')
  }
  return {
    formats: formatNames(text(typed, 'format') ?? 'pretty-printer'),
    output: outputName(text(typed, 'output')),
    formatVersion: oneOf(text(typed, 'formatVersion') ?? 'v3', ['v2', 'v3'], '--format-version'),
    verbose: typed['verbose'] === true,
    explainScore: typed['explainScore'] === true,
    view: viewName(text(typed, 'view')),
    gates: readGateOptions(typed),
    run: readRunOptions(typed),
    baseline: readBaselineOptions(typed),
    report: readReportOptions(typed),
    includeNamespaces: names(typed, 'includeNamespaces'),
    excludeNamespaces: names(typed, 'excludeNamespaces'),
    includeKinds: kinds(typed, 'includeKinds', '--include-kinds'),
    excludeKinds: kinds(typed, 'excludeKinds', '--exclude-kinds'),
    labels: labelRequirements(text(typed, 'labelSelector')),
    includeControls: list(typed, 'includeControls'),
    excludeControls: [...list(typed, 'excludeControls'), ...list(typed, 'skipControls')],
    controlsConfig: text(typed, 'controlsConfig'),
    policies: readPolicyOptions(typed),
    charts: readChartOptions(typed),
    exceptions: readExceptionOptions(typed),
    inputs: typed['inputs'],
    minSeverity,
    maxSeverity,
    asCluster: typed['asCluster'] === true,
    excludePaths: list(typed, 'excludePath'),
    useIgnoreFile: typed['ignoreFile'] !== false,
    changedSince: text(typed, 'changedSince'),
    kubeconfig: text(typed, 'kubeconfig'),
    contexts: [...names(typed, 'kubeContext'), ...names(typed, 'kubeContexts')],
    facts: list(typed, 'facts'),
    cloudDescribe: typed['cloudDescribe'] === true,
    hostScan: readHostScanOptions(typed),
    dryRun: typed['dryRun'] === true,
    submit: submitOptions(typed),
    keepLocal: typed['keepLocal'] === true,
    logLevel: oneOf(text(typed, 'logger') ?? 'info', LOG_LEVELS, '--logger') as LogLevel,
  }
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',')]
}

function collectWhole(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value]
}

function kinds(typed: Typed, name: string, flag: string): string[] {
  const given = list(typed, name)
  const trimmed = names(typed, name)
  if (given.length > 0 && trimmed.length === 0)
    throw new Failure(`${flag} is empty`, 'Name at least one kind, such as Deployment.')
  return trimmed
}

/** Nothing is sent unless both are named: that it is sent, and where to. */
function submitOptions(typed: Typed): SubmitOptions | undefined {
  const server = text(typed, 'server')
  const authorities = text(typed, 'serverCa')
  if (typed['submit'] !== true) {
    const flag = server === undefined ? '--server-ca' : '--server'
    if (server === undefined && authorities === undefined) return undefined
    throw new Failure(`${flag} does nothing without --submit`, 'Add --submit to send the report there.')
  }
  if (typed['keepLocal'] === true) {
    throw new Failure('--submit and --keep-local contradict each other', 'Give one of them.')
  }
  if (server === undefined) {
    throw new Failure('--submit: no server is known', 'Name one: --server https://reports.example.com/v1/reports.')
  }
  return { server, authorities }
}

function viewName(value: string | undefined): ScanOptions['view'] {
  return value === undefined ? undefined : (oneOf(value, VIEWS, '--view') as ScanOptions['view'])
}

/**
 * Names of formats between commas, each once.
 * @throws {Failure} for one that there is not
 */
export function formatNames(value: string): string[] {
  const known = FORMATS.map(({ name }) => name)
  const wanted = value.split(',').map((each) => {
    const name = each.trim().toLowerCase()
    return name === 'pretty' || name === 'pretty-print' ? 'pretty-printer' : name
  })
  for (const name of wanted) {
    if (name === '') throw new Failure('--format has an empty entry', `Use one or more of ${known.join(', ')}.`)
    if (!known.includes(name))
      throw new Failure(`--format does not know "${name}"`, `Use one or more of ${known.join(', ')}.`)
  }
  return [...new Set(wanted)]
}

function outputName(value: string | undefined): string | undefined {
  return value !== undefined && value.trim() === '' ? 'report' : value
}

function labelRequirements(selector: string | undefined): readonly Requirement[] {
  if (selector === undefined) return []
  try {
    return parseSelector(selector)
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new Failure(
      `--label-selector cannot be read: ${what}`,
      'Write it as for kubectl -l, such as app=web,tier!=test.',
    )
  }
}
