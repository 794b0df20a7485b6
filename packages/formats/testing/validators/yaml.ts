/** YAML: two readers, of YAML 1.1 and 1.2, that have to agree with the JSON report. */
import { load } from 'js-yaml'
import { expect } from 'vitest'
import { parse } from 'yaml'

import { render as renderJson } from '../../src/json/render.ts'
import { contextOf } from '../reports.ts'
import { textOf, type Validate } from './validator.ts'

/** The same tree as that of the JSON report, whoever reads it. */
export const validateYaml: Validate = (output, sample) => {
  const text = textOf(output)
  const wanted = JSON.parse([...renderJson(sample.report, contextOf(sample))].join('')) as unknown
  expect(load(text)).toEqual(wanted)
  // The other reader is thorough and slow.
  if (sample.name === 'large') return
  expect(parse(text, { version: '1.2' })).toEqual(wanted)
  expect(parse(text, { version: '1.1' })).toEqual(wanted)
}
