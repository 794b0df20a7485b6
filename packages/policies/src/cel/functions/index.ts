/** All functions of the dialect that API servers have for policies, and those of a few libraries that are common beside them. */
import { ADDRESSES } from './addresses.ts'
import { CONVERSIONS } from './conversions.ts'
import { ENCODERS } from './encoders.ts'
import { FORMATS } from './formats.ts'
import { readLibraries, type Functions } from './library.ts'
import { LISTS } from './lists.ts'
import { MATH } from './math.ts'
import { OPTIONALS } from './optionals.ts'
import { PATTERNS } from './patterns.ts'
import { QUANTITIES } from './quantities.ts'
import { STANDARD } from './standard.ts'
import { STRINGS } from './strings.ts'
import { TIMES } from './times.ts'
import { URLS } from './urls.ts'
import { VERSIONS } from './versions.ts'

/** Functions by name. */
export const FUNCTIONS: Functions = readLibraries([
  STANDARD,
  CONVERSIONS,
  TIMES,
  STRINGS,
  PATTERNS,
  LISTS,
  MATH,
  ENCODERS,
  OPTIONALS,
  QUANTITIES,
  URLS,
  ADDRESSES,
  VERSIONS,
  FORMATS,
])
