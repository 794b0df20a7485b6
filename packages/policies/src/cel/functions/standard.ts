/** The functions of the language itself, but for conversions and times. */
import { CelError, TypeValue, typeNameOf, type Value } from '../values/value.ts'
import { sizeOf, type AnyMap } from '../values/maps.ts'
import { lengthOf } from '../values/texts.ts'
import type { Run } from '../run.ts'
import type { Library } from './library.ts'

function matches(text: string, pattern: string, run: Run): Value {
  const compiled = run.pattern(pattern)
  return compiled instanceof CelError ? compiled : compiled.test(text)
}

function sizeOfText(text: string, run: Run): Value {
  run.spendText(text.length)
  return lengthOf(text)
}

export const STANDARD: Library = {
  functions: {
    'size(string): int': sizeOfText,
    'size(bytes): int': (bytes: Uint8Array) => bytes.length,
    'size(list<A>): int': (list: readonly Value[]) => list.length,
    'size(map<A, B>): int': (map: AnyMap) => sizeOf(map),
    'matches(string, string): bool': matches,
    'type(A): type': (value: Value) => new TypeValue(typeNameOf(value)),
    'dyn(A): dyn': (value: Value) => value,
  },
  members: {
    'string.size(): int': sizeOfText,
    'bytes.size(): int': (bytes: Uint8Array) => bytes.length,
    'list<A>.size(): int': (list: readonly Value[]) => list.length,
    'map<A, B>.size(): int': (map: AnyMap) => sizeOf(map),
    'string.matches(string): bool': matches,
    'string.contains(string): bool': (text: string, part: string, run: Run) => {
      run.spendText(text.length + part.length)
      return text.includes(part)
    },
    'string.startsWith(string): bool': (text: string, part: string, run: Run) => {
      run.spendText(part.length)
      return text.startsWith(part)
    },
    'string.endsWith(string): bool': (text: string, part: string, run: Run) => {
      run.spendText(part.length)
      return text.endsWith(part)
    },
  },
}
