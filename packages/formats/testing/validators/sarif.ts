/** SARIF: the schema of OASIS, and the rules of hosts that no schema has. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect } from 'vitest'

import { textOf, verdictsOf, type Validate } from './validator.ts'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../schemas/sarif-2.1.0.json'), 'utf8')) as object
// Every complaint of 10,000 results would take long to collect: the first one is enough.
const ajv = new Ajv2020({ strict: false })
formats.default(ajv)
const validate = ajv.compile(schema)

interface Region {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine?: number
  readonly endColumn?: number
}

interface Location {
  readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string }; readonly region?: Region }
}

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
      readonly results: readonly {
        readonly ruleId: string
        readonly ruleIndex: number
        readonly locations: readonly Location[]
        readonly relatedLocations?: readonly (Location & { readonly id: number })[]
        readonly partialFingerprints: Readonly<Record<string, string>>
        readonly suppressions?: readonly object[]
        readonly properties?: { readonly tags: readonly string[] }
      }[]
    },
  ]
}

/** One log with every failure, review and exception, each named, placed and within the limits of hosts. */
export const validateSarif: Validate = (output, { report }) => {
  const log = JSON.parse(textOf(output)) as Log
  expect(validate(log) ? [] : validate.errors).toEqual([])
  const { tool, results } = log.runs[0]
  expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length)
  expect(results.filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId)).toEqual([])
  const suppressed = results.filter(({ suppressions }) => suppressions !== undefined)
  const reviewed = results.filter(({ properties }) => properties !== undefined)
  expect(results.length - suppressed.length - reviewed.length).toBe(verdictsOf(report, ['failed']).length)
  const excepted = verdictsOf(report, ['failed', 'excluded']).filter(
    ({ status, rules }) => status === 'excluded' || rules.some((rule) => rule.excepted.length > 0),
  )
  expect(suppressed.length).toBe(excepted.length)
  const keys = results.map(({ partialFingerprints }) => Object.values(partialFingerprints).join())
  expect(new Set(keys).size).toBe(keys.length)
  const locations = results.flatMap((result) => [...result.locations, ...(result.relatedLocations ?? [])])
  expect(locations.filter(({ physicalLocation: at }) => at !== undefined && !isForward(at.region))).toEqual([])
  expect(Math.max(0, ...results.map(({ relatedLocations = [] }) => relatedLocations.length))).toBeLessThan(1000)
  expect(results.length).toBeLessThanOrEqual(25_000)
}

function isForward(region: Region | undefined): boolean {
  if (region === undefined) return false
  const { startLine, startColumn, endLine = startLine, endColumn = Infinity } = region
  return endLine > startLine || (endLine === startLine && endColumn >= startColumn)
}
