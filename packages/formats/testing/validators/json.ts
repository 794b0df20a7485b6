/** JSON: the published schema. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect } from 'vitest'

import { textOf, type Validate } from './validator.ts'

const docs = join(import.meta.dirname, '../../../../docs')

/** A check against a schema of `docs`, which gives its first complaints. */
export function schemaOf(name: string): (value: unknown) => object[] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
  formats.default(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync(join(docs, name), 'utf8')) as object)
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? [])
          .slice(0, 5)
          .map(({ instancePath, message, params }) => ({ instancePath, message, params }))
}

const complaints = schemaOf('report.schema.json')

/** One line that fits docs/report.schema.json. */
export const validateJson: Validate = (output, { report }) => {
  const text = textOf(output)
  expect(text.indexOf('\n')).toBe(text.length - 1)
  const tree = JSON.parse(text) as { summaryDetails: { ResourceCounters: { excludedResources: number } } }
  expect(complaints(tree)).toEqual([])
  expect(tree.summaryDetails.ResourceCounters.excludedResources).toBe(report.counters.excluded)
}
