/** Functions of optional values. */
import { isList, NONE, Optional, CelError, Double, Uint, type Value } from '../values/value.ts'
import { isMap, sizeOf } from '../values/maps.ts'
import type { Run } from '../run.ts'
import type { Library } from './library.ts'

export const OPTIONALS: Library = {
  functions: {
    'optional.of(A): optional<A>': (value: Value) => new Optional(value),
    'optional.ofNonZeroValue(A): optional<A>': (value: Value) => (isZero(value) ? NONE : new Optional(value)),
    'optional.none(): optional<dyn>': () => NONE,
    'optional.unwrap(list<optional<A>>): list<A>': unwrap,
  },
  members: {
    'optional<A>.hasValue(): bool': ({ value }: Optional) => value !== undefined,
    'optional<A>.value(): A': ({ value }: Optional) => value ?? valueMissing(value),
    'optional<A>.or(optional<A>): optional<A>': (optional: Optional, other: Optional) =>
      optional.value === undefined ? other : optional,
    'optional<A>.orValue(A): A': ({ value }: Optional, other: Value) => (value === undefined ? other : value),
    'list<optional<A>>.unwrapOpt(): list<A>': unwrap,
  },
}

/** A null that is there is a value. */
function valueMissing(value: null | undefined): Value {
  return value === null ? null : new CelError('optional.none() dereference')
}

function unwrap(list: readonly Value[], run: Run): Value {
  run.spend(list.length)
  return list.flatMap((item) => (item instanceof Optional && item.value !== undefined ? [item.value] : []))
}

function isZero(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0) return true
  if (value instanceof Double || value instanceof Uint) return Number(value.value) === 0
  if (value instanceof Uint8Array || isList(value)) return value.length === 0
  return isMap(value) && sizeOf(value) === 0
}
