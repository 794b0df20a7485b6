/** PolicyReport: the schema of the published definition. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { loadAll } from 'js-yaml'
import { expect } from 'vitest'

import { textOf, verdictsOf, type Validate } from './validator.ts'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../schemas/policyreport.json'), 'utf8')) as object
const validate = new Ajv({ allErrors: true }).compile(schema)

interface Entry {
  readonly policy: string
  readonly result: string
  readonly properties: Readonly<Record<string, string>>
}

/** One object of a report. */
export interface PolicyReport {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly summary: Readonly<Record<'pass' | 'fail' | 'warn' | 'error' | 'skip', number>>
  readonly results: readonly Entry[]
}

/** The objects of a stream of documents. */
export function readPolicyReports(text: string): PolicyReport[] {
  return loadAll(text) as PolicyReport[]
}

/** Objects that a server would take, each under a name of its own, with every verdict counted once. */
export const validatePolicyReport: Validate = (output, { report }) => {
  const objects = readPolicyReports(textOf(output))
  for (const object of objects) expect(validate(object) ? [] : validate.errors).toEqual([])
  const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`)
  expect(new Set(names).size).toBe(objects.length)
  const total = (result: keyof PolicyReport['summary']): number =>
    objects.reduce((sum, { summary }) => sum + summary[result], 0)
  const amount = (status: string): number => verdictsOf(report, [status]).length
  expect(total('fail')).toBe(amount('failed'))
  expect(total('pass')).toBe(amount('passed'))
  expect(total('skip') + total('warn')).toBe(amount('skipped') + amount('excluded'))
  const results = objects.flatMap((object) => object.results)
  expect(results.filter(({ result }) => result === 'fail')).toHaveLength(amount('failed'))
  const accepted = results.filter(({ result, properties }) => result === 'skip' && 'exception' in properties)
  expect(accepted).toHaveLength(amount('excluded'))
}
