/** Text for people: what a terminal can show. */
import { expect } from 'vitest'

import { displayScore } from '../../src/score.ts'
import { CONTROL_CHARACTERS, textOf, type Validate } from './validator.ts'

/** Lines without anything that a terminal would act on, with the scores. */
export const validatePretty: Validate = (output, { report }) => {
  const text = textOf(output)
  expect(text).not.toMatch(CONTROL_CHARACTERS)
  expect(text).not.toContain('\u202E')
  expect(text).toContain(`${displayScore(report.complianceScore)}%`)
}
