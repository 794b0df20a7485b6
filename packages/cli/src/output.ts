/** Where reports go: standard output or files, written as they are rendered. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

import { FORMATS, type Format } from '@kubescape/formats'

import { breathe } from './breath.ts'
import { Failure } from './failure.ts'

/** A format with the file that it is written to; no file is standard output. */
export interface Target {
  readonly format: Format
  readonly file: string | undefined
}

const CHUNK = 64 * 1024

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
  return new Map(targets.flatMap((target) => (target.file === undefined ? [] : [[target, open(target.file)]])))
}

/**
 * Writes what a format renders.
 * @throws the signal's reason when it is aborted
 */
export async function write(chunks: Iterable<string>, file: number | undefined, signal: AbortSignal): Promise<void> {
  let waiting = ''
  for (const chunk of chunks) {
    waiting += chunk
    if (waiting.length < CHUNK) continue
    await put(waiting, file)
    waiting = ''
    await breathe(signal)
  }
  await put(waiting, file)
  if (file !== undefined) closeSync(file)
}

async function put(text: string, file: number | undefined): Promise<void> {
  if (file !== undefined) {
    writeSync(file, text)
    return
  }
  const { stdout } = process
  if (stdout.write(text)) return
  await new Promise<void>((resolve) => {
    // A reader that goes away (`| head`) ends the waiting, not the command: gates still decide how it ends.
    const done = (): void => {
      stdout.off('drain', done).off('error', done)
      resolve()
    }
    stdout.on('drain', done).on('error', done)
  })
}

function open(file: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o750 })
    return openSync(file, 'w')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`cannot write ${file}: ${why}`, 'Choose another place with --output.')
  }
}

function withExtension(output: string, extension: string): string {
  return output.toLowerCase().endsWith(extension) ? output : `${output}${extension}`
}
