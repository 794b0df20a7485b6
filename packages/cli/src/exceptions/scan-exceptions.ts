/** The exceptions of a scan: those of files and of the cluster, and what people are told of them. */
import type { Catalogue } from '@kubescape/controls'
import type { Report } from '@kubescape/results'
import type { ExceptionRule, ExceptionSettings } from '@kubescape/scanner'

import type { ExceptionOptions } from '../exception-options.ts'
import type { Input } from '../inputs/input.ts'
import type { ScanOptions } from '../options.ts'
import { visible, type Log } from '../terminal.ts'

/** Warnings of one sort that are given one by one. */
const MOST_WARNINGS = 5

/**
 * The rules of the files that were named, and of those that published policies bring. `known` are the controls that they may name.
 * @throws {Failure} for a file that cannot be read, or that has an error
 */
export async function readNamedExceptions(
  { files }: ExceptionOptions,
  log: Log,
  brought: readonly { readonly path: string; readonly text: string }[] = [],
  known?: Catalogue,
): Promise<readonly ExceptionRule[]> {
  if (files.length + brought.length === 0) return []
  const { readExceptionFiles, readExceptionTexts, refuseErrors } = await import('./exception-files.ts')
  const { rules: named, problems } = await readExceptionFiles(files, '--exceptions', known)
  refuseErrors(problems, '--exceptions')
  const published = await readExceptionTexts(brought, known)
  refuseErrors(published.problems, 'the exceptions of the published policies')
  const rules = [...named, ...published.rules]
  // What names no control is told with the report, wherever it was written.
  log.problems(problems.filter(({ code }) => code !== 'exceptions/unknown-control'))
  return rules
}

/** What a scan of the input accepts. Files may say it themselves, and clusters where that is asked for. */
export function exceptionSettings(
  named: readonly ExceptionRule[],
  { described, clusterNames, exceptions = [] }: Input,
  { exceptions: { honorInline = described.kind !== 'cluster' }, run: { clusterName } }: ScanOptions,
  now: string,
  known?: Catalogue,
): ExceptionSettings {
  const names = clusterName === undefined ? clusterNames : [...clusterNames, clusterName]
  const rules = [...named, ...exceptions]
  return { rules, clusterNames: names, now, honorsInline: honorInline, ...(known === undefined ? {} : { known }) }
}

/** Warns of exceptions that accept nothing although somebody meant them to: one line each. */
export function warnOfExceptions(report: Report, log: Log): void {
  const uses = report.exceptions()
  warn(
    uses.filter(({ isExpired }) => isExpired),
    ({ exception: { name, source, expires } }) => `${source}  exception "${name}" ended ${expires} and accepts nothing`,
    'exceptions have ended',
    log,
  )
  warn(
    uses.filter(({ unknownControls }) => unknownControls.length > 0),
    ({ exception: { name, source }, unknownControls }) =>
      `${source}  exception "${name}" names ${unknownControls.join(', ')}, which no control answers to`,
    'exceptions name controls that do not exist',
    log,
  )
}

function warn<Use>(uses: readonly Use[], line: (use: Use) => string, many: string, log: Log): void {
  for (const use of uses.slice(0, MOST_WARNINGS)) log.write('warning', visible(line(use)))
  const more = uses.length - MOST_WARNINGS
  if (more > 0) log.write('warning', `${more} more ${many}; --audit-exceptions tells of all`)
}
