/** All functions of sprig, one file a family. */
import type { GoFunction } from '@kubescape/go-template'
import { sprigEncodingFunctions } from '../encoding/functions.ts'
import { base64Functions } from './base64.ts'
import { casingFunctions } from './casing.ts'
import { certificateFunctions } from './certificates.ts'
import { cryptographyFunctions } from './cryptography.ts'
import { dateFunctions } from './dates.ts'
import { dictFunctions } from './dicts.ts'
import { flowFunctions } from './flow.ts'
import { listFunctions } from './lists.ts'
import { numberFunctions } from './numbers.ts'
import { pathFunctions } from './paths.ts'
import { randomFunctions } from './random.ts'
import { reflectionFunctions } from './reflection.ts'
import { regularExpressionFunctions } from './regular-expressions.ts'
import { stringFunctions } from './strings.ts'
import { textListFunctions } from './text-lists.ts'
import { urlFunctions } from './urls.ts'
import { versionFunctions } from './versions.ts'
import { wrappingFunctions } from './wrapping.ts'

/** Functions of one family, by name. */
export type FunctionFamily = ReadonlyMap<string, GoFunction>

/** One line a family; names differ between families. */
const FAMILIES: readonly FunctionFamily[] = [
  base64Functions,
  casingFunctions,
  certificateFunctions,
  cryptographyFunctions,
  dateFunctions,
  dictFunctions,
  flowFunctions,
  listFunctions,
  numberFunctions,
  pathFunctions,
  randomFunctions,
  reflectionFunctions,
  regularExpressionFunctions,
  sprigEncodingFunctions,
  stringFunctions,
  textListFunctions,
  urlFunctions,
  versionFunctions,
  wrappingFunctions,
]

/** Functions of sprig by name, without those that read the environment. */
export const sprigFunctions: ReadonlyMap<string, GoFunction> = new Map(FAMILIES.flatMap((family) => [...family]))
