/** All builtins by name. */
import { AGGREGATES } from './aggregates.ts'
import { ARITHMETIC } from './arithmetic.ts'
import { BITS } from './bits.ts'
import { COMPARISON } from './comparison.ts'
import { AWS } from './aws.ts'
import { CRYPTO } from './crypto.ts'
import { HTTP } from './http.ts'
import { JSON_SCHEMA } from './json-schema.ts'
import { JWT } from './jwt.ts'
import { NET } from './net.ts'
import { RANDOM } from './random.ts'
import { REGO } from './rego.ts'
import { RENDER_TEMPLATE } from './render-template.ts'
import { RUNTIME } from './runtime.ts'
import { TIME } from './time.ts'
import { UUID } from './uuid.ts'
import { X509 } from './x509.ts'
import { SETS } from './sets.ts'
import type { Builtin } from './builtin.ts'

/** Every builtin of the language that is implemented. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  [
    AGGREGATES,
    ARITHMETIC,
    BITS,
    COMPARISON,
    SETS,
    AWS,
    CRYPTO,
    HTTP,
    JSON_SCHEMA,
    JWT,
    NET,
    RANDOM,
    REGO,
    RENDER_TEMPLATE,
    RUNTIME,
    TIME,
    UUID,
    X509,
  ]
    .flat()
    .map((builtin) => [builtin.name, builtin] as const),
)
