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
 * Decides where each format goes: to standard output, or to files that share the name and differ in the extension.
 * @throws {Failure} when two would be written to the same place
 */
export function planOutput(names: readonly string[], name: string | undefined): Target[] {
  const output = name?.endsWith('/') === true ? `${name}report` : name
  const formats = names.flatMap((each) => FORMATS.find((format) => format.name === each) ?? [])
  const stem = output === undefined ? undefined : stemOf(output, formats)
  const targets = formats.map((format) => ({ format, file: fileOf(format, output, stem) }))
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    throw new Failure(
      'several formats cannot share standard output',
      'Add --output NAME: each format then gets a file of its own.',
    )
  }
  const seen = new Map<string, Format>()
  for (const { format, file } of targets) {
    const other = file === undefined ? undefined : seen.get(file)
    if (other !== undefined) {
      throw new Failure(
        `${other.name} and ${format.name} would both be written to ${file}`,
        'Ask for one of them; a second scan can write the other under another name.',
      )
    }
    if (file !== undefined) seen.set(file, format)
  }
  return targets
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
export async function write(chunks: Iterable<string | Uint8Array>, file: number, signal: AbortSignal): Promise<void> {
  let waiting = ''
  for (const chunk of chunks) {
    if (typeof chunk === 'string') waiting += chunk
    else writeAll(file, chunk)
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
  const extension = extensionOf(file, format) ?? ''
  return { format, file: `${file.slice(0, file.length - extension.length)}${suffix}${extension}` }
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

function fileOf(format: Format, output: string | undefined, stem: string | undefined): string | undefined {
  if (output === undefined) return format.toFile === true ? `report${format.extension}` : undefined
  return extensionOf(output, format) === undefined ? `${stem}${format.extension}` : output
}

/** The name without an extension that one of the formats gave it. */
function stemOf(output: string, formats: readonly Format[]): string {
  const extensions = formats.length < 2 ? [] : formats.flatMap((format) => extensionOf(output, format) ?? [])
  const longest = Math.max(0, ...extensions.map(({ length }) => length))
  return output.slice(0, output.length - longest)
}

/** The end of a name that makes it one of the format, as it is written there. */
function extensionOf(name: string, { extension, otherExtension = extension }: Format): string | undefined {
  const found = [extension, otherExtension].find((each) => name.toLowerCase().endsWith(each))
  return found === undefined ? undefined : name.slice(-found.length)
}
