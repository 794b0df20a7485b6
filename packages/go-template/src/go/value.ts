/**
 * The values of templates, with the kinds that Go knows: charts can tell them apart, so numbers of JavaScript do not do.
 *
 * | here | in Go |
 * | --- | --- |
 * | `undefined` | no value at all: a missing key, which prints as `<no value>` |
 * | `null` | nil |
 * | `boolean` | bool |
 * | `string` | string; a byte that is not part of UTF-8 stands as U+DC80 to U+DCFF |
 * | `number` | float64 |
 * | `bigint` | int |
 * | `Sized` | every other kind of number |
 * | `List`, `Dict` | slices and maps |
 * | `Struct` | structs with fields and methods, such as `.Chart` and `.Files` |
 * | `Traced` | a scalar of any kind above that remembers where it comes from |
 */
import type { Span, ValueOrigin } from '../origin.ts'

/** A value of a template. */
export type Value = Scalar | Traced | List | Dict | Struct | undefined

/** What has no parts. */
export type Scalar = null | boolean | string | number | bigint | Sized

/** Kinds of numbers beside `int` and `float64`. */
export type SizedKind =
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'uintptr'
  | 'float32'

/** A number of a kind of its own; immutable. Whole kinds hold a `bigint` that fits them, `float32` a rounded `number`. */
export class Sized {
  readonly kind: SizedKind
  readonly value: bigint | number

  constructor(kind: SizedKind, value: bigint | number) {
    this.kind = kind
    this.value = value
  }
}

/** An int64: what sprig computes with. */
export function int64(value: bigint | number): Sized {
  return new Sized('int64', BigInt.asIntN(64, BigInt(value)))
}

/** A slice. Several names may share one list, as in Go; functions that "change" a list give a new one. */
export class List {
  readonly items: Value[]
  /** Go's name of the element type: `interface {}`, `string`, `int`, `uint8` ... */
  readonly element: string
  /** Where the list was written, when it comes from values. */
  readonly origin: ValueOrigin | undefined

  constructor(items: Value[], element = 'interface {}', origin?: ValueOrigin) {
    this.items = items
    this.element = element
    this.origin = origin
  }
}

/** A map with texts for keys; it can be changed, and everybody who holds it sees that. Iterate by `sortedKeys`. */
export class Dict {
  readonly entries: Map<string, Value>
  /** Go's name of the type: `map[string]interface {}`, `map[string]string`, `common.Values` ... */
  readonly type: string
  /** Where the map was written, when it comes from values. */
  readonly origin: ValueOrigin | undefined

  constructor(entries: Map<string, Value> = new Map(), type = 'map[string]interface {}', origin?: ValueOrigin) {
    this.entries = entries
    this.type = type
    this.origin = origin
  }

  get(key: string): Value {
    return this.entries.get(key)
  }

  /** Keys in the order in which `range` visits them: by their UTF-8 bytes. */
  sortedKeys(): string[] {
    return [...this.entries.keys()].toSorted(compareBytes)
  }
}

/** A nil slice: an empty list that encoders write as `null`. */
export class NilList extends List {
  constructor(element?: string) {
    super([], element)
  }
}

/** A nil map: an empty one that encoders write as `null`, and in which nothing can be set. */
export class NilDict extends Dict {
  constructor(type?: string) {
    super(new Map(), type)
  }
}

/** A struct: templates read its fields and call its methods by name. */
export abstract class Struct {
  /** Go's name of the type, such as `*chart.Metadata`. */
  abstract readonly type: string

  /** The value of a field; `MISSING` when the struct has no such field. */
  abstract field(name: string): Value | typeof MISSING

  /** A method; undefined when the struct has none of that name. */
  abstract method(name: string): GoFunction | undefined

  /** What `%v` prints, where that is not the fields in braces. */
  abstract print(): string

  /** What encoders write instead: the fields by their names in JSON. */
  json(): Value {
    return new Dict()
  }
}

/** What a struct answers for a field that it does not have. */
export const MISSING: unique symbol = Symbol('no such field')

/** A scalar that remembers where it comes from. Only rendering with a source map makes them; `plain` takes it off. */
export class Traced {
  readonly value: Scalar
  /** Of a text: runs that together are as long as it. Of other scalars: one. */
  readonly spans: readonly Span[]

  constructor(value: Scalar, spans: readonly Span[]) {
    this.value = value
    this.spans = spans
  }
}

/**
 * The value without its trace. Functions get their scalar arguments plain; what they take out of a list or a map may be
 * traced, so it goes through here before it is looked at, and stays as it is when it is only passed on.
 */
export function plain(value: Value): Exclude<Value, Traced> {
  return value instanceof Traced ? value.value : value
}

/** Whether a value is nil, of a type or of none. */
export function isNil(value: Value): boolean {
  const bare = plain(value)
  return bare === null || bare === undefined || bare instanceof NilDict || bare instanceof NilList
}

/**
 * A type that a parameter can have; arguments are checked against it before a function is called. A missing value becomes
 * `null` for `any`, an empty list or map for those, and is refused otherwise; `reflect.Value` takes all values as they are.
 */
export type ParameterType =
  | 'reflect.Value'
  | 'any'
  | 'string'
  | 'bool'
  | 'int'
  | 'int64'
  | 'uint64'
  | 'int32'
  | 'uint32'
  | 'float64'
  | 'map[string]interface {}'
  | '[]interface {}'
  | '[]string'
  | 'struct'
  | 'time.Time'

/** A function that templates can call, or a method of a struct. */
export interface GoFunction {
  readonly parameters: readonly ParameterType[]
  /** The last parameter takes any number of arguments. */
  readonly variadic?: boolean
  /**
   * Arguments are checked and plain; of `any` they may be `null`.
   * @throws {FunctionError} with Go's words for what went wrong
   */
  readonly call: (args: readonly Value[], context: CallContext) => Value
}

/** What functions may use of the rendering that they are called in. */
export interface CallContext {
  /** The fixed time of the rendering, in milliseconds since 1970. */
  readonly now: number
  /** Random bytes that depend on nothing but the seed of the rendering and the number of calls. */
  readonly randomBytes: (count: number) => Uint8Array
  /** Tells that the result is random or depends on the time: no user wrote it. */
  readonly synthetic: () => void
  /**
   * Counts work that grows with the input: characters or items about to be made.
   * @throws {LimitError} when the rendering has had its share
   */
  readonly spend: (amount: number) => void
}

/** What a function answers instead of a value. The caller puts the position around it. */
export class FunctionError extends Error {}

/** A limit was hit: the rendering ends here. */
export class LimitError extends Error {}

/** Orders texts by their UTF-8 bytes. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Surrogates stand for characters above all others, except that those of raw bytes keep their place. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
