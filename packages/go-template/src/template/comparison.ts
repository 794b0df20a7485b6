/** `eq`, `ne`, `lt`, `le`, `gt`, `ge`: values are compared when they are of one basic kind. */
import { sprintf } from '../go/print.ts'
import { typeName } from '../go/type-name.ts'
import { compareBytes, Dict, FunctionError, List, plain, Sized, type Value } from '../go/value.ts'
import { Complex } from './complex.ts'

/** Whole numbers of every size, signed or not, can be compared with each other. */
type Basic =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'whole'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'complex'; readonly value: Complex }

/**
 * Whether the first value is equal to one of the others.
 * @throws {FunctionError} for kinds that cannot be compared
 */
export function isEqualToAny(value: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new FunctionError('missing argument for comparison')
  return others.some((other) => isEqual(value, other))
}

/**
 * Whether `a` comes before `b`.
 * @throws {FunctionError} for kinds without an order
 */
export function isLess(a: Value, b: Value): boolean {
  const [x, y] = [basicOf(a), basicOf(b)]
  if (x === undefined || y === undefined) throw new FunctionError('invalid type for comparison')
  if (x.kind === 'string' && y.kind === 'string') return compareBytes(x.value, y.value) < 0
  if (x.kind === 'whole' && y.kind === 'whole') return x.value < y.value
  if (x.kind === 'float' && y.kind === 'float') return x.value < y.value
  throw new FunctionError(x.kind === y.kind ? 'invalid type for comparison' : 'incompatible types for comparison')
}

function isEqual(a: Value, b: Value): boolean {
  const [x, y] = [basicOf(a), basicOf(b)]
  if (x !== undefined && y !== undefined && x.kind === y.kind) {
    return x.kind === 'complex' && y.kind === 'complex' ? x.value.equals(y.value) : x.value === y.value
  }
  const [left, right] = [plain(a) ?? null, plain(b) ?? null]
  if (left === null || right === null) return left === right
  if (x !== undefined || y !== undefined) {
    throw new FunctionError(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`)
  }
  if (left.constructor !== right.constructor && (isCollection(left) || isCollection(right))) {
    const shown = sprintf('%s: %v, %s: %v', [left, typeName(left), typeName(right), right])
    throw new FunctionError(`non-comparable types ${shown}`)
  }
  if (isCollection(right)) throw new FunctionError(`non-comparable type ${sprintf('%s', [right])}: ${typeName(right)}`)
  return left === right
}

function isCollection(value: Value): boolean {
  return value instanceof Dict || value instanceof List
}

function basicOf(value: Value): Basic | undefined {
  const bare = plain(value)
  switch (typeof bare) {
    case 'boolean':
      return { kind: 'bool', value: bare }
    case 'string':
      return { kind: 'string', value: bare }
    case 'number':
      return { kind: 'float', value: bare }
    case 'bigint':
      return { kind: 'whole', value: bare }
    default:
  }
  if (bare instanceof Complex) return { kind: 'complex', value: bare }
  if (!(bare instanceof Sized)) return undefined
  return typeof bare.value === 'bigint' ? { kind: 'whole', value: bare.value } : { kind: 'float', value: bare.value }
}
