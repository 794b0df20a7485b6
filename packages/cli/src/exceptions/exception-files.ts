/** Files of exceptions. Loaded only when some are named. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'

import type { Catalogue } from '@kubescape/controls'
import { loadExceptionForms, type ExceptionProblem, type ReadExceptions } from '@kubescape/scanner'
import { decodeText } from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import { count } from '../terminal.ts'

/** A longer file is not read. */
const MOST_BYTES = 16 * 1024 * 1024

/**
 * What the files say, with all that is wrong with it; `known` are the controls that they may name.
 * @throws {Failure} for a file that cannot be opened; `flag` is what named it
 */
export async function readExceptionFiles(
  files: readonly string[],
  flag: string,
  known?: Catalogue,
): Promise<ReadExceptions> {
  const { readExceptions } = await loadExceptionForms()
  const read = files.map((file): ReadExceptions => {
    const decoded = decodeText(bytesOf(file, flag))
    return 'text' in decoded
      ? readExceptions(decoded.text, file, known)
      : { rules: [], problems: [{ ...decoded.problem, severity: 'error', file }] }
  })
  return { rules: read.flatMap(({ rules }) => rules), problems: read.flatMap(({ problems }) => problems) }
}

/** What texts say that were read already. */
export async function readExceptionTexts(
  files: readonly { readonly path: string; readonly text: string }[],
  known?: Catalogue,
): Promise<ReadExceptions> {
  const { readExceptions } = await loadExceptionForms()
  const read = files.map(({ path, text }) => readExceptions(text, path, known))
  return { rules: read.flatMap(({ rules }) => rules), problems: read.flatMap(({ problems }) => problems) }
}

/**
 * Ends the command for what cannot be used: an exception that is not understood must not be taken for none.
 * @throws {Failure} naming the first error and its place
 */
export function refuseErrors(problems: readonly ExceptionProblem[], flag: string): void {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return
  const place = [first.file, first.line, first.column].filter((part) => part !== undefined).join(':')
  const more =
    errors.length === 1 ? '' : ` There ${errors.length === 2 ? 'is' : 'are'} ${count(errors.length - 1, 'more error')}.`
  const hint = `${first.hint ?? 'Correct it.'}${more} \`kubescape exceptions lint\` shows all of them.`
  throw new Failure(`${flag} ${place}: ${first.message}`, hint)
}

function bytesOf(file: string, flag: string): Uint8Array {
  let opened: number | undefined
  try {
    opened = openSync(file, 'r')
    const { size } = fstatSync(opened)
    if (size > MOST_BYTES) throw new Error(`${file} is larger than ${MOST_BYTES / 1024 / 1024} MiB`)
    return readFileSync(opened)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`${flag} cannot be read: ${why}`, 'Give a JSON or YAML file of exceptions.')
  } finally {
    if (opened !== undefined) closeSync(opened)
  }
}
