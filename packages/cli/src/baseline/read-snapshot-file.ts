/** Reads what a scan is compared with: a JSON report, or a baseline file. */
import fs from 'node:fs'

import { readSnapshot, type Snapshot } from '@kubescape/results/comparison'
import { decodeText } from '@kubescape/yaml'

import { Failure } from '../failure.ts'

/** Longer than any report that a scan can write as one text. */
const MOST_BYTES = 500 * 1024 * 1024
const HINT = 'Give what kubescape scan --format json or --write-baseline has written.'

/**
 * The snapshot in a file. `flag` says where the file was named, such as `--baseline old.json`.
 * @throws {Failure} for files that cannot be read, are too large, or are no whole report
 */
export function readSnapshotFile(file: string, flag: string): Snapshot {
  const result = readSnapshot(readJsonFile(file, flag))
  if ('snapshot' in result) return result.snapshot
  throw new Failure(`${flag}: ${result.problem}`, result.hint)
}

/**
 * What a JSON file holds.
 * @throws {Failure} for files that cannot be read, are too large, or are no JSON
 */
export function readJsonFile(file: string, flag: string): unknown {
  return parse(readBytes(file, flag), flag)
}

function readBytes(file: string, flag: string): Uint8Array {
  try {
    const { size } = fs.statSync(file)
    if (size <= MOST_BYTES) return fs.readFileSync(file)
  } catch (error) {
    throw new Failure(`${flag} cannot be read: ${error instanceof Error ? error.message : String(error)}`, HINT)
  }
  throw new Failure(
    `${flag} has more than 500 MiB`,
    'Compare with what kubescape scan --write-baseline writes: it is smaller.',
  )
}

function parse(bytes: Uint8Array, flag: string): unknown {
  const decoded = decodeText(bytes)
  if ('problem' in decoded) throw new Failure(`${flag}: ${decoded.problem.message}`, HINT)
  try {
    return JSON.parse(decoded.text) as unknown
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`${flag} is no JSON, or not all of it: ${why}`, HINT)
  }
}
