/** GitLab SAST: a strict schema of the report format. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect } from 'vitest'

import { textOf, verdictsOf, type Validate } from './validator.ts'

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../schemas/gitlab-sast-15.2.4.json'), 'utf8'),
) as object
const validate = new Ajv({ allErrors: false }).compile(schema)

interface SastReport {
  readonly vulnerabilities: readonly { readonly id: string }[]
  readonly scan: { readonly messages: readonly { readonly value: string }[] }
}

/** A vulnerability with an id of its own for every failure, and a word for every resource that exceptions exclude. */
export const validateGitlabSast: Validate = (output, { report }) => {
  const tree = JSON.parse(textOf(output)) as SastReport
  expect(validate(tree) ? [] : validate.errors).toEqual([])
  const ids = tree.vulnerabilities.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(verdictsOf(report, ['failed']).length)
  const excluded = tree.scan.messages.filter(({ value }) => value.includes('is excluded by the exception'))
  expect(excluded.length).toBe(verdictsOf(report, ['excluded']).length)
}
