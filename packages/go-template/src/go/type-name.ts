/** Types and kinds of values, by the names that Go has for them. */
import { Dict, List, plain, Sized, Struct, type Value } from './value.ts'

/** Go's name of the type, as `%T` prints it: `map[string]interface {}`, `float64`; `<nil>` of no value. */
export function typeName(value: Value): string {
  const bare = plain(value)
  switch (typeof bare) {
    case 'string':
      return 'string'
    case 'number':
      return 'float64'
    case 'bigint':
      return 'int'
    case 'boolean':
      return 'bool'
    default:
  }
  if (bare instanceof Sized) return bare.kind
  if (bare instanceof List) return `[]${bare.element}`
  if (bare instanceof Dict || bare instanceof Struct) return bare.type
  return '<nil>'
}

/** Go's `reflect.Kind` of a value: `slice`, `map`, `struct`, `ptr`, the name of a basic type; `invalid` of no value. */
export function kindName(value: Value): string {
  const bare = plain(value)
  if (bare instanceof List) return 'slice'
  if (bare instanceof Dict) return 'map'
  if (bare instanceof Struct) return bare.type.startsWith('*') ? 'ptr' : 'struct'
  return bare === null || bare === undefined ? 'invalid' : typeName(bare)
}
