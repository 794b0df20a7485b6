/** `kubescape scan`: judges manifests and reports. */
import { readFileSync, statSync } from 'node:fs'

import { displayScore, Evidence } from '@kubescape/formats'
import type { Report, ScanMetadata } from '@kubescape/results'
import { filterBySeverity, makeInputs, scan, selectControls, type Selection } from '@kubescape/scanner'
import { DEFAULT_MAX_FILE_BYTES, FileSource } from '@kubescape/sources'
import { decodeText, readDocument } from '@kubescape/yaml'

import { breathe } from '../breath.ts'
import { Failure } from '../failure.ts'
import { failedGate } from '../gates.ts'
import type { ScanOptions } from '../options.ts'
import { openTargets, planOutput, write, type Target } from '../output.ts'
import { STDOUT } from '../print.ts'
import { Progress } from '../progress.ts'
import { count, hasColour, Log, terminalWidth } from '../terminal.ts'
import { readVersion } from '../version.ts'

/** What a scan was asked to do. */
export interface ScanCommand {
  readonly paths: readonly string[]
  readonly frameworks?: readonly string[]
  readonly controls?: readonly string[]
  readonly options: ScanOptions
}

/**
 * Runs a scan and gives the exit code.
 * @throws {Failure} when there is nothing to scan or the request makes no sense
 */
export async function runScan(command: ScanCommand, signal: AbortSignal): Promise<number> {
  const { paths, options } = command
  const log = new Log(options.logLevel)
  if (paths.length === 0) throw noTarget()
  const view = options.view ?? (isNamed(command) ? 'control' : 'security')
  const selection = selectControls({
    frameworks: command.frameworks ?? (isNamed(command) ? [] : bareFrameworks(view)),
    controls: command.controls ?? [],
    include: options.includeControls,
    exclude: options.excludeControls,
  })
  const inputs = makeInputs(readControlsConfig(options.controlsConfig))
  const targets = planOutput(options.formats, options.output)
  explainFlags(options, log)

  const files = openTargets(targets)
  const progress = new Progress()
  const source = new FileSource({
    paths,
    excludePaths: options.excludePaths,
    useIgnoreFile: options.useIgnoreFile,
    maxFileBytes: maxFileBytes(),
    readEverything: process.env['KUBESCAPE_READ_EVERYTHING'] === '1',
    onProgress: (done, all) => {
      progress.update(done, all)
      return breathe(signal)
    },
  })
  const report = await scan(
    {
      selection,
      inputs,
      source,
      target: options.asCluster ? 'cluster' : 'file',
      filter: options,
      metadata: metadataOf(command, selection),
    },
    signal,
  )
  progress.end()
  log.problems(report.coverage.problems)
  requireResources(report, source)

  await writeReports(report, source, targets, files, view, options, log, signal)
  return exitCode(report, source, options, log)
}

async function writeReports(
  report: Report,
  source: FileSource,
  targets: readonly Target[],
  files: ReadonlyMap<Target, number>,
  view: 'security' | 'control' | 'resource',
  options: ScanOptions,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const shown = filterBySeverity(report, options.minSeverity, options.maxSeverity)
  const evidence = new Evidence(shown, source)
  for (const target of targets) {
    const file = files.get(target) ?? STDOUT
    const toTerminal = target.format.forPeople && file === STDOUT
    const render = await target.format.load()
    const chunks = render(shown, {
      evidence,
      view,
      verbose: options.verbose,
      width: toTerminal ? terminalWidth() : 120,
      colour: toTerminal && hasColour(process.stdout),
      formatVersion: options.formatVersion,
      program: 'kubescape',
    })
    await write(chunks, file, signal)
    if (target.file !== undefined) log.write('info', `Report written to ${target.file}`)
    if (!target.format.forPeople) log.write('info', `Overall compliance score: ${displayScore(shown.complianceScore)}%`)
  }
}

function exitCode(report: Report, source: FileSource, options: ScanOptions, log: Log): number {
  const gate = failedGate(report, options)
  if (source.namedProblems > 0) {
    log.write(
      'error',
      `${count(source.namedProblems, 'problem')} in what was named on the command line; everything else was judged`,
    )
  }
  if (gate !== undefined) log.write('fatal', gate)
  return gate !== undefined || source.namedProblems > 0 ? 1 : 0
}

/** A scan without a single resource says nothing, so it must not look like a success. */
function requireResources(report: Report, source: FileSource): void {
  const { documents } = report.coverage
  if (documents.read + documents.notNeeded > 0) return
  const looked = [
    count(documents.files, 'file'),
    ...(source.directories > 0 ? [count(source.directories, 'directory', 'directories')] : []),
  ].join(' in ')
  const found = [
    ...(documents.ignored > 0 ? [`${count(documents.ignored, 'document')} without a Kubernetes object`] : []),
    ...(documents.unread > 0 ? [`${count(documents.unread, 'document')} could not be read`] : []),
    ...(documents.unreadableFiles > 0 ? [`${count(documents.unreadableFiles, 'file')} could not be read`] : []),
  ]
  throw new Failure(
    `no Kubernetes resource was found: looked at ${looked} (.yaml, .yml, .json)${found.length > 0 ? `; ${found.join(', ')}` : ''}`,
    'Name a file or directory with manifests; an object needs apiVersion and kind.',
  )
}

function explainFlags(options: ScanOptions, log: Log): void {
  if (options.hostScan) {
    log.write(
      'warning',
      '--enable-host-scan collects facts from the nodes of a live cluster; for files, add the objects of kubescape node-facts (apiVersion hostdata.kubescape.cloud) to what is scanned',
    )
  }
  if (options.submit) log.write('warning', '--submit: no server is configured, so nothing is sent')
}

function isNamed(command: ScanCommand): boolean {
  return command.frameworks !== undefined || command.controls !== undefined
}

function bareFrameworks(view: string): string[] {
  return view === 'security' ? ['workloadscan', 'allcontrols'] : ['allcontrols', 'nsa', 'mitre']
}

function noTarget(): Failure {
  return new Failure(
    'nothing to scan: no path was given, and this version cannot reach a cluster yet',
    'Name files or directories: kubescape scan ./manifests. For a cluster: kubectl get all -A -o yaml | kubescape scan --as-cluster -',
  )
}

function readControlsConfig(file: string | undefined): unknown {
  if (file === undefined) return undefined
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`--controls-config cannot be read: ${why}`, 'Give a JSON or YAML file of control inputs.')
  }
  const decoded = decodeText(bytes)
  const result =
    'text' in decoded ? readDocument(decoded.text, { start: 0, end: decoded.text.length, line: 1 }) : undefined
  const problem = 'problem' in decoded ? decoded.problem : result?.problems[0]
  if (problem !== undefined) {
    throw new Failure(
      `--controls-config ${file}:${problem.line ?? 1}:${problem.column ?? 1}: ${problem.message}`,
      problem.hint ?? 'Correct the file.',
    )
  }
  return result?.value
}

function maxFileBytes(): number {
  const value = process.env['KUBESCAPE_MAX_FILE_SIZE']
  if (value === undefined || value === '') return DEFAULT_MAX_FILE_BYTES
  const bytes = Number(value)
  if (Number.isInteger(bytes) && bytes > 0) return bytes
  throw new Failure(`KUBESCAPE_MAX_FILE_SIZE is "${value}"`, 'Give a number of bytes, such as 33554432.')
}

function metadataOf({ paths, frameworks, controls, options }: ScanCommand, selection: Selection): ScanMetadata {
  const [first = ''] = paths
  const isFile = paths.length === 1 && statSync(first, { throwIfNoEntry: false })?.isFile() === true
  return {
    generationTime: new Date().toISOString(),
    reportGuid: newGuid(),
    version: readVersion().version,
    targetType: controls === undefined ? 'framework' : 'control',
    targetNames: controls ?? frameworks ?? selection.frameworks.map(({ name }) => name),
    input: { kind: first === '-' ? 'stdin' : isFile ? 'file' : 'directory', paths },
    formats: options.formats,
    includeNamespaces: options.includeNamespaces,
    excludeNamespaces: options.excludeNamespaces,
    complianceThreshold: options.complianceThreshold,
    verbose: options.verbose,
    controlsInputs: options.controlsConfig ?? '',
  }
}

/** A version 4 UUID. It names a report and guards nothing, so the loading of a cryptographic library is not worth it. */
function newGuid(): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(Math.random() * 16))
  digits[12] = 4
  digits[16] = 8 + ((digits[16] ?? 0) % 4)
  const text = digits.map((digit) => digit.toString(16)).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
