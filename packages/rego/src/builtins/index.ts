/** All builtins by name. */
import { AGGREGATES } from './aggregates.ts'
import { ARITHMETIC } from './arithmetic.ts'
import { ARRAYS } from './arrays.ts'
import { BITS } from './bits.ts'
<<<<<<< HEAD
=======
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
>>>>>>> main
import type { Builtin } from './builtin.ts'
import { COMPARISON } from './comparison.ts'
import { CONVERSIONS } from './conversions.ts'
import { ENCODINGS } from './encodings.ts'
import { GLOBS } from './glob.ts'
import { GRAPHS } from './graph.ts'
import { PATCH_BUILTINS } from './json-patch.ts'
import { JSON_BUILTINS } from './json.ts'
import { OBJECTS } from './objects.ts'
import { PATH_BUILTINS } from './paths.ts'
import { REGULAR_EXPRESSIONS } from './regular-expressions.ts'
import { REPLACEMENTS } from './replacements.ts'
import { VERSIONS } from './semver.ts'
import { SETS } from './sets.ts'
import { SPRINTF } from './sprintf.ts'
import { STRINGS } from './strings.ts'
import { TRACING } from './tracing.ts'
import { UNITS } from './units.ts'
import { URIS } from './uri.ts'
import { YAML_BUILTINS } from './yaml.ts'

const FAMILIES: readonly (readonly Builtin[])[] = [
  AGGREGATES,
  ARITHMETIC,
  ARRAYS,
  BITS,
  COMPARISON,
  CONVERSIONS,
  ENCODINGS,
  GLOBS,
  GRAPHS,
  JSON_BUILTINS,
  OBJECTS,
  PATCH_BUILTINS,
  PATH_BUILTINS,
  REGULAR_EXPRESSIONS,
  REPLACEMENTS,
  SETS,
  SPRINTF,
  STRINGS,
  TRACING,
  UNITS,
  URIS,
  VERSIONS,
  YAML_BUILTINS,
]

/** Every builtin of the language that is implemented. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
<<<<<<< HEAD
  FAMILIES.flat().map((builtin) => [builtin.name, builtin] as const),
=======
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
>>>>>>> main
)
