/** All functions of sprig, one file a family. */
import type { GoFunction } from '../go/value.ts'
import { sprigEncodingFunctions } from '../encoding/functions.ts'
import { base64Functions } from './base64.ts'
import { certificateFunctions } from './certificates.ts'
import { cryptographyFunctions } from './cryptography.ts'
import { dateFunctions } from './dates.ts'
import { randomFunctions } from './random.ts'
import { regularExpressionFunctions } from './regular-expressions.ts'
import { versionFunctions } from './versions.ts'

/** Functions of one family, by name. */
export type FunctionFamily = ReadonlyMap<string, GoFunction>

/** One line a family; names differ between families. */
const FAMILIES: readonly FunctionFamily[] = [
  base64Functions,
  certificateFunctions,
  cryptographyFunctions,
  dateFunctions,
  randomFunctions,
  regularExpressionFunctions,
  sprigEncodingFunctions,
  versionFunctions,
]

/** Functions of sprig by name, without those that read the environment. */
export const sprigFunctions: ReadonlyMap<string, GoFunction> = new Map(FAMILIES.flatMap((family) => [...family]))
