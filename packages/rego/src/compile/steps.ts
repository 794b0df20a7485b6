/** A literal as steps: nested calls come before what they are arguments of, each binds variables and needs others. */
import type { Call, Literal, Term } from '../syntax/ast.ts'
import { eachOutside, eachPattern, eachRefBinding, isKnown, unifiedBy, type IsBound } from './bindings.ts'
import { eachClosure, eachPart, expressionTerms, sidesOf } from './walk.ts'

/** One step. */
export interface LiteralStep {
  /** Terms that are read; refs in them bind the variables in their brackets. */
  readonly inputs: readonly Term[]
  /** Patterns that take a result. */
  readonly outputs: readonly Term[]
  /** The sides of `=`, which bind each other. */
  readonly sides?: readonly [Term, Term]
  /** It binds nothing: what is negated, and values of `with`. */
  readonly isClosed: boolean
  /** Closures in it, which see what was bound before. */
  readonly closures: readonly Term[]
}

/** The number of arguments that an operator takes. */
export type Arity = (operator: Call['operator']) => number

/** The steps of a literal in the order of evaluation. */
export function stepsOf({ expression, negated, withs }: Literal, arity: Arity): readonly LiteralStep[] {
  const steps: LiteralStep[] = []
  if (withs.length > 0) {
    // A function may be replaced by a builtin, whose name is no variable.
    const values = withs.map(({ value }) => value).filter((value) => value.type !== 'variable' || arity(value) < 0)
    steps.push(step(values, [], true))
  }
  for (const term of expressionTerms(expression)) {
    // Of a call that is the literal itself only the arguments are steps before it.
    if (expression.type === 'term' && term.type === 'call') for (const part of term.args) addCalls(part, steps)
    else addCalls(term, steps)
  }
  switch (expression.type) {
    case 'some':
      break
    case 'some-in': {
      const { key, value, domain } = expression
      steps.push(step([domain], [], negated))
      steps.push(step([], key === undefined ? [value] : [key, value], false))
      break
    }
    case 'every':
      steps.push(step([expression.domain], [], negated))
      break
    default:
      steps.push(expressionStep(expression, negated, arity))
  }
  return steps
}

/** The steps of terms that stand beside a body, such as the value of a rule. */
export function stepsOfTerms(terms: readonly Term[]): readonly LiteralStep[] {
  const steps: LiteralStep[] = []
  for (const term of terms) addCalls(term, steps)
  if (terms.length > 0) steps.push(step(terms, [], false))
  return steps
}

/**
 * The variables that a step binds; undefined when something that it needs is missing. `needs` gives the variables of closures that must be
 * bound before.
 */
export function boundBy(
  { inputs, outputs, sides, isClosed, closures }: LiteralStep,
  isBound: IsBound,
  needs: (closure: Term) => Iterable<string>,
): ReadonlySet<string> | undefined {
  for (const closure of closures) for (const name of needs(closure)) if (!isBound(name)) return undefined
  if (outputs.length === 0 && inputs.every((term) => isAllKnown(term, isBound))) return NOTHING
  const missing = new Set<string>()
  const miss = (name: string): void => {
    if (!isKnown(name, isBound)) missing.add(name)
  }
  for (const term of inputs) eachOutside(term, miss)
  if (isClosed) {
    for (const term of outputs) eachOutside(term, miss)
    return missing.size === 0 ? missing : undefined
  }
  const bound = new Set<string>()
  const add = (name: string): void => {
    if (!isKnown(name, isBound)) bound.add(name)
  }
  for (const term of inputs) eachRefBinding(term, isBound, add)
  for (const term of outputs) eachRefBinding(term, isBound, add)
  if (sides !== undefined) {
    for (const name of unifiedBy(sides[0], sides[1], (each) => bound.has(each) || isBound(each))) add(name)
  }
  for (const name of missing) if (!bound.has(name)) return undefined
  for (const term of outputs) eachPattern(term, add)
  for (const term of outputs) eachOutside(term, miss)
  for (const name of missing) if (!bound.has(name)) return undefined
  return bound
}

const NOTHING: ReadonlySet<string> = new Set()

/** Whether all variables of a term outside closures and nested calls are known. */
function isAllKnown(term: Term, isBound: IsBound): boolean {
  switch (term.type) {
    case 'variable':
      return isKnown(term.name, isBound)
    case 'ref':
      return isAllKnown(term.head, isBound) && term.operands.every((operand) => isAllKnown(operand, isBound))
    case 'array':
    case 'set':
      return term.items.every((item) => isAllKnown(item, isBound))
    case 'object':
      return term.entries.every(([key, value]) => isAllKnown(key, isBound) && isAllKnown(value, isBound))
    default:
      return true
  }
}

function expressionStep(
  expression: Extract<Literal['expression'], { type: 'term' }>,
  isClosed: boolean,
  arity: Arity,
): LiteralStep {
  const { term } = expression
  const sides = sidesOf(expression)
  if (
    sides !== undefined &&
    term.type === 'call' &&
    term.operator.type === 'variable' &&
    term.operator.name !== 'equal'
  ) {
    return { ...step(sides, [], isClosed), sides }
  }
  if (term.type !== 'call') return step([term], [], isClosed)
  const { args } = term
  const count = arity(term.operator)
  return args.length === count + 1 ? step(args.slice(0, -1), args.slice(-1), isClosed) : step(args, [], isClosed)
}

function step(inputs: readonly Term[], outputs: readonly Term[], isClosed: boolean): LiteralStep {
  const closures: Term[] = []
  for (const term of inputs) addClosures(term, closures)
  for (const term of outputs) addClosures(term, closures)
  return { inputs, outputs, isClosed, closures }
}

/** Closures that are not in nested calls. */
function addClosures(term: Term, closures: Term[]): void {
  if (term.type === 'call') return
  if ('body' in term || term.type === 'template-string') eachClosure(term, (closure) => closures.push(closure))
  else eachPart(term, addClosures, closures)
}

/** Calls in a term, inner ones first. */
function addCalls(term: Term, steps: LiteralStep[]): void {
  eachPart(term, addCalls, steps)
  if (term.type === 'call') steps.push(step(term.args, [], false))
}
