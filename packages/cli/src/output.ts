/** Where reports go: standard output or files, written as they are rendered. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

import { FORMATS, type Format } from '@kubescape/formats'

import { breathe } from './breath.ts'
import { Failure } from './failure.ts'
import { STDOUT, writeAll } from './print.ts'

/** A format with the file that it is written to; no file is standard output. */
export interface Target {
  readonly format: Format
  readonly file: string | undefined
}

const CHUNK = 256 * 1024

/**
 * Decides where each format goes.
 * @throws {Failure} when two would be written to the same place
 */
export function planOutput(names: readonly string[], output: string | undefined): Target[] {
  const formats = names.flatMap((name) => FORMATS.find((format) => format.name === name) ?? [])
  if (output === undefined && formats.length > 1) {
    throw new Failure(
      'several formats cannot share standard output',
      'Add --output NAME: each format then gets a file of its own.',
    )
  }
  return formats.map((format) => ({
    format,
    file: output === undefined ? undefined : withExtension(output, format.extension),
  }))
}

/**
 * Opens the files before the scan, so that a place that cannot be written is known at once.
 * @throws {Failure} for a file that cannot be written
 */
export function openTargets(targets: readonly Target[]): Map<Target, number> {
  return new Map(targets.map((target) => [target, target.file === undefined ? STDOUT : openFile(target.file)]))
}

/**
 * Writes what a format renders.
 * @throws the signal's reason when it is aborted
 */
export async function write(chunks: Iterable<string>, file: number, signal: AbortSignal): Promise<void> {
  let waiting = ''
  for (const chunk of chunks) {
    waiting += chunk
    if (waiting.length < CHUNK) continue
    writeAll(file, waiting)
    waiting = ''
    await breathe(signal)
  }
  writeAll(file, waiting)
  if (file !== STDOUT) closeSync(file)
}

/** The same place with something appended to the name of the file. */
export function withSuffix({ format, file }: Target, suffix: string): Target {
  if (file === undefined || suffix === '') return { format, file }
  const stem = file.slice(0, -format.extension.length)
  return { format, file: `${stem}${suffix}${format.extension}` }
}

/**
 * Opens a file to be written, with the directories that it is in.
 * @throws {Failure} when it cannot be; `flag` is how another place is chosen
 */
export function openFile(file: string, flag = '--output'): number {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o750 })
    return openSync(file, 'w')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot write ${file}: ${why}`, `Choose another place with ${flag}.`)
  }
}

function withExtension(output: string, extension: string): string {
  return output.toLowerCase().endsWith(extension) ? output : `${output}${extension}`
}
