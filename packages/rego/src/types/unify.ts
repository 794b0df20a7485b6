/** Gives types to the variables in terms that are equal to something, and tells when that can never be. */
import type { ArrayTerm, ObjectTerm, Term } from '../syntax/ast.ts'
import { valueOf } from '../syntax/parse.ts'
import { equal } from '../values/value.ts'
import type { TypeEnvironment } from './environment.ts'
import { overlaps } from './overlap.ts'
import { ANY, type ArrayType, type ObjectType, type Type } from './type.ts'
import { isAny, selectType, union, valuesOfType } from './union.ts'

/** Whether a term can have a type. Variables without a type get it; `adds` widens those that have one. */
export function unifyType(env: TypeEnvironment, term: Term, type: Type | undefined, adds = false): boolean {
  if (type === undefined) return false
  switch (term.type) {
    case 'variable':
      return unifyVariable(env, term.name, type, adds)
    case 'array':
      if (type.kind === 'array') return unifyArray(env, term, type, adds)
      return unifyAny(env, term, term.items, type)
    case 'object':
      if (type.kind === 'object') return unifyObject(env, term, type, adds)
      return unifyAny(env, term, term.entries.flat(), type)
    case 'set':
      if (type.kind === 'set') return term.items.every((item) => unifyType(env, item, valuesOfType(type), adds))
      return unifyAny(env, term, term.items, type)
    default:
      return overlaps(env.typeOf(term), type)
  }
}

function unifyVariable(env: TypeEnvironment, name: string, type: Type, adds: boolean): boolean {
  const known = env.variable(name)
  if (known === undefined) {
    env.setVariable(name, type)
    return true
  }
  if (!adds) return overlaps(known, type)
  const wider = union(known, type)
  if (wider !== undefined) env.setVariable(name, wider)
  return true
}

/** A composite against one of several types. */
function unifyAny(env: TypeEnvironment, term: Term, parts: readonly Term[], type: Type): boolean {
  if (type.kind !== 'any') return false
  if (isAny(type)) {
    for (const part of parts) unifyType(env, part, ANY, true)
    return true
  }
  let isPossible = false
  for (const member of type.of) isPossible = unifyType(env, term, member, true) || isPossible
  return isPossible
}

function unifyArray(env: TypeEnvironment, { items }: ArrayTerm, type: ArrayType, adds: boolean): boolean {
  if (items.length !== type.items.length && type.rest === undefined) return false
  return items.every((item, place) => unifyType(env, item, type.items[place] ?? type.rest, adds))
}

function unifyObject(env: TypeEnvironment, { entries }: ObjectTerm, type: ObjectType, adds: boolean): boolean {
  if (entries.length !== type.properties.length && type.rest === undefined) return false
  return entries.every(([key, value]) => {
    const constant = valueOf(key)
    if (constant === undefined) {
      unifyType(env, value, ANY, adds)
      return true
    }
    const selected = selectType(type, constant)
    return selected !== undefined && unifyType(env, value, selected, adds)
  })
}

/** Whether two terms can be equal. */
export function unifyTerms(env: TypeEnvironment, left: Term, right: Term): boolean {
  const typeOfLeft = env.typeOf(left)
  const typeOfRight = env.typeOf(right)
  if (typeOfLeft !== undefined && typeOfRight !== undefined) return overlaps(typeOfLeft, typeOfRight)
  if (typeOfRight !== undefined) return unifyType(env, left, typeOfRight)
  if (typeOfLeft !== undefined) return unifyType(env, right, typeOfLeft)
  if (left.type === 'variable' && right.type === 'variable') {
    return unifyType(env, left, ANY) && unifyType(env, right, env.typeOf(left))
  }
  if (left.type === 'variable') return unifyWith(env, right, left)
  if (right.type === 'variable') return unifyWith(env, left, right)
  if (left.type === 'array' && right.type === 'array') {
    if (left.items.length !== right.items.length) return false
    return left.items.every((item, place) => unifyTerms(env, item, right.items[place] as Term))
  }
  return left.type === 'object' && right.type === 'object' && unifyObjects(env, left, right)
}

/** A composite with variables that have no types yet, and a variable for it. */
function unifyWith(env: TypeEnvironment, term: Term, variable: Term): boolean {
  if (term.type !== 'array' && term.type !== 'object') return false
  return unifyType(env, term, ANY) && unifyType(env, variable, env.typeOf(term))
}

function unifyObjects(env: TypeEnvironment, left: ObjectTerm, right: ObjectTerm): boolean {
  if (left.entries.length !== right.entries.length) return false
  return left.entries.every(([key, value]) => {
    const constant = valueOf(key)
    const other = right.entries.find(([name]) => {
      const found = valueOf(name)
      return found !== undefined && constant !== undefined && equal(found, constant)
    })
    return other === undefined ? constant === undefined : unifyTerms(env, value, other[1])
  })
}
