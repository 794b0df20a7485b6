/** sprig's functions for numbers: conversion, arithmetic, rounding, sequences. */
import { parseInteger } from '@kubescape/go'
import { type CallContext, FunctionError, List, type Value, int64, sprint } from '@kubescape/go-template'
import { floatOf, wholeOf } from './conversion.ts'
import {
  addDecimals,
  decimalOf,
  type Decimal,
  divideDecimals,
  floatOfDecimal,
  multiplyDecimals,
  subtractDecimals,
} from './decimal.ts'
import { type Argument, define, defineVariadic } from './define.ts'
import type { FunctionFamily } from './index.ts'

/** What it takes to compute with a decimal of the digits of one number. */
const DECIMAL_STEPS = 5
const ONE: Decimal = { digits: 1n, exponent: 0 }

/** `int`, `add`, `addf`, `max`, `round`, `until`, `seq` and their kin. */
export const numberFunctions: FunctionFamily = new Map([
  ['int', define(['any'], ([value]) => wholeOf(value))],
  ['int64', define(['any'], ([value]) => int64(wholeOf(value)))],
  ['float64', define(['any'], ([value]) => floatOf(value))],
  ['atoi', define(['string'], ([text]) => parsed(text, 10))],
  ['toDecimal', define(['any'], ([value]) => int64(parsed(sprint(value), 8)))],

  ['add1', define(['any'], ([value]) => int64(wholeOf(value) + 1n))],
  ['add', defineVariadic([], 'any', (values) => int64(values.map(wholeOf).reduce((a, b) => a + b, 0n)))],
  ['sub', define(['any', 'any'], ([a, b]) => int64(wholeOf(a) - wholeOf(b)))],
  [
    'mul',
    defineVariadic(['any'], 'any', (values) => int64(values.map(wholeOf).reduce((a, b) => BigInt.asIntN(64, a * b)))),
  ],
  ['div', define(['any', 'any'], ([a, b]) => int64(wholeOf(a) / divisor(wholeOf(b))))],
  ['mod', define(['any', 'any'], ([a, b]) => int64(wholeOf(a) % divisor(wholeOf(b))))],
  ['biggest', defineVariadic(['any'], 'any', (values) => int64(values.map(wholeOf).reduce(greater)))],
  ['max', defineVariadic(['any'], 'any', (values) => int64(values.map(wholeOf).reduce(greater)))],
  ['min', defineVariadic(['any'], 'any', (values) => int64(values.map(wholeOf).reduce(lesser)))],

  ['add1f', define(['any'], ([value]) => floatOfDecimal(addDecimals(decimalOf(floatOf(value)), ONE)))],
  ['addf', defineVariadic([], 'any', (values, context) => calculate([0, ...values], addDecimals, context))],
  ['subf', defineVariadic(['any'], 'any', (values, context) => calculate(values, subtractDecimals, context))],
  ['mulf', defineVariadic(['any'], 'any', (values, context) => calculate(values, multiplyDecimals, context))],
  ['divf', defineVariadic(['any'], 'any', (values, context) => calculate(values, divideDecimals, context))],
  ['maxf', defineVariadic(['any'], 'any', (values) => values.map(floatOf).reduce((a, b) => Math.max(a, b)))],
  ['minf', defineVariadic(['any'], 'any', (values) => values.map(floatOf).reduce((a, b) => Math.min(a, b)))],

  ['ceil', define(['any'], ([value]) => Math.ceil(floatOf(value)))],
  ['floor', define(['any'], ([value]) => Math.floor(floatOf(value)))],
  ['round', defineVariadic(['any', 'int'], 'float64', ([value, places, from]) => round(floatOf(value), places, from))],

  ['until', define(['int'], ([count], context) => numbers(range(0n, count, count < 0n ? -1n : 1n, context)))],
  [
    'untilStep',
    define(['int', 'int', 'int'], ([start, stop, step], context) => numbers(range(start, stop, step, context))),
  ],
  ['seq', defineVariadic([], 'int', (bounds, context) => sequence(bounds, context).join(' '))],
])

/** Zero for what is no number of that base. What is out of range is the number that is nearest, but none in base 8. */
function parsed(text: string, base: 8 | 10): bigint {
  const { value, problem } = parseInteger(text, base)
  return base === 8 && problem !== undefined ? 0n : value
}

function divisor(whole: bigint): bigint {
  if (whole === 0n) throw new FunctionError('runtime error: integer divide by zero')
  return whole
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** The first number with each of the others in turn. Digits add up, so many numbers cost more than each of them. */
function calculate(
  values: readonly Argument[],
  operation: (a: Decimal, b: Decimal) => Decimal,
  context: CallContext,
): number {
  context.spend(DECIMAL_STEPS * values.length ** 2)
  return floatOfDecimal(values.map((value) => decimalOf(floatOf(value))).reduce(operation))
}

/** Rounds up from `from` on, which is a half if it is not given; below zero the fraction never is. */
function round(value: number, places: bigint, from = 0.5): number {
  // Powers of ten are exact when they are read, not always when they are computed.
  const power = Number(`1e${places}`)
  const shifted = power * value
  return (shifted % 1 >= from ? Math.ceil(shifted) : Math.floor(shifted)) / power
}

/** From `start` to before `stop`; nothing when the steps lead away from there. */
function range(start: bigint, stop: bigint, step: bigint, context: CallContext): bigint[] {
  const distance = stop - start
  const isTowards = distance < 0n ? step < 0n : step > 0n
  if (!isTowards) return []
  const count = Number((distance + step - (step > 0n ? 1n : -1n)) / step)
  context.spend(count)
  return Array.from({ length: count }, (_, at) => start + BigInt(at) * step)
}

function numbers(items: Value[]): List {
  return new List(items, 'int')
}

/** Both ends included: to the end, from the start to the end, or with the step between these two. */
function sequence(bounds: readonly bigint[], context: CallContext): bigint[] {
  if (bounds.length === 0 || bounds.length > 3) return []
  const end = bounds.at(-1) as bigint
  const start = bounds.length === 1 ? 1n : (bounds[0] as bigint)
  const direction = end < start ? -1n : 1n
  const step = bounds.length === 3 ? (bounds[1] as bigint) : direction
  return range(start, end + direction, step, context)
}
