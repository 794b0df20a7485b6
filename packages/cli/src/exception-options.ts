/** The flags of exceptions: which findings are accepted. */
import type { Command } from 'commander'

import { Failure } from './failure.ts'

/** Where exceptions come from, checked. */
export interface ExceptionOptions {
  /** Files, in the order in which they were named. */
  readonly files: readonly string[]
  /** The report says of every exception what it accepted. */
  readonly audit: boolean
  /** Annotations and comments of what is scanned count; undefined for the default, which is files only. */
  readonly honorInline: boolean | undefined
}

/** Adds the flags to a command. */
export function addExceptionOptions(command: Command): Command {
  return command
    .option(
      '--exceptions <files>',
      'accept what these files say, separated by commas: JSON or YAML; docs/exceptions.md',
      collect,
    )
    .option('--audit-exceptions', 'tell of every exception what it accepted: expired, unused and over-broad ones too')
    .option(
      '--honor-inline-exceptions',
      'obey skip annotations and ignore comments of what is scanned; default: of files, not of clusters',
    )
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',')]
}

/**
 * Checks what was typed.
 * @throws {Failure} for values that make no sense
 */
export function readExceptionOptions(typed: Record<string, unknown>): ExceptionOptions {
  const given = typed['exceptions']
  const files = Array.isArray(given) ? given.map((file) => String(file).trim()) : []
  if (files.includes('')) throw new Failure('--exceptions has an empty entry', 'Name a file.')
  const honors = typed['honorInlineExceptions']
  return {
    files: [...new Set(files)],
    audit: typed['auditExceptions'] === true,
    honorInline: typeof honors === 'boolean' ? honors : undefined,
  }
}
