/** Files of exceptions, listed and looked through. */
import { isBroad, type ExceptionProblem, type ExceptionRule } from '@kubescape/scanner'
import { yamlText } from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import { count, renderProblem, visible } from '../terminal.ts'
import { readExceptionFiles, refuseErrors } from './exception-files.ts'

const FORMATS = ['pretty-print', 'json', 'yaml', 'csv']

/**
 * The exceptions of the files, one a line.
 * @throws {Failure} for files that cannot be read or have errors, and for unknown formats
 */
export async function renderExceptions(files: readonly string[], format: string): Promise<string> {
  if (!FORMATS.includes(format)) {
    throw new Failure(`--format does not know "${format}"`, `Use one of ${FORMATS.join(', ')}.`)
  }
  const { rules, problems } = await readExceptionFiles(files, 'exceptions list')
  refuseErrors(problems, 'exceptions list')
  const entries = rules.map((rule) => entryOf(rule))
  if (format === 'json') return `${JSON.stringify(entries)}\n`
  if (format === 'yaml') return yamlText(entries)
  const rows = [
    ['NAME', 'CONTROLS', 'STATUS', 'EXPIRES', 'OWNER', 'SOURCE', 'REASON'],
    ...entries.map(({ name, controls, status, expires, owner, source, reason }) => [
      name,
      controls.length === 0 ? 'all' : controls.join(' '),
      status,
      expires === '' ? 'never' : expires,
      owner,
      source,
      reason,
    ]),
  ]
  if (format === 'csv') {
    return rows
      .map((row, at) => `${row.map((cell) => csvCell(at === 0 ? cell.toLowerCase() : cell)).join(',')}\n`)
      .join('')
  }
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => visible(row[column] ?? '').length))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => visible(cell).padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

/**
 * What is wrong with the files, with the number of errors.
 * @throws {Failure} for files that cannot be read
 */
export async function lintExceptions(files: readonly string[]): Promise<{ text: string; errors: number }> {
  const { rules, problems } = await readExceptionFiles(files, 'exceptions lint')
  const all = [...problems, ...rules.flatMap((rule) => doubts(rule))]
  const sorted = all.toSorted(
    (a, b) =>
      (a.file ?? '').localeCompare(b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  )
  const errors = all.filter(({ severity }) => severity === 'error').length
  const lines = sorted.map((problem) =>
    renderProblem({ ...problem, message: `${problem.severity}: ${problem.message}` }),
  )
  const sum = `${count(rules.length, 'usable exception')}, ${count(errors, 'error')}, ${count(all.length - errors, 'warning')}`
  return { text: `${[...lines, sum].join('\n')}\n`, errors }
}

/** What is written as it should be, and may not do what it should. */
function doubts(rule: ExceptionRule): ExceptionProblem[] {
  const { name, source, expires, reason } = rule.exception
  const at = source.lastIndexOf(':')
  const place = { file: source.slice(0, at), line: Number(source.slice(at + 1)), column: 1 }
  const doubt = (what: string): ExceptionProblem => ({
    severity: 'warning',
    code: 'exceptions/doubtful',
    message: `exception ${JSON.stringify(name)}: ${what}`,
    ...place,
  })
  return [
    ...(hasEnded(expires) ? [doubt(`ended ${expires} and accepts nothing`)] : []),
    ...(isBroad(rule) ? [doubt('is bound to no kind, name, label or place')] : []),
    ...(reason === '' ? [doubt('has no reason')] : []),
  ]
}

interface Entry {
  readonly name: string
  readonly controls: readonly string[]
  readonly status: 'active' | 'expired'
  readonly expires: string
  readonly owner: string
  readonly source: string
  readonly reason: string
}

function entryOf({ exception: { name, expires, owner, source, reason }, controls }: ExceptionRule): Entry {
  return { name, controls, status: hasEnded(expires) ? 'expired' : 'active', expires, owner, source, reason }
}

function hasEnded(expires: string): boolean {
  return expires !== '' && Date.parse(expires) <= Date.now()
}

/** A cell that begins like a formula must not become one (OWASP, "CSV Injection"). */
function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
