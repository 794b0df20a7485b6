/**
 * The values of Rego, immutable once made. Documents from outside are taken as they are and never copied.
 *
 * | Rego | here |
 * | --- | --- |
 * | undefined | `undefined`, which is no `Value` |
 * | null, booleans, strings | the same |
 * | numbers | `number`: any integer within 2^53, and every fraction that JavaScript prints as Rego would; `bigint`: larger integers, never smaller ones; `Decimal`: all others |
 * | arrays | arrays |
 * | objects | plain objects where all keys are strings, own properties only; `RegoObject` as soon as one key is not a string |
 * | sets | `RegoSet` |
 */
import { Decimal } from './decimal.ts'
import { visit } from './effort.ts'
import { compareNumbers, type NumberValue } from './number.ts'
import { compareStrings } from './text-order.ts'

/** What objects and sets take more than lists, to compare or hash them. */
const COST_OF_OBJECT = 8

/** A value of Rego. */
export type Value = null | boolean | string | NumberValue | readonly Value[] | ObjectValue | RegoSet

/** An object of either kind. Read it with the functions of `object.ts`. */
export type ObjectValue = PlainObject | RegoObject

/** An object whose keys are strings; only own properties count, whatever its prototype. */
export interface PlainObject {
  readonly [key: string]: Value
}

/** A set: no duplicates, 1 and 1.0 being one. */
export class RegoSet {
  readonly #members = new ValueMap<true>()
  #sorted: readonly Value[] | undefined

  constructor(members: Iterable<Value> = []) {
    for (const member of members) this.#members.set(member, true)
  }

  get size(): number {
    return this.#members.size
  }

  has(value: Value): boolean {
    return this.#members.has(value)
  }

  /** Adds a member. Only who made the set may, and only before anybody else sees it. */
  add(value: Value): void {
    this.#members.set(value, true)
    this.#sorted = undefined
  }

  /** The members in the order of Rego. */
  values(): readonly Value[] {
    return (this.#sorted ??= this.#members.keys().toSorted(compare))
  }

  /** The members in the order in which they came: for work whose result does not depend on order. */
  unordered(): Iterable<Value> {
    return this.#members.keys()
  }
}

/** An object with at least one key that is not a string. */
export class RegoObject {
  readonly #entries = new ValueMap<Value>()
  #sorted: readonly Value[] | undefined

  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    for (const [key, value] of entries) this.#entries.set(key, value)
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: Value): Value | undefined {
    return this.#entries.get(key)
  }

  /** Sets an entry. Only who made the object may, and only before anybody else sees it. */
  set(key: Value, value: Value): void {
    this.#entries.set(key, value)
    this.#sorted = undefined
  }

  /** The keys in the order of Rego. */
  keys(): readonly Value[] {
    return (this.#sorted ??= this.#entries.keys().toSorted(compare))
  }
}

/** A map whose keys are values. Scalars are keys of a map of JavaScript; what has parts, and odd numbers, are found by a hash. */
export class ValueMap<T> {
  readonly #scalars = new Map<Value, T>()
  #others: Map<number, Entry<T>[]> | undefined
  #countOfOthers = 0
  /** How keys were written first that are found as numbers of JavaScript: `1.0`. */
  #written: Map<Value, Value> | undefined

  get size(): number {
    return this.#scalars.size + this.#countOfOthers
  }

  get(key: Value): T | undefined {
    if (isScalarKey(key)) return this.#scalars.get(key)
    const plain = plainKey(key)
    return plain === undefined ? this.#find(key)?.value : this.#scalars.get(plain)
  }

  has(key: Value): boolean {
    if (isScalarKey(key)) return this.#scalars.has(key)
    const plain = plainKey(key)
    return plain === undefined ? this.#find(key) !== undefined : this.#scalars.has(plain)
  }

  set(key: Value, value: T): void {
    const scalar = isScalarKey(key) ? key : plainKey(key)
    if (scalar !== undefined) {
      if (scalar !== key && !this.#scalars.has(scalar)) (this.#written ??= new Map<Value, Value>()).set(scalar, key)
      this.#scalars.set(scalar, value)
      return
    }
    const others = (this.#others ??= new Map<number, Entry<T>[]>())
    const hash = hashOf(key)
    const bucket = others.get(hash)
    const entry = bucket?.find((each) => equal(each.key, key))
    if (entry !== undefined) {
      entry.value = value
      return
    }
    if (bucket === undefined) others.set(hash, [{ key, value }])
    else bucket.push({ key, value })
    this.#countOfOthers++
  }

  /** The keys in no particular order. */
  keys(): Value[] {
    const keys = [...this.#scalars.keys()]
    const written = this.#written
    if (written !== undefined) {
      for (let at = 0; at < keys.length; at++) keys[at] = written.get(keys[at] as Value) ?? (keys[at] as Value)
    }
    for (const bucket of this.#others?.values() ?? []) for (const { key } of bucket) keys.push(key)
    return keys
  }

  #find(key: Value): Entry<T> | undefined {
    return this.#others?.get(hashOf(key))?.find((entry) => equal(entry.key, key))
  }
}

interface Entry<T> {
  readonly key: Value
  value: T
}

function isScalarKey(key: Value): boolean {
  return typeof key !== 'object' || key === null
}

/** The number of JavaScript that a number in another writing is equal to: 1.0 and 1 are one key. */
function plainKey(key: Value): number | bigint | undefined {
  return key instanceof Decimal ? key.plain : undefined
}

/** Keys of plain objects in order, kept while the object lives: policies walk the same objects again and again. */
const sortedKeys = new WeakMap<object, readonly string[]>()

/** The value of a key; undefined where the object has none. */
export function get(object: ObjectValue, key: Value): Value | undefined {
  if (object instanceof RegoObject) return object.get(key)
  return typeof key === 'string' && Object.hasOwn(object, key) ? object[key] : undefined
}

/** The keys in the order of Rego. */
export function keysOf(object: ObjectValue): readonly Value[] {
  if (object instanceof RegoObject) return object.keys()
  let keys = sortedKeys.get(object)
  if (keys === undefined) sortedKeys.set(object, (keys = Object.keys(object).toSorted(compareStrings)))
  return keys
}

/** Number of entries. */
export function sizeOf(object: ObjectValue): number {
  return object instanceof RegoObject ? object.size : Object.keys(object).length
}

/** Negative where left comes first, zero where both are equal, positive otherwise. */
export function compare(left: Value, right: Value): number {
  if (left === right) {
    if (typeof left === 'string') visitText(left)
    return 0
  }
  const rank = rankOf(left)
  const other = rankOf(right)
  if (rank !== other) return rank - other
  switch (rank) {
    case 1:
      return left === true ? 1 : -1
    case 2:
      return compareNumbers(left as NumberValue, right as NumberValue)
    case 3:
      return compareStrings(left as string, right as string)
    case 4:
      return compareLists(left as readonly Value[], right as readonly Value[])
    case 5:
      return compareObjects(left as ObjectValue, right as ObjectValue)
    case 6:
      return compareLists((left as RegoSet).values(), (right as RegoSet).values())
    default:
      return 0
  }
}

/** True for equal values; 1 and 1.0 are. */
export function equal(left: Value, right: Value): boolean {
  if (left === right) {
    if (typeof left === 'string') visitText(left)
    return true
  }
  if (typeof left !== 'object' || left === null) {
    if (typeof left === 'string' && typeof right === 'string' && left.length === right.length) visitText(left)
    return right instanceof Decimal && (typeof left === 'number' || typeof left === 'bigint')
      ? compareNumbers(left, right) === 0
      : false
  }
  if (typeof right !== 'object' || right === null) {
    return left instanceof Decimal && (typeof right === 'number' || typeof right === 'bigint')
      ? compareNumbers(left, right) === 0
      : false
  }
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false
    let place = 0
    while (place < left.length && equal(left[place] as Value, right[place] as Value)) place++
    visit(place + 1)
    return place === left.length
  }
  if (Array.isArray(right)) return false
  if (left instanceof Decimal) return right instanceof Decimal && compareNumbers(left, right) === 0
  if (right instanceof Decimal) return false
  if (left instanceof RegoSet) {
    if (!(right instanceof RegoSet) || left.size !== right.size) return false
    visit(COST_OF_OBJECT)
    for (const member of left.unordered()) if (!right.has(member)) return false
    return true
  }
  if (right instanceof RegoSet) return false
  visit(COST_OF_OBJECT)
  return equalObjects(left as ObjectValue, right as ObjectValue)
}

/** Texts are compared fast, but not for nothing. */
function visitText(text: string): void {
  if (text.length > 4096) visit(text.length >> 8)
}

/** Place of the type of a value in the order. */
function rankOf(value: Value): number {
  switch (typeof value) {
    case 'boolean':
      return 1
    case 'number':
    case 'bigint':
      return 2
    case 'string':
      return 3
    default:
      if (value === null) return 0
      if (Array.isArray(value)) return 4
      if (value instanceof RegoSet) return 6
      return value instanceof Decimal ? 2 : 5
  }
}

function compareLists(left: readonly Value[], right: readonly Value[]): number {
  const end = Math.min(left.length, right.length)
  for (let place = 0; place < end; place++) {
    const order = compare(left[place] as Value, right[place] as Value)
    if (order !== 0) {
      visit(place + 1)
      return order
    }
  }
  visit(end + 1)
  return left.length - right.length
}

function compareObjects(left: ObjectValue, right: ObjectValue): number {
  const ours = keysOf(left)
  const theirs = keysOf(right)
  visit(COST_OF_OBJECT)
  const end = Math.min(ours.length, theirs.length)
  for (let place = 0; place < end; place++) {
    const key = ours[place] as Value
    const order = compare(key, theirs[place] as Value)
    if (order !== 0) return order
    const byValue = compare(get(left, key) as Value, get(right, key) as Value)
    if (byValue !== 0) return byValue
  }
  return ours.length - theirs.length
}

function equalObjects(left: ObjectValue, right: ObjectValue): boolean {
  if (left instanceof RegoObject || right instanceof RegoObject) {
    if (sizeOf(left) !== sizeOf(right)) return false
    return keysOf(left).every((key) => {
      const other = get(right, key)
      return other !== undefined && equal(get(left, key) as Value, other)
    })
  }
  return equalPlain(left, right)
}

function equalPlain(left: PlainObject, right: PlainObject): boolean {
  let count = 0
  for (const key of Object.keys(left)) {
    count++
    if (!Object.hasOwn(right, key) || !equal(left[key] as Value, right[key] as Value)) return false
  }
  return count === Object.keys(right).length
}

/** What a value takes where it is kept, in units of about 64 bytes; of what it holds, only the places are counted. */
export function weightOf(value: Value): number {
  if (typeof value !== 'object' || value === null) return 1
  if (Array.isArray(value)) return 3 + (value.length >> 3)
  return value instanceof RegoSet ? 16 + value.size * 2 : 8
}

/** Hashes of values with many parts, kept while the values live: documents are put into results again and again. */
const hashes = new WeakMap<object, number>()
/** Values with fewer parts are hashed again. */
const WORTH_KEEPING = 6
/** Counts lists, sets and objects that were hashed. */
let partsHashed = 0

/** A number that equal values share; different ones seldom do. */
function hashOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return hashOfText(value)
    case 'number':
      return value | 0
    case 'boolean':
      return value ? 3 : 5
    case 'bigint':
      return hashOfText(String(value))
    default:
      return value === null ? 7 : hashOfParts(value)
  }
}

function hashOfParts(value: readonly Value[] | RegoSet | Decimal | ObjectValue): number {
  if (value instanceof Decimal) return value.plain === undefined ? hashOfText(value.text) : hashOf(value.plain)
  const known = hashes.get(value)
  if (known !== undefined) return known
  let hash = 17
  const before = partsHashed
  partsHashed++
  visit(COST_OF_OBJECT)
  if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) hash = (Math.imul(hash, 31) + hashOf(item)) | 0
  } else if (value instanceof RegoSet) {
    // Neither members nor entries have an order, so their hashes are added.
    for (const member of value.unordered()) hash = (hash + spread(hashOf(member))) | 0
  } else if (value instanceof RegoObject) {
    for (const key of value.keys()) hash = (hash + hashOfEntry(hashOf(key), value.get(key) as Value)) | 0
  } else {
    const object = value as PlainObject
    for (const key of Object.keys(object)) hash = (hash + hashOfEntry(hashOfText(key), object[key] as Value)) | 0
  }
  if (partsHashed - before >= WORTH_KEEPING) hashes.set(value, hash)
  return hash
}

function hashOfEntry(key: number, value: Value): number {
  return spread(Math.imul(key, 31) + hashOf(value))
}

/** Mixes bits, so that sums of small differences do not meet. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 12)
}

/** Of long texts only some characters count. */
function hashOfText(text: string): number {
  const { length } = text
  const stride = length > 32 ? length >>> 5 : 1
  let hash = length
  for (let at = length - 1; at >= 0; at -= stride) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return hash
}
