/** Types in bodies: arguments of calls, sides of `=` and `==`, refs, domains. */
import { writtenTerm } from '../compile/names.ts'
import type { Problems } from '../compile/stages.ts'
import { expressionTerms, headTerms, parts, sidesOf, type Closure } from '../compile/walk.ts'
import type { Body, Call, Literal, Term, With } from '../syntax/ast.ts'
import { checkReference } from './check-references.ts'
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

/** Checks terms that stand beside a body: closures, refs and calls in them. */
export function checkTerms(terms: readonly Term[], env: TypeEnvironment, problems: Problems): boolean {
  let isFine = true
  for (const term of terms) if (!checkTerm(term, env, problems)) isFine = false
  return isFine
}

function checkLiteral(literal: Literal, env: TypeEnvironment, problems: Problems): boolean {
  const { expression, withs } = literal
  let isFine = true
  for (const { value } of withs) if (!checkWithValue(value, env, problems)) isFine = false
  switch (expression.type) {
    case 'term': {
      const { term } = expression
      const sides = sidesOf(expression)
      if (sides === undefined) isFine = checkTerm(term, env, problems, true) && isFine
      else {
        for (const side of sides) if (!checkTerm(side, env, problems)) isFine = false
        // What follows from something wrong is not told.
        isFine &&= checkSides(sides, term, env, problems)
      }
      break
    }
    case 'some-in':
      isFine = checkTerm(expression.domain, env, problems) && checkDomain(expression, env, problems) && isFine
      break
    case 'every':
      // The body of `every` is not checked: its variables have no types.
      isFine = checkTerm(expression.domain, env, problems) && isFine
      break
    default:
  }
  for (const each of withs) if (!checkWith(each, env, problems)) isFine = false
  if (!isFine) for (const term of expressionTerms(expression)) forget(term, env)
  return isFine
}

/** What is not replaced by a function is checked as other terms are. */
function checkWithValue(value: Term, env: TypeEnvironment, problems: Problems): boolean {
  return value.type === 'variable' || value.type === 'ref' || checkTerm(value, env, problems)
}

/**
 * Checks the closures, refs and calls in a term, inner ones first; `isLiteral` where the last argument of the term, a call, may be its
 * output.
 */
function checkTerm(term: Term, env: TypeEnvironment, problems: Problems, isLiteral = false): boolean {
  switch (term.type) {
    case 'scalar':
    case 'variable':
      return true
    case 'ref': {
      let isFine = checkTerm(term.head, env, problems)
      for (const operand of term.operands) if (!checkTerm(operand, env, problems)) isFine = false
      return isFine && checkReference(term, env, problems)
    }
    case 'array':
    case 'set':
      return checkTerms(term.items, env, problems)
    case 'object': {
      let isFine = true
      for (const [key, value] of term.entries) {
        if (!checkTerm(key, env, problems)) isFine = false
        if (!checkTerm(value, env, problems)) isFine = false
      }
      return isFine
    }
    case 'call':
      return checkTerms(term.args, env, problems) && checkCall(term, env, problems, isLiteral)
    case 'template-string':
      return checkTerms(
        term.parts.filter((part) => typeof part !== 'string'),
        env,
        problems,
      )
    default:
      return checkComprehension(term, env, problems)
  }
}

function checkComprehension(term: Closure, env: TypeEnvironment, problems: Problems): boolean {
  const isFine = checkBody(term.body, env, problems) && checkTerms(headTerms(term), env, problems)
  env.closures.set(term, isFine ? typeOfComprehension(term, env) : ANY)
  return isFine
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
