/** Control inputs that a file sets. */
import { readFileSync } from 'node:fs'

import { decodeText, readDocument } from '@kubescape/yaml'

import { Failure } from './failure.ts'

/**
 * What `--controls-config` names; undefined without it.
 * @throws {Failure} for files that cannot be read
 */
export function readControlsConfig(file: string | undefined): unknown {
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
