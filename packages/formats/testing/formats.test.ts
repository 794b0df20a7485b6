/**
 * Every format of the registry on five reports, each read by a consumer or held against its schema.
 *
 * A format without a validator fails here: there is none that nobody can check.
 */
import { beforeAll, describe, expect, test } from 'vitest'

import { FORMATS, type Format } from '../src/index.ts'
import { contextOf, sample, SAMPLE_NAMES, type SampleName } from './reports.ts'
import { validateCsv } from './validators/csv.ts'
import { validateGithubAnnotations } from './validators/github-annotations.ts'
import { validateGitlabSast } from './validators/gitlab-sast.ts'
import { validateHtml } from './validators/html.ts'
import { validateJson } from './validators/json.ts'
import { validateJunit } from './validators/junit.ts'
import { validateMarkdown } from './validators/markdown.ts'
import { validateNdjson } from './validators/ndjson.ts'
import { validatePdf } from './validators/pdf.ts'
import { validatePolicyReport } from './validators/policyreport.ts'
import { validatePretty } from './validators/pretty.ts'
import { validatePrometheus } from './validators/prometheus.ts'
import { validateSarif } from './validators/sarif.ts'
import type { Validate } from './validators/validator.ts'
import { validateYaml } from './validators/yaml.ts'

const VALIDATORS: Readonly<Record<string, Validate>> = {
  'pretty-printer': validatePretty,
  json: validateJson,
  yaml: validateYaml,
  ndjson: validateNdjson,
  junit: validateJunit,
  csv: validateCsv,
  markdown: validateMarkdown,
  policyreport: validatePolicyReport,
  prometheus: validatePrometheus,
  html: validateHtml,
  sarif: validateSarif,
  'gitlab-sast': validateGitlabSast,
  'github-annotations': validateGithubAnnotations,
  pdf: validatePdf,
}

/** No piece of an output is longer: what is written as it is made needs no more memory for more findings. */
const LONGEST_PIECE = 256 * 1024

const encoder = new TextEncoder()

async function pieces(format: Format, name: SampleName): Promise<Uint8Array[]> {
  const render = await format.load()
  const one = await sample(name)
  return Array.from(render(one.report, contextOf(one)), (piece) =>
    typeof piece === 'string' ? encoder.encode(piece) : piece,
  )
}

// The reports are made once, so that their making counts for no format.
beforeAll(async () => {
  for (const name of SAMPLE_NAMES) await sample(name)
})

test('every format has a validator', () => {
  expect(FORMATS.map(({ name }) => name).toSorted()).toEqual(Object.keys(VALIDATORS).toSorted())
})

describe.each(FORMATS.map((format) => [format.name, format] as const))('%s', (name, format) => {
  test.each(SAMPLE_NAMES)('of the report "%s" comes in pieces and is what its readers expect', async (sampleName) => {
    const made = await pieces(format, sampleName)
    expect(Math.max(0, ...made.map(({ length }) => length))).toBeLessThan(LONGEST_PIECE)
    await VALIDATORS[name]?.(Buffer.concat(made), await sample(sampleName))
  })
})
