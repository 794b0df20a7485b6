/** Controls of which nobody can tell what they demand: what they might be about is skipped, so that nothing passes. */
import { CheckFailure, type Check } from '@kubescape/controls'

import { ANYTHING } from '../policy-match.ts'
import type { Place } from '../problems.ts'
import { BrokenCheck } from './broken-check.ts'

/** The code of problems which only say that others have left a control without a judgement. */
export const UNUSABLE = 'policy/unusable'

/** The check of a control whose problems have been noted. */
export function unusableCheck(name: string, file: string): Check {
  const message = `policy ${file} judges nothing: what is said of the control ${name} is wrong`
  return new BrokenCheck(name, ANYTHING, new CheckFailure(UNUSABLE, message, 'Correct its other problems.', { file }))
}

/** The check of a control that cannot judge for a reason of its own. */
export function failingCheck(name: string, code: string, message: string, hint: string, place: Place): Check {
  return new BrokenCheck(name, ANYTHING, new CheckFailure(code, message, hint, place))
}
