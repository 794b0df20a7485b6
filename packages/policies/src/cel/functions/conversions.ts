/** Conversions between types: `int(x)`, `string(x)` ... */
import { floatText, fromBytes, parseFloat64, parseInteger, parseUnsigned, toBytes } from '@kubescape/go'

import type { Run } from '../run.ts'
import {
  durationText,
  parseDuration,
  parseTimestamp,
  checkedTimestamp,
  SECOND,
  timestampText,
} from '../values/times.ts'
import {
  CelError,
  Double,
  intOf,
  Timestamp,
  Uint,
  uintOf,
  type Duration,
  type Int,
  type Value,
} from '../values/value.ts'
import type { Library } from './library.ts'

const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'true', 'TRUE', 'True'])
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False'])

/** Longer texts are no numbers that anyone writes, and slow to read. */
const LONGEST_NUMBER = 1000

const same = (value: Value): Value => value

export const CONVERSIONS: Library = {
  functions: {
    'int(int): int': same,
    'int(uint): int': ({ value }: Uint) => intOf(value),
    'int(double): int': ({ value }: Double) => {
      const whole = wholeNumber(value)
      return whole instanceof CelError ? whole : intOf(whole)
    },
    'int(string): int': (text: string) => {
      const { value, problem } = isShort(text) ? parseInteger(text, 10) : NO_NUMBER
      return problem === undefined ? intOf(value) : notA('int', text)
    },
    'int(timestamp): int': ({ nanoseconds }: Timestamp) =>
      intOf((nanoseconds - (((nanoseconds % SECOND) + SECOND) % SECOND)) / SECOND),
    'int(duration): int': ({ nanoseconds }: Duration) => intOf(nanoseconds),
    'uint(uint): uint': same,
    'uint(int): uint': (value: Int) => uintOf(BigInt(value)),
    'uint(double): uint': ({ value }: Double) => {
      const whole = wholeNumber(value)
      return whole instanceof CelError ? whole : uintOf(whole)
    },
    'uint(string): uint': (text: string) => {
      const { value, problem } = isShort(text) ? parseUnsigned(text, 10) : NO_NUMBER
      return problem === undefined ? uintOf(value) : notA('uint', text)
    },
    'double(double): double': same,
    'double(int): double': (value: Int) => new Double(Number(value)),
    'double(uint): double': ({ value }: Uint) => new Double(Number(value)),
    'double(string): double': (text: string) => {
      const parsed = isShort(text) ? parseFloat64(text) : undefined
      return parsed?.problem === undefined && parsed !== undefined ? new Double(parsed.value) : notA('double', text)
    },
    'string(string): string': same,
    'string(int): string': String,
    'string(uint): string': ({ value }: Uint) => String(value),
    'string(double): string': ({ value }: Double) => floatText(value),
    'string(bool): string': String,
    'string(bytes): string': bytesText,
    'string(timestamp): string': timestampText,
    'string(duration): string': durationText,
    'bytes(bytes): bytes': same,
    'bytes(string): bytes': (text: string, run: Run) => {
      run.spendText(text.length)
      return toBytes(text)
    },
    'bool(bool): bool': same,
    'bool(string): bool': (text: string) => (TRUE.has(text) ? true : FALSE.has(text) ? false : notA('bool', text)),
    'duration(duration): duration': same,
    'duration(string): duration': parseDuration,
    'timestamp(timestamp): timestamp': same,
    'timestamp(string): timestamp': parseTimestamp,
    'timestamp(int): timestamp': (seconds: Int) => checkedTimestamp(BigInt(seconds) * SECOND),
  },
}

const NO_NUMBER = { value: 0n, problem: 'too long' } as const

function isShort(text: string): boolean {
  return text.length <= LONGEST_NUMBER
}

function wholeNumber(value: number): bigint | CelError {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : new CelError('integer overflow')
}

function notA(type: string, text: string): CelError {
  return new CelError(`${JSON.stringify(text.slice(0, 60))} is no ${type}`)
}

function bytesText(bytes: Uint8Array, run: Run): Value {
  run.spendText(bytes.length)
  const text = fromBytes(bytes)
  const isText = text.isWellFormed()
  return isText ? text : new CelError('the bytes are no UTF-8')
}
