import fc from 'fast-check'
import { expect, test } from 'vitest'

import { sprigFunctions } from '../functions/index.ts'
import {
  type CallContext,
  type GoFunction,
  PREDEFINED,
  Traced,
  type Value,
  type ValueLayer,
  plain,
} from '@kubescape/go-template'
import { ValueTracer } from './value-tracer.ts'

const LAYER: ValueLayer = { kind: 'chart', name: 'values.yaml' }
const CONTEXT: CallContext = {
  now: 0,
  randomBytes: (count) => new Uint8Array(count),
  synthetic: () => undefined,
  spend: () => undefined,
}

function traced(text: string, name: string): Traced {
  return new Traced(text, [{ length: text.length, origin: { value: { layer: LAYER, path: [name] } } }])
}

/** What a function gives for arguments of which `a` and `b` come from the values. */
function call(name: string, args: readonly Value[]): Value {
  const callee = (sprigFunctions.get(name) ?? PREDEFINED.get(name)) as GoFunction
  const tracer = new ValueTracer()
  return tracer.result(name, args, callee.call(args.map(plain), CONTEXT))
}

function inked(text: string): string {
  return text.replaceAll(/[ \n]/gu, '')
}

const CALLS: readonly (readonly [string, (a: Traced, b: Traced) => readonly Value[]])[] = [
  ['indent', (a) => [3n, a]],
  ['nindent', (a) => [2n, a]],
  ['quote', (a, b) => [a, b]],
  ['squote', (a) => [a]],
  ['cat', (a, b) => [a, 1, b]],
  ['print', (a, b) => [a, b, 1n]],
  ['printf', (a, b) => ['x-%s-%v-%d%%', a, b, 7n]],
  ['printf', (a, b) => ['%q %5s', a, b]],
  ['trim', (a) => [a]],
  ['trimSuffix', (a, b) => [b, a]],
  ['trimPrefix', (a, b) => [b, a]],
  ['trunc', (a) => [5n, a]],
  ['trunc', (a) => [-5n, a]],
  ['replace', (a, b) => [' ', b, a]],
  ['upper', (a) => [a]],
  ['lower', (a) => [a]],
  ['default', (a, b) => [b, a]],
  ['coalesce', (a, b) => [a, b]],
  ['sha256sum', (a) => [a]],
  ['b64enc', (a) => [a]],
  ['title', (a) => [a]],
  ['nospace', (a) => [a]],
]
const TEXT = fc.oneof(fc.string(), fc.stringMatching(/^[ab \n%"é😀-]{0,20}$/u))

test.each(CALLS)('%s gives spans as long as its text, of the characters that they name', (name, argumentsOf) => {
  fc.assert(
    fc.property(TEXT, TEXT, (first, second) => {
      const values: Readonly<Record<string, string>> = { a: first, b: second }
      const result = call(name, argumentsOf(traced(first, 'a'), traced(second, 'b')))
      if (!(result instanceof Traced) || typeof result.value !== 'string') return
      let at = 0
      for (const { length, origin } of result.spans) {
        const entry = origin.value?.path[0]
        const piece = result.value.slice(at, at + length)
        // What is put before a line counts as part of that line.
        if (entry !== undefined && origin.derived !== true) expect(inked(values[entry] ?? '')).toContain(inked(piece))
        at += length
      }
      expect(at).toBe(result.value.length)
    }),
  )
})
