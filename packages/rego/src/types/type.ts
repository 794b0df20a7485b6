/** Types of terms, as builtins declare them and the type checker infers them. */
import type { Value } from '../values/value.ts'

export type Type =
  | { readonly kind: 'null' | 'boolean' | 'number' | 'string' }
  | ArrayType
  | SetType
  | ObjectType
  | AnyType
  | FunctionType

/** An array: first the types of its known places, then that of all others; without `rest` it has no others. */
export interface ArrayType {
  readonly kind: 'array'
  readonly items: readonly Type[]
  readonly rest?: Type
}

export interface SetType {
  readonly kind: 'set'
  readonly of: Type
}

/** An object: known keys, then the types of all others; without `rest` it has no others. */
export interface ObjectType {
  readonly kind: 'object'
  readonly properties: readonly (readonly [key: Value, type: Type])[]
  readonly rest?: { readonly key: Type; readonly value: Type }
}

/** One of several types; with an empty list any type at all. */
export interface AnyType {
  readonly kind: 'any'
  readonly of: readonly Type[]
}

/** A function; `variadic` is the type of all further arguments. No result means that it holds or does not. */
export interface FunctionType {
  readonly kind: 'function'
  readonly args: readonly Type[]
  readonly variadic?: Type
  readonly result?: Type
}

export const ANY: AnyType = { kind: 'any', of: [] }
export const NULL: Type = { kind: 'null' }
export const BOOLEAN: Type = { kind: 'boolean' }
export const NUMBER: Type = { kind: 'number' }
export const STRING: Type = { kind: 'string' }

/** An array of any length. */
export function arrayOf(rest: Type): ArrayType {
  return { kind: 'array', items: [], rest }
}

/** An array of exactly these. */
export function tuple(...items: readonly Type[]): ArrayType {
  return { kind: 'array', items }
}

export function setOf(of: Type): SetType {
  return { kind: 'set', of }
}

/** An object with any keys of a type. */
export function objectOf(key: Type, value: Type): ObjectType {
  return { kind: 'object', properties: [], rest: { key, value } }
}

/** One of these. */
export function either(...of: readonly Type[]): AnyType {
  return { kind: 'any', of }
}
