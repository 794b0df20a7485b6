/** `index`, `slice` and `len`. */
import { byteLength, sliceBytes, toBytes } from '@kubescape/go'
import { typeName } from '../go/type-name.ts'
import { Dict, FunctionError, int64, List, plain, Sized, type SizedKind, type Value } from '../go/value.ts'

/**
 * What a list, map or text holds at the first index, what that holds at the second, and so on.
 * @throws {FunctionError} for what has no such index; a map has a zero value for every key
 */
export function index(from: Value, indexes: readonly Value[]): Value {
  let item = from
  if (plain(item) === null || plain(item) === undefined) throw new FunctionError('index of untyped nil')
  for (const at of indexes) item = indexOne(item, plain(at))
  return item
}

/**
 * A part of a list or text: from the first index to before the second. A third one bounds the capacity, which nothing sees.
 * @throws {FunctionError} for indexes outside
 */
export function slice(value: Value, indexes: readonly Value[]): Value {
  const item = plain(value)
  if (item === null || item === undefined) throw new FunctionError('slice of untyped nil')
  if (indexes.length > 3) throw new FunctionError(`too many slice indexes: ${indexes.length}`)
  const isText = typeof item === 'string'
  if (isText && indexes.length === 3) throw new FunctionError('cannot 3-index slice a string')
  if (!isText && !(item instanceof List)) throw new FunctionError(`can't slice item of type ${typeName(item)}`)
  const size = isText ? byteLength(item) : item.items.length
  const bounds = indexes.map((bound) => position(plain(bound), size))
  for (const [at, bound] of bounds.entries()) {
    const before = bounds[at - 1] ?? 0
    if (bound < before) throw new FunctionError(`invalid slice index: ${before} > ${bound}`)
  }
  const [start = 0, end = size] = bounds
  return isText ? sliceBytes(item, start, end) : new List(item.items.slice(start, end), item.element)
}

/**
 * Number of bytes, items or entries.
 * @throws {FunctionError} for what has no length
 */
export function length(value: Value): bigint {
  const bare = plain(value)
  if (typeof bare === 'string') return BigInt(byteLength(bare))
  if (bare instanceof List) return BigInt(bare.items.length)
  if (bare instanceof Dict) return BigInt(bare.entries.size)
  if (bare === null) throw new FunctionError('len of nil pointer')
  if (bare === undefined) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  throw new FunctionError(`len of type ${typeName(bare)}`)
}

/** Go's name of the type of a map's values. */
export function elementType(type: string): string {
  return type.startsWith('map[string]') ? type.slice('map[string]'.length) : 'interface {}'
}

/** The value that a map gives for keys that it does not have. */
export function zeroOf(type: string): Value {
  switch (type) {
    case 'string':
      return ''
    case 'bool':
      return false
    case 'int':
      return 0n
    case 'int64':
      return int64(0)
    case 'float64':
      return 0
    default:
  }
  if (type.startsWith('[]')) return new List([], type.slice(2))
  if (type.startsWith('map[')) return new Dict(new Map(), type)
  return /^u?int\d*$/.test(type) ? new Sized(type as SizedKind, 0n) : null
}

function indexOne(from: Value, at: Exclude<ReturnType<typeof plain>, undefined> | undefined): Value {
  const item = plain(from)
  if (item === null || item === undefined) throw new FunctionError('index of nil pointer')
  if (item instanceof Dict) {
    if (at === null || at === undefined) throw new FunctionError('value is nil; should be of type string')
    if (typeof at !== 'string') throw new FunctionError(`value has type ${typeName(at)}; should be string`)
    const found = item.get(at)
    return found === undefined ? zeroOf(elementType(item.type)) : found
  }
  if (item instanceof List) {
    const found = position(at, item.items.length)
    if (found === item.items.length) throw new FunctionError('reflect: slice index out of range')
    return item.items[found]
  }
  if (typeof item !== 'string') throw new FunctionError(`can't index item of type ${typeName(item)}`)
  const bytes = toBytes(item)
  const found = bytes[position(at, bytes.length)]
  if (found === undefined) throw new FunctionError('reflect: string index out of range')
  return new Sized('uint8', BigInt(found))
}

function position(at: Value, size: number): number {
  if (at === null || at === undefined) throw new FunctionError('cannot index slice/array with nil')
  const whole = at instanceof Sized ? at.value : at
  if (typeof whole !== 'bigint') throw new FunctionError(`cannot index slice/array with type ${typeName(at)}`)
  if (whole < 0n || whole > BigInt(size)) throw new FunctionError(`index out of range: ${whole}`)
  return Number(whole)
}
