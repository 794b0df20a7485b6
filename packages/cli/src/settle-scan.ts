/** From a command line to a scan: what was typed, what the environment and the configuration add to it, all checked. */
import { relative } from 'node:path'

import { FORMATS } from '@kubescape/formats'

import { settle, type Settled } from './config/settle.ts'
import type { ScanCommand } from './commands/scan.ts'
import { Failure } from './failure.ts'
import { readScanOptions, type ScanOptions } from './options.ts'
import { Log, visible } from './terminal.ts'
import { list, text, type Typed } from './typed.ts'
import { readWorkload } from './workload-name.ts'

/** The arguments of the commands below `scan`, before their paths. */
export interface Asked {
  readonly frameworks?: string
  readonly controls?: string
  readonly workload?: string
}

/**
 * Everything that a scan is told, apart from its paths. Which configuration is used is said.
 * @throws {Failure} for flags, variables and files that make no sense
 */
export async function settleScan(
  asked: Asked,
  paths: readonly string[],
  flags: Typed,
): Promise<Omit<ScanCommand, 'paths'>> {
  const file = text(flags, 'chartPath') ?? text(flags, 'filePath')
  const settled = await settle(flags, paths.length === 0 && file !== undefined ? [file] : paths, process.env)
  const options = readOptions(settled)
  refuseUnaskedFiles(settled, options)
  if (settled.file !== undefined)
    new Log(options.logLevel, options.run.logStyle).write('info', `Settings: ${shown(settled.file.path)}`)
  const isChosen = ['includeControls', 'excludeControls', 'skipControls'].some((name) => flags[name] !== undefined)
  return {
    options,
    ...policies(asked, settled.typed),
    isNarrowed: isChosen || Object.keys(asked).length > 0,
  }
}

/** Some formats go to files even where no file is named; a configuration that was only found must not make them. */
function refuseUnaskedFiles({ origins, file, typed }: Settled, { formats, output }: ScanOptions): void {
  if (origins.get('format') !== 'file' || typeof typed['config'] === 'string' || output !== undefined) return
  const format = FORMATS.find(({ name, toFile }) => toFile === true && formats.includes(name))
  if (format === undefined) return
  throw new Failure(
    `${shown(file?.path ?? '')} asks for the format ${format.name}, which is written to a file`,
    'Say where with --output, or ask for another format with --format.',
  )
}

/** Whoever reads that a flag makes no sense has to know that it may stand in a file. */
function readOptions({ typed, file }: Settled): ScanOptions {
  try {
    return readScanOptions(typed)
  } catch (error) {
    if (!(error instanceof Failure) || file === undefined || file.settings.length === 0) throw error
    throw new Failure(error.message, `${error.hint} Settings of ${shown(file.path)} count too.`)
  }
}

/** What to judge by: the command says it, or else the configuration. */
function policies(asked: Asked, typed: Typed): Pick<ScanCommand, 'frameworks' | 'controls' | 'workload'> {
  const { frameworks, controls, workload } = asked
  if (workload !== undefined) return { workload: readWorkload(workload, typed) }
  if (frameworks !== undefined) return { frameworks: frameworks.split(',') }
  if (controls !== undefined) return { controls: controls.split(',') }
  return {
    ...(list(typed, 'frameworks').length === 0 ? {} : { frameworks: list(typed, 'frameworks') }),
    ...(list(typed, 'controls').length === 0 ? {} : { controls: list(typed, 'controls') }),
  }
}

function shown(path: string): string {
  const near = relative('.', path)
  return visible(near.startsWith('..') ? path : near)
}
