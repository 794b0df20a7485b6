/** Operators: what they take, and their closures. */
import { add, multiply, negate, subtract } from './arithmetic.ts'
import { noOverload } from './members.ts'
import type { Node } from './node.ts'
import { CelProblem } from './problem.ts'
import type { Run } from './run.ts'
import type { Binary, BinaryOperator, Logic, Unary } from './syntax/ast.ts'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  isDyn,
  join,
  STRING,
  TIMESTAMP,
  typeText,
  UINT,
  type Type,
} from './types.ts'
import { compareValues, haveOrder, isEqual } from './values/compare.ts'
import { isMap, keyOf, lookUp } from './values/maps.ts'
import { adapt, CelError, isList, type Value } from './values/value.ts'

const NUMBERS: readonly Type[] = [INT, UINT, DOUBLE]
const ORDERED: readonly Type[] = [...NUMBERS, STRING, BOOL, BYTES, DURATION, TIMESTAMP]

/** `!a` and `-a`. */
export function checkUnary({ operator, offset }: Unary, operand: Node): Node {
  if (operator === '!') {
    want(operand, [BOOL], '!', offset)
    const evaluate = (run: Run): Value => {
      run.spend(1)
      const value = operand.evaluate(run)
      if (typeof value === 'boolean') return !value
      return value instanceof CelError ? value : noOverload('!_', value)
    }
    return { kind: 'not', operand, type: BOOL, evaluate }
  }
  want(operand, [INT, DOUBLE], '-', offset)
  const evaluate = (run: Run): Value => {
    run.spend(1)
    return negate(operand.evaluate(run))
  }
  return { kind: 'other', parts: [operand], type: operand.type, evaluate }
}

/** `a && b`, `a || b`: an error does not count where another operand decides. */
export function checkLogic({ operator, offset }: Logic, operands: readonly Node[]): Node {
  for (const operand of operands) want(operand, [BOOL], operator, offset)
  const deciding = operator === '||'
  const evaluate = (run: Run): Value => {
    let error: CelError | undefined
    for (const operand of operands) {
      run.spend(1)
      const value = operand.evaluate(run)
      if (value === deciding) return deciding
      if (typeof value !== 'boolean') error ??= value instanceof CelError ? value : noOverload(`_${operator}_`, value)
    }
    return error ?? !deciding
  }
  return { kind: 'logic', operator, operands, type: BOOL, evaluate }
}

/** `a == b`, `a != b`. */
export function checkEquality({ operator, offset }: Binary, left: Node, right: Node): Node {
  if (join(left.type, right.type) === undefined) throw noMatch(operator, left, right, offset)
  const isNegated = operator === '!='
  const evaluate = (run: Run): Value => {
    run.spend(1)
    const a = left.evaluate(run)
    if (a instanceof CelError) return a
    const b = right.evaluate(run)
    if (b instanceof CelError) return b
    if (typeof a === 'string' && typeof b === 'string') run.spendText(Math.min(a.length, b.length))
    return isEqual(a, b, run.spend) !== isNegated
  }
  return { kind: 'equality', isNegated, left, right, type: BOOL, evaluate }
}

/** Comparison, `in` and arithmetic. */
export function checkBinary({ operator, offset }: Binary, left: Node, right: Node): Node {
  const type = resultType(operator, left.type, right.type)
  if (type === undefined) throw noMatch(operator, left, right, offset)
  const apply = APPLY[operator]
  const evaluate = (run: Run): Value => {
    run.spend(1)
    return apply(left.evaluate(run), right.evaluate(run), run)
  }
  return { kind: 'other', parts: [left, right], type, evaluate }
}

const APPLY: Readonly<Record<BinaryOperator, (a: Value, b: Value, run: Run) => Value>> = {
  '==': (a, b, run) => isEqual(a, b, run.spend),
  '!=': (a, b, run) => !isEqual(a, b, run.spend),
  '<': (a, b) => ordered('_<_', a, b, (sign) => sign < 0),
  '<=': (a, b) => ordered('_<=_', a, b, (sign) => sign <= 0),
  '>': (a, b) => ordered('_>_', a, b, (sign) => sign > 0),
  '>=': (a, b) => ordered('_>=_', a, b, (sign) => sign >= 0),
  in: isIn,
  '+': add,
  '-': subtract,
  '*': (a, b) => multiply('*', a, b),
  '/': (a, b) => multiply('/', a, b),
  '%': (a, b) => multiply('%', a, b),
}

function ordered(name: string, a: Value, b: Value, holds: (sign: number) => boolean): Value {
  if (a instanceof CelError) return a
  if (b instanceof CelError) return b
  const sign = compareValues(a, b)
  if (sign !== undefined) return holds(sign)
  return haveOrder(a, b) ? new CelError('NaN values cannot be ordered') : noOverload(name, a, b)
}

function isIn(item: Value, of: Value, run: Run): Value {
  if (item instanceof CelError) return item
  if (of instanceof CelError) return of
  if (isList(of)) {
    for (const each of of) {
      run.spend(1)
      if (isEqual(item, adapt(each), run.spend)) return true
    }
    return false
  }
  if (!isMap(of)) return noOverload('_in_', item, of)
  const key = keyOf(item)
  return key !== undefined && lookUp(of, key) !== undefined
}

function resultType(operator: BinaryOperator, a: Type, b: Type): Type | undefined {
  switch (operator) {
    case 'in':
      return inType(a, b)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparisonType(a, b)
    default:
      return arithmeticType(operator, a, b)
  }
}

function inType(item: Type, of: Type): Type | undefined {
  if (isDyn(of)) return BOOL
  const within = of.name === 'list' || of.name === 'map' ? (of.of[0] ?? DYN) : undefined
  if (within === undefined) return undefined
  return join(item, within) === undefined ? undefined : BOOL
}

function comparisonType(a: Type, b: Type): Type | undefined {
  if (isDyn(a)) return isDyn(b) || isOneOf(b, ORDERED) ? BOOL : undefined
  if (!isOneOf(a, ORDERED)) return undefined
  return isDyn(b) || a.name === b.name || (isOneOf(a, NUMBERS) && isOneOf(b, NUMBERS)) ? BOOL : undefined
}

/** Types that an operator takes on both sides, and gives. */
const SAME: Readonly<Record<string, readonly Type[]>> = {
  '+': [INT, UINT, DOUBLE, STRING, BYTES, DURATION],
  '-': [INT, UINT, DOUBLE, DURATION],
  '*': NUMBERS,
  '/': NUMBERS,
  '%': [INT, UINT],
}

function arithmeticType(operator: BinaryOperator, a: Type, b: Type): Type | undefined {
  const same = SAME[operator] ?? []
  if (isDyn(a) && isDyn(b)) return DYN
  const isPlus = operator === '+'
  if (isPlus && (a.name === 'list' || b.name === 'list')) {
    if (isDyn(a) || isDyn(b)) return isDyn(a) ? b : a
    return join(a, b)
  }
  const hasMoment = a.name === TIMESTAMP.name || b.name === TIMESTAMP.name
  if (hasMoment && (isPlus || operator === '-')) return momentType(isPlus, a, b)
  // What is known of one side need not settle the other: a moment takes a duration.
  if (isDyn(a) || isDyn(b)) {
    const known = isDyn(a) ? b : a
    if (known.name === DURATION.name && (isPlus || operator === '-')) return DYN
    return isOneOf(known, same) ? known : undefined
  }
  return a.name === b.name && isOneOf(a, same) ? a : undefined
}

function momentType(isPlus: boolean, a: Type, b: Type): Type | undefined {
  if (isPlus)
    return (isMoment(a) && (isSpan(b) || isDyn(b))) || (isMoment(b) && (isSpan(a) || isDyn(a))) ? TIMESTAMP : undefined
  if (isDyn(a)) return DURATION
  if (!isMoment(a)) return undefined
  if (isDyn(b)) return DYN
  return isMoment(b) ? DURATION : isSpan(b) ? TIMESTAMP : undefined
}

function isMoment({ name }: Type): boolean {
  return name === TIMESTAMP.name
}

function isSpan({ name }: Type): boolean {
  return name === DURATION.name
}

function isOneOf(type: Type, types: readonly Type[]): boolean {
  return types.some(({ name }) => name === type.name)
}

function want({ type }: Node, types: readonly Type[], operator: string, offset: number): void {
  if (!isDyn(type) && !isOneOf(type, types)) {
    throw new CelProblem(`no matching overload of ${operator} for (${typeText(type)})`, offset)
  }
}

function noMatch(operator: string, left: Node, right: Node, offset: number): CelProblem {
  return new CelProblem(
    `no matching overload of ${operator} for (${typeText(left.type)}, ${typeText(right.type)})`,
    offset,
  )
}
