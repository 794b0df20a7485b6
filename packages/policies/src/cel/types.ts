/** Static types of expressions. What comes out of Kubernetes objects is `dyn`: only evaluation knows it. */

/** A type with what it is made of: `list` of one type, `map` of two. A single capital letter stands for any one type. */
export interface Type {
  readonly name: string
  readonly of: readonly Type[]
  /** Levels of types within it. */
  readonly depth: number
}

/** What is within deeper types is known only at evaluation: types of shared values would grow without bound. */
const MAX_DEPTH = 8

/** A type that is made of no others. */
export function plain(name: string): Type {
  return { name, of: [], depth: 0 }
}

export const DYN = plain('dyn')
export const BOOL = plain('bool')
export const INT = plain('int')
export const UINT = plain('uint')
export const DOUBLE = plain('double')
export const STRING = plain('string')
export const BYTES = plain('bytes')
export const DURATION = plain('google.protobuf.Duration')
export const TIMESTAMP = plain('google.protobuf.Timestamp')
export const TYPE = plain('type')

/** A type that is made of others. */
function madeOf(name: string, of: readonly Type[]): Type {
  let depth = 0
  for (const part of of) depth = Math.max(depth, part.depth + 1)
  return depth > MAX_DEPTH ? { name, of: of.map(() => DYN), depth: 1 } : { name, of, depth }
}

/** A list of a type. */
export function listOf(item: Type): Type {
  return madeOf('list', [item])
}

/** A map from a type to another. */
export function mapOf(key: Type, value: Type): Type {
  return madeOf('map', [key, value])
}

/** An optional of a type. */
export function optionalOf(type: Type): Type {
  return madeOf('optional_type', [type])
}

/** What signatures write for long names. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  duration: 'google.protobuf.Duration',
  timestamp: 'google.protobuf.Timestamp',
  optional: 'optional_type',
  null: 'null_type',
  Quantity: 'kubernetes.Quantity',
  URL: 'kubernetes.URL',
  Format: 'kubernetes.NamedFormat',
  Semver: 'kubernetes.Semver',
  IP: 'net.IP',
  CIDR: 'net.CIDR',
}

/** Reads `map<string, list<A>>`. */
export function parseType(text: string): Type {
  const open = text.indexOf('<')
  const name = (open < 0 ? text : text.slice(0, open)).trim()
  const of = open < 0 ? [] : splitTypes(text.slice(open + 1, text.lastIndexOf('>'))).map(parseType)
  return madeOf(SHORT_NAMES[name] ?? name, of)
}

/** The parts of `string, map<string, int>`. */
export function splitTypes(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < text.length; index++) {
    const sign = text[index]
    if (sign === '<') depth++
    else if (sign === '>') depth--
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(start, index))
      start = index + 1
    }
  }
  if (text.slice(start).trim() !== '') parts.push(text.slice(start))
  return parts
}

/** The type as people write it. */
export function typeText({ name, of }: Type): string {
  return of.length === 0 ? name : `${name}(${of.map(typeText).join(', ')})`
}

/** Whether it is known only at evaluation. */
export function isDyn(type: Type): boolean {
  return type.name === 'dyn'
}

/** What letters of a signature stand for in one call. */
export type Bindings = Map<string, Type>

/** Whether an argument of the type fits a parameter; binds the letters of the parameter. */
export function fits(parameter: Type, argument: Type, bindings: Bindings): boolean {
  if (isLetter(parameter)) {
    const bound = bindings.get(parameter.name)
    if (bound === undefined) {
      bindings.set(parameter.name, argument)
      return true
    }
    if (fits(bound, argument, bindings)) return true
    if (!fits(argument, bound, bindings)) return false
    bindings.set(parameter.name, argument)
    return true
  }
  if (isDyn(parameter) || isDyn(argument)) return true
  if (argument.name === 'null_type' && isNullable(parameter)) return true
  if (parameter.name !== argument.name) return false
  return parameter.of.every((part, index) => fits(part, argument.of[index] ?? DYN, bindings))
}

/** The type with its letters replaced by what they stand for. */
export function substitute(type: Type, bindings: Bindings): Type {
  if (isLetter(type)) return bindings.get(type.name) ?? DYN
  return type.of.length === 0
    ? type
    : madeOf(
        type.name,
        type.of.map((part) => substitute(part, bindings)),
      )
}

/** The type that holds values of both; undefined where they have nothing in common. */
export function join(a: Type, b: Type): Type | undefined {
  if (isDyn(a) || isDyn(b)) return DYN
  if (a.name === 'null_type' && isNullable(b)) return b
  if (b.name === 'null_type' && isNullable(a)) return a
  if (a.name !== b.name) return undefined
  const of: Type[] = []
  for (const [index, part] of a.of.entries()) {
    const joined = join(part, b.of[index] ?? DYN)
    if (joined === undefined) return undefined
    of.push(joined)
  }
  return madeOf(a.name, of)
}

function isNullable({ name }: Type): boolean {
  return name === DURATION.name || name === TIMESTAMP.name || name === 'null_type'
}

function isLetter({ name }: Type): boolean {
  return name.length === 1 && name >= 'A' && name <= 'Z'
}
