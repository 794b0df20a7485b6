/** What a library of functions is, and how functions are found by the types of their arguments. */
import type { Run } from '../run.ts'
import { DYN, fits, parseType, splitTypes, substitute, typeText, type Type } from '../types.ts'
import { isInt, isList, isJsonMap, Special, typeNameOf, type Value } from '../values/value.ts'

/**
 * Functions by their signatures. An implementation takes the arguments, of the types that the signature names, and then the
 * evaluation; what it returns may be an error.
 */
export type FunctionTable = Readonly<Record<string, (...given: never[]) => Value>>

/** A family of functions. */
export interface Library {
  /** `name(int, A...): string`; names may have dots: `math.abs(int): int`. */
  readonly functions?: FunctionTable
  /** `string.size(): int`: the part before the dot is the type of what stands before it. */
  readonly members?: FunctionTable
}

/** One signature of a function. */
export interface Overload {
  /** With what stands before the dot of a member first. */
  readonly parameters: readonly Type[]
  /** The last parameter may be given any number of times, but once at least. */
  readonly isVariadic: boolean
  readonly result: Type
  readonly call: (...given: readonly (Value | Run)[]) => Value
}

/** Functions by name: those of members begin with a dot. */
export type Functions = ReadonlyMap<string, readonly Overload[]>

/** The functions of libraries, by name. */
export function readLibraries(libraries: readonly Library[]): Functions {
  const functions = new Map<string, Overload[]>()
  const add = (name: string, overload: Overload): void => {
    const list = functions.get(name)
    if (list === undefined) functions.set(name, [overload])
    else list.push(overload)
  }
  for (const library of libraries) {
    for (const [signature, call] of Object.entries(library.functions ?? {})) {
      const { head, overload } = readSignature(signature, call)
      add(head, overload)
    }
    for (const [signature, call] of Object.entries(library.members ?? {})) {
      const { head, overload } = readSignature(signature, call)
      const dot = head.lastIndexOf('.')
      const parameters = [parseType(head.slice(0, dot)), ...overload.parameters]
      add(head.slice(dot), { ...overload, parameters })
    }
  }
  return functions
}

function readSignature(
  signature: string,
  implementation: FunctionTable[string],
): { readonly head: string; readonly overload: Overload } {
  const open = signature.indexOf('(')
  const close = signature.lastIndexOf('):')
  const parameters = splitTypes(signature.slice(open + 1, close)).map((text) => text.trim())
  const isVariadic = parameters.at(-1)?.endsWith('...') ?? false
  const call = implementation as unknown as Overload['call']
  return {
    head: signature.slice(0, open),
    overload: {
      parameters: parameters.map((text) => parseType(text.replace('...', ''))),
      isVariadic,
      result: parseType(signature.slice(close + 2)),
      call,
    },
  }
}

/** The overloads that may be meant by arguments of these types, and the type of what they give. */
export function chooseOverloads(
  overloads: readonly Overload[],
  given: readonly Type[],
): { readonly chosen: readonly Overload[]; readonly result: Type } {
  const chosen: Overload[] = []
  let result: Type | undefined
  for (const overload of overloads) {
    if (!takesCount(overload, given.length)) continue
    const bindings = new Map<string, Type>()
    if (!given.every((type, index) => fits(parameterAt(overload, index), type, bindings))) continue
    chosen.push(overload)
    const type = substitute(overload.result, bindings)
    result = result === undefined || typeText(result) === typeText(type) ? type : DYN
  }
  return { chosen, result: result ?? DYN }
}

/** The overload for values, by their types. */
export function overloadFor(overloads: readonly Overload[], given: readonly Value[]): Overload | undefined {
  for (const overload of overloads) {
    let isFit = takesCount(overload, given.length)
    for (let index = 0; isFit && index < given.length; index++) {
      isFit = isOfType(given[index] ?? null, parameterAt(overload, index).name)
    }
    if (isFit) return overload
  }
  return undefined
}

function takesCount({ parameters, isVariadic }: Overload, count: number): boolean {
  return isVariadic ? count >= parameters.length : count === parameters.length
}

function parameterAt({ parameters }: Overload, index: number): Type {
  return parameters[index] ?? parameters.at(-1) ?? DYN
}

function isOfType(value: Value, name: string): boolean {
  switch (name) {
    case 'dyn':
      return true
    case 'string':
      return typeof value === 'string'
    case 'int':
      return isInt(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'list':
      return isList(value)
    case 'map':
      return isJsonMap(value) || (value instanceof Special && value.typeName === 'map')
    default:
      return name.length === 1 || typeNameOf(value) === name
  }
}
