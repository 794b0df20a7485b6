/** NDJSON: the published schema for every line. */
import { expect } from 'vitest'

import { schemaOf } from './json.ts'
import { textOf, verdictsOf, type Validate } from './validator.ts'

const complaints = schemaOf('findings.schema.json')

interface Line {
  readonly status: string
  readonly controlID: string
  readonly resourceID: string
  readonly exceptions: readonly string[]
}

/** Nothing but findings, of every resource that did not pass. */
export const validateNdjson: Validate = (output, { report }) => {
  const text = textOf(output)
  expect(text === '' || text.endsWith('\n')).toBe(true)
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
  for (const line of lines) expect(complaints(line)).toEqual([])
  const told = new Set(lines.map(({ controlID, resourceID }) => `${controlID} ${resourceID}`))
  const verdicts = verdictsOf(report, ['failed', 'excluded', 'skipped'])
  expect(told).toEqual(
    new Set(verdicts.map(({ control, ref }) => `${control.control.id} ${report.subjects[ref]?.id ?? ''}`)),
  )
  const excluded = lines.filter(({ status }) => status === 'excluded')
  expect(excluded.every(({ exceptions }) => exceptions.length > 0)).toBe(true)
  expect(excluded.length > 0).toBe(verdicts.some(({ rules }) => rules.some(({ excepted }) => excepted.length > 0)))
}
