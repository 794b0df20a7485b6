/** sprig's functions that look at types. */
import { deepEqual } from '../go/deep-equal.ts'
import { kindName, typeName } from '@kubescape/go-template'
import { define } from './define.ts'
import type { FunctionFamily } from './index.ts'

/** `typeOf`, `kindOf` and their kin. */
export const reflectionFunctions: FunctionFamily = new Map([
  ['typeOf', define(['any'], ([value]) => typeName(value))],
  ['typeIs', define(['string', 'any'], ([type, value]) => type === typeName(value))],
  ['typeIsLike', define(['string', 'any'], ([type, value]) => [type, `*${type}`].includes(typeName(value)))],
  ['kindOf', define(['any'], ([value]) => kindName(value))],
  ['kindIs', define(['string', 'any'], ([kind, value]) => kind === kindName(value))],
  ['deepEqual', define(['any', 'any'], ([a, b], { spend }) => deepEqual(a, b, spend))],
])
