/** The operators of numbers, and `+` of all that can be joined. */
import { noOverload } from './members.ts'
import type { Run } from './run.ts'
import { checkedDuration, checkedTimestamp } from './values/times.ts'
import {
  adapt,
  CelError,
  Double,
  Duration,
  intOf,
  isInt,
  isList,
  Timestamp,
  Uint,
  uintOf,
  type Int,
  type Value,
} from './values/value.ts'

/** `a + b`. */
export function add(a: Value, b: Value, run: Run): Value {
  if (isInt(a) && isInt(b)) return addInts(a, b)
  if (typeof a === 'string' && typeof b === 'string') {
    run.spendText(a.length + b.length)
    return a + b
  }
  if (a instanceof CelError) return a
  if (b instanceof CelError) return b
  if (a instanceof Double && b instanceof Double) return new Double(a.value + b.value)
  if (a instanceof Uint && b instanceof Uint) return uintOf(a.value + b.value)
  if (isList(a) && isList(b)) {
    run.spend(1 + a.length + b.length)
    return a.length === 0 ? b : b.length === 0 ? a : [...a, ...b].map(adapt)
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    run.spendText(a.length + b.length)
    const joined = new Uint8Array(a.length + b.length)
    joined.set(a)
    joined.set(b, a.length)
    return joined
  }
  if (a instanceof Duration && b instanceof Duration) return checkedDuration(a.nanoseconds + b.nanoseconds)
  if (a instanceof Timestamp && b instanceof Duration) return checkedTimestamp(a.nanoseconds + b.nanoseconds, a.offset)
  if (a instanceof Duration && b instanceof Timestamp) return checkedTimestamp(a.nanoseconds + b.nanoseconds, b.offset)
  return noOverload('_+_', a, b)
}

function addInts(a: Int, b: Int): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return intOf(BigInt(a) + BigInt(b))
}

/** `a - b`. */
export function subtract(a: Value, b: Value): Value {
  if (a instanceof CelError) return a
  if (b instanceof CelError) return b
  if (isInt(a) && isInt(b)) return intOf(BigInt(a) - BigInt(b))
  if (a instanceof Double && b instanceof Double) return new Double(a.value - b.value)
  if (a instanceof Uint && b instanceof Uint) return uintOf(a.value - b.value)
  if (a instanceof Timestamp && b instanceof Timestamp) return checkedDuration(a.nanoseconds - b.nanoseconds)
  if (a instanceof Timestamp && b instanceof Duration) return checkedTimestamp(a.nanoseconds - b.nanoseconds, a.offset)
  if (a instanceof Duration && b instanceof Duration) return checkedDuration(a.nanoseconds - b.nanoseconds)
  return noOverload('_-_', a, b)
}

/** `a * b`, `a / b` and `a % b`. */
export function multiply(operator: '*' | '/' | '%', a: Value, b: Value): Value {
  if (a instanceof CelError) return a
  if (b instanceof CelError) return b
  if (isInt(a) && isInt(b)) {
    const result = wholeResult(operator, BigInt(a), BigInt(b))
    return typeof result === 'bigint' ? intOf(result) : result
  }
  if (a instanceof Uint && b instanceof Uint) {
    const result = wholeResult(operator, a.value, b.value)
    return typeof result === 'bigint' ? uintOf(result) : result
  }
  if (a instanceof Double && b instanceof Double && operator !== '%') {
    return new Double(operator === '*' ? a.value * b.value : a.value / b.value)
  }
  return noOverload(`_${operator}_`, a, b)
}

function wholeResult(operator: '*' | '/' | '%', a: bigint, b: bigint): bigint | CelError {
  if (operator === '*') return a * b
  if (b === 0n) return new CelError(operator === '/' ? 'division by zero' : 'modulus by zero')
  return operator === '/' ? a / b : a % b
}

/** `-a`. */
export function negate(a: Value): Value {
  if (a instanceof CelError) return a
  if (isInt(a)) return intOf(-BigInt(a))
  return a instanceof Double ? new Double(-a.value) : noOverload('-_', a)
}
