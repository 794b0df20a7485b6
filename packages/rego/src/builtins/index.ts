/** All builtins by name. */
import { AGGREGATES } from './aggregates.ts'
import { ARITHMETIC } from './arithmetic.ts'
import { ARRAYS } from './arrays.ts'
import { AWS } from './aws.ts'
import { BITS } from './bits.ts'
import type { Builtin } from './builtin.ts'
import { COMPARISON } from './comparison.ts'
import { CONVERSIONS } from './conversions.ts'
import { CRYPTO } from './crypto.ts'
import { ENCODINGS } from './encodings.ts'
import { GLOBS } from './glob.ts'
import { GRAPHS } from './graph.ts'
import { HTTP } from './http.ts'
import { PATCH_BUILTINS } from './json-patch.ts'
import { JSON_SCHEMA } from './json-schema.ts'
import { JSON_BUILTINS } from './json.ts'
import { JWT } from './jwt.ts'
import { NET } from './net.ts'
import { OBJECTS } from './objects.ts'
import { PATH_BUILTINS } from './paths.ts'
import { RANDOM } from './random.ts'
import { REGO } from './rego.ts'
import { REGULAR_EXPRESSIONS } from './regular-expressions.ts'
import { RENDER_TEMPLATE } from './render-template.ts'
import { REPLACEMENTS } from './replacements.ts'
import { RUNTIME } from './runtime.ts'
import { VERSIONS } from './semver.ts'
import { SETS } from './sets.ts'
import { SPRINTF } from './sprintf.ts'
import { STRINGS } from './strings.ts'
import { TIME } from './time.ts'
import { TRACING } from './tracing.ts'
import { UNITS } from './units.ts'
import { URIS } from './uri.ts'
import { UUID } from './uuid.ts'
import { X509 } from './x509.ts'
import { YAML_BUILTINS } from './yaml.ts'

const FAMILIES: readonly (readonly Builtin[])[] = [
  AGGREGATES,
  ARITHMETIC,
  ARRAYS,
  AWS,
  BITS,
  COMPARISON,
  CONVERSIONS,
  CRYPTO,
  ENCODINGS,
  GLOBS,
  GRAPHS,
  HTTP,
  JSON_BUILTINS,
  JSON_SCHEMA,
  JWT,
  NET,
  OBJECTS,
  PATCH_BUILTINS,
  PATH_BUILTINS,
  RANDOM,
  REGO,
  REGULAR_EXPRESSIONS,
  RENDER_TEMPLATE,
  REPLACEMENTS,
  RUNTIME,
  SETS,
  SPRINTF,
  STRINGS,
  TIME,
  TRACING,
  UNITS,
  URIS,
  UUID,
  VERSIONS,
  X509,
  YAML_BUILTINS,
]

/** Every builtin of the language that is implemented. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  FAMILIES.flat().map((builtin) => [builtin.name, builtin] as const),
)
