/** Types in bodies: arguments of calls, sides of `=` and `==`, refs, domains. */
import { writtenTerm } from '../compile/names.ts'
import type { Problems } from '../compile/stages.ts'
import {
  eachCall,
  eachClosure,
  expressionTerms,
  headTerms,
  isComprehension,
  literalTerms,
  parts,
  sidesOf,
} from '../compile/walk.ts'
import type { Body, Call, Literal, Term, With } from '../syntax/ast.ts'
import { checkReferences } from './check-references.ts'
import type { TypeEnvironment } from './environment.ts'
import { overlaps } from './overlap.ts'
import { ANY, arrayOf, objectOf, setOf, type Type } from './type.ts'
import { unifyTerms, unifyType } from './unify.ts'
import { keysOfType, shownType, valuesOfType } from './union.ts'

/** Checks a body whose literals are in order; variables get their types. False when something is wrong. */
export function checkBody(body: Body, env: TypeEnvironment, problems: Problems): boolean {
  let isFine = true
  for (const literal of body) if (!checkLiteral(literal, env, problems)) isFine = false
  return isFine
}

/** Checks terms that stand beside a body: its closures, refs and calls. */
export function checkTerms(terms: readonly Term[], env: TypeEnvironment, problems: Problems): boolean {
  let isFine = true
  for (const term of terms) {
    if (!checkClosures(term, env, problems)) isFine = false
    if (!checkReferences(term, env, problems)) isFine = false
    if (!checkCalls(term, env, problems)) isFine = false
  }
  return isFine
}

function checkLiteral(literal: Literal, env: TypeEnvironment, problems: Problems): boolean {
  const { expression, withs } = literal
  let isFine = true
  for (const term of literalTerms(literal)) if (!checkClosures(term, env, problems)) isFine = false
  const terms = expressionTerms(expression)
  for (const term of terms) if (!checkReferences(term, env, problems)) isFine = false
  // What follows from something wrong is not told.
  if (!isFine) {
    for (const term of terms) forget(term, env)
    return false
  }
  for (const each of withs) if (!checkWith(each, env, problems)) isFine = false
  switch (expression.type) {
    case 'term': {
      const { term } = expression
      const sides = sidesOf(expression)
      if (sides === undefined) return checkCalls(term, env, problems, true) && isFine
      for (const side of sides) if (!checkCalls(side, env, problems)) isFine = false
      return isFine && checkSides(sides, term, env, problems)
    }
    case 'some-in':
      return checkCalls(expression.domain, env, problems) && checkDomain(expression, env, problems) && isFine
    case 'every':
      // The body of `every` is not checked: its variables have no types.
      return checkCalls(expression.domain, env, problems) && isFine
    default:
      return isFine
  }
}

/** Variables of a wrong literal may be anything. */
function forget(term: Term, env: TypeEnvironment): void {
  if (term.type === 'variable') {
    if (env.variable(term.name) === undefined) env.setVariable(term.name, ANY)
  } else for (const part of parts(term)) forget(part, env)
}

function checkSides(
  [left, right]: readonly [Term, Term],
  { location }: Term,
  env: TypeEnvironment,
  problems: Problems,
): boolean {
  if (unifyTerms(env, left, right)) return true
  const types = `${shownType(env.typeOf(left))} and ${shownType(env.typeOf(right))}`
  problems.add('types', `match error: ${types} are never equal`, location)
  forget(left, env)
  forget(right, env)
  return false
}

function checkDomain(
  { key, value, domain }: Extract<Literal['expression'], { type: 'some-in' }>,
  env: TypeEnvironment,
  problems: Problems,
): boolean {
  const type = env.typeOf(domain) ?? ANY
  const keys = keysOfType(type)
  const values = valuesOfType(type)
  const isFine = keys !== undefined && values !== undefined
  if (!isFine) {
    problems.add('types', `match error: there is nothing in a ${shownType(type)}`, domain.location)
    return false
  }
  if (!unifyType(env, value, values) || (key !== undefined && !unifyType(env, key, keys))) {
    problems.add('types', `match error: nothing in a ${shownType(type)} is like ${writtenTerm(value)}`, value.location)
    return false
  }
  return true
}

/** A function is replaced by one with as many arguments. */
function checkWith({ target, value, location }: With, env: TypeEnvironment, problems: Problems): boolean {
  const wanted = target.type === 'ref' ? env.typeOf(target) : env.rules.builtins.get(target.name)?.type
  const builtin = wanted?.kind === 'function' ? wanted : env.functionOf(target)
  const named = value.type === 'variable' || value.type === 'ref' ? value : undefined
  const given = named === undefined ? undefined : env.functionOf(named)
  const isLocal = named?.type === 'variable' && env.variable(named.name) !== undefined
  if (given === undefined || isLocal) return true
  if (builtin === undefined) {
    if (value.type !== 'ref') return true
    problems.add('types', `the function ${writtenTerm(value)} is used without calling it`, location)
    return false
  }
  if (overlaps(builtin, given)) return true
  const counts = `${builtin.args.length} and ${given.args.length} arguments`
  problems.add('types', `${writtenTerm(target)} and what replaces it take other arguments: ${counts}`, location)
  return false
}

/** Checks the closures of a term, and what they make. */
function checkClosures(term: Term, env: TypeEnvironment, problems: Problems): boolean {
  let isFine = true
  eachClosure(term, (closure) => {
    if (!checkClosure(closure, env, problems)) isFine = false
  })
  return isFine
}

function checkClosure(closure: Term, env: TypeEnvironment, problems: Problems): boolean {
  if (isComprehension(closure)) {
    const isFine = checkBody(closure.body, env, problems) && checkTerms(headTerms(closure), env, problems)
    env.closures.set(closure, isFine ? typeOfComprehension(closure, env) : ANY)
    return isFine
  }
  if (closure.type !== 'template-string') return true
  return checkTerms(
    closure.parts.filter((part) => typeof part !== 'string'),
    env,
    problems,
  )
}

function typeOfComprehension(term: Term, env: TypeEnvironment): Type | undefined {
  switch (term.type) {
    case 'array-comprehension':
      return made(env.typeOf(term.head), arrayOf)
    case 'set-comprehension':
      return made(env.typeOf(term.head), setOf)
    case 'object-comprehension': {
      const key = env.typeOf(term.key)
      return made(env.typeOf(term.value), (value) => objectOf(key ?? ANY, value))
    }
    default:
      return undefined
  }
}

function made(type: Type | undefined, make: (type: Type) => Type): Type {
  return make(type ?? ANY)
}

/** Checks the calls in a term, inner ones first; `isLiteral` where the last argument of the outermost may be its output. */
function checkCalls(term: Term, env: TypeEnvironment, problems: Problems, isLiteral = false): boolean {
  let isFine = true
  eachCall(term, (call) => {
    if (!checkCall(call, env, problems, isLiteral && call === term)) isFine = false
  })
  return isFine
}

function checkCall(call: Call, env: TypeEnvironment, problems: Problems, isLiteral: boolean): boolean {
  const type = env.functionOf(call.operator)
  if (type === undefined || (call.operator.type === 'variable' && call.operator.name === 'internal.print')) {
    for (const argument of call.args) forget(argument, env)
    if (type === undefined && call.operator.type === 'ref') return checkCallable(call, env, problems)
    return true
  }
  for (const [place, argument] of call.args.entries()) {
    const isOutput = isLiteral && place === type.args.length
    const wanted = type.args[place] ?? (isOutput && type.variadic === undefined ? type.result : type.variadic)
    if (unifyType(env, argument, wanted ?? ANY)) continue
    const given = shownType(env.typeOf(argument))
    const what = isOutput ? 'the result' : `argument ${place + 1}`
    const message = `${writtenTerm(call.operator)}: ${what} must be ${shownType(wanted)} but is ${given}`
    problems.add('types', message, argument.location)
    return false
  }
  return true
}

/** A rule without parameters is no function. */
function checkCallable(call: Call, env: TypeEnvironment, problems: Problems): boolean {
  const type = env.typeOf(call.operator)
  if (type === undefined || type.kind === 'any' || type.kind === 'function') return true
  problems.add('types', `undefined function ${writtenTerm(call.operator)}: it is no function`, call.location)
  return false
}
