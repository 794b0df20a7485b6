import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testContext } from '../../testing/call-function.ts'
import {
  Budget,
  Dict,
  FunctionError,
  LimitError,
  List,
  NilDict,
  NilList,
  type ParameterType,
  type Scalar,
  Sized,
  Traced,
  type Value,
  int64,
} from '@kubescape/go-template'
import { sprigFunctions } from './index.ts'

/** Slow on purpose, whatever they are given. */
const SLOW = new Set(['bcrypt', 'htpasswd', 'derivePassword'])

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '',
    'a',
    'a,b',
    '1',
    '010',
    '0x1F',
    '3.0',
    'true',
    'a\nb',
    '\udc80',
    'http://h/p',
    '2006-01-02',
    '1.2.3',
    '(',
  ),
)
const small = fc.integer({ min: -5, max: 70 }).map(BigInt)
const whole = fc.oneof(small, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  text,
  whole,
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  whole.map(int64),
  fc.constant(new Sized('uint8', 200n)),
)
const leaf: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  scalar.map((value) => new Traced(value, [])),
)
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }).map((items) => new List(items)),
    fc.array(text, { maxLength: 4 }).map((items) => new List(items, 'string')),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((entries) => new Dict(new Map(entries))),
    fc.constant(new NilList()),
    fc.constant(new NilDict()),
  ),
}))
const bare = value.map((item) => (item instanceof Traced ? item.value : item))

function argument(type: ParameterType): fc.Arbitrary<Value> {
  switch (type) {
    case 'string':
      return text
    case 'bool':
      return fc.boolean()
    case 'int':
      return whole
    case 'int64':
      return whole.map(int64)
    case 'float64':
      return fc.double()
    case 'map[string]interface {}':
      return bare.map((item) => (item instanceof Dict ? item : new Dict(new Map([['a', item]]))))
    case '[]interface {}':
      return fc.array(value, { maxLength: 4 }).map((items) => new List(items))
    default:
      return bare
  }
}

function argumentsOf(name: string): fc.Arbitrary<Value[]> {
  const { parameters, variadic = false } = sprigFunctions.get(name) ?? { parameters: [] }
  const types = variadic ? parameters.slice(0, -1) : parameters
  const last = parameters.at(-1)
  const rest = variadic && last !== undefined ? fc.array(argument(last), { maxLength: 4 }) : fc.constant([])
  return fc.tuple(fc.tuple(...types.map(argument)), rest).map(([first, more]) => [...first, ...more])
}

const quick = [...sprigFunctions].filter(
  ([name, { parameters }]) => !SLOW.has(name) && !parameters.includes('time.Time') && !parameters.includes('struct'),
)

test.each(quick)('%s answers, or says what is wrong', (name, { call }) => {
  fc.assert(
    fc.property(argumentsOf(name), (args) => {
      try {
        const budget = new Budget({ steps: 100_000 })
        expect(call(args, { ...testContext(), spend: (amount) => budget.spend(amount) })).not.toBeInstanceOf(Error)
      } catch (error) {
        if (!(error instanceof FunctionError || error instanceof LimitError)) throw error
      }
    }),
    { numRuns: 60 },
  )
})
