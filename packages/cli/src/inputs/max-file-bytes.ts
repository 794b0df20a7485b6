/** The limit that the environment sets for files. */
import { DEFAULT_MAX_FILE_BYTES } from '@kubescape/sources/files'

import { Failure } from '../failure.ts'

/**
 * The longest file that is read.
 * @throws {Failure} when the environment says nonsense
 */
export function maxFileBytes(): number {
  const value = process.env['KUBESCAPE_MAX_FILE_SIZE']
  if (value === undefined || value === '') return DEFAULT_MAX_FILE_BYTES
  const bytes = Number(value)
  if (Number.isInteger(bytes) && bytes > 0) return bytes
  throw new Failure(`KUBESCAPE_MAX_FILE_SIZE is "${value}"`, 'Give a number of bytes, such as 33554432.')
}
