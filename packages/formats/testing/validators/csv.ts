/** CSV: a strict reader of RFC 4180. */
import { parse } from 'csv-parse/sync'
import { expect } from 'vitest'

import { textOf, verdictsOf, type Validate } from './validator.ts'

const COLUMNS =
  'Control Name,Control ID,Severity,Status,Resource Name,Resource Kind,Resource Namespace,API Version,Failed Paths,Fix Paths,Remediation,Control URL,Source Path'

/** A row for every resource that did not pass, and no cell that a spreadsheet would run. */
export const validateCsv: Validate = (output, { report }) => {
  const text = textOf(output)
  const [header, ...rows] = parse(text, { record_delimiter: '\r\n', relax_column_count: false, relax_quotes: false })
  expect(header?.join(',')).toBe(COLUMNS)
  const wanted = verdictsOf(report, ['failed', 'excluded', 'skipped']).map(({ control, status, ref }) =>
    [control.control.id, status, report.subjects[ref]?.identity.name].join('\0'),
  )
  expect(rows.map((row) => [row[1], row[3], unguarded(row[4])].join('\0'))).toEqual(
    wanted.map((each) => each.toWellFormed()),
  )
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([])
}

function unguarded(cell = ''): string {
  return cell.replace(/^'(?=[=+\-@\t\r\n])/, '')
}
