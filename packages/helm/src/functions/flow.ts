/** sprig's functions that choose between values, or fail. */
import { FunctionError, isTrue } from '@kubescape/go-template'
import { define, defineVariadic } from './define.ts'
import type { FunctionFamily } from './index.ts'

/** `default`, `coalesce`, `ternary` and their kin. What is empty is what templates take for false. */
export const flowFunctions: FunctionFamily = new Map([
  ['default', defineVariadic(['any'], 'any', ([otherwise, given]) => (isTrue(given) ? given : otherwise))],
  ['empty', define(['any'], ([value]) => !isTrue(value))],
  ['coalesce', defineVariadic([], 'any', (values) => values.find(isTrue) ?? null)],
  ['all', defineVariadic([], 'any', (values) => values.every(isTrue))],
  ['any', defineVariadic([], 'any', (values) => values.some(isTrue))],
  ['ternary', define(['any', 'any', 'bool'], ([yes, no, condition]) => (condition ? yes : no))],
  [
    'fail',
    define(['string'], ([message]) => {
      throw new FunctionError(message)
    }),
  ],
])
