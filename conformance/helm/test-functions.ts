/** Functions that the cases of Go's templates call. */
import {
  Dict,
  FunctionError,
  type GoFunction,
  List,
  type ParameterType,
  type Value,
  sprintln,
  typeName,
} from '@kubescape/go-template'

/** By name; the README beside the cases says what each does. */
export const TEST_FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['add', define(['int'], (args) => args.reduce((sum: bigint, arg) => sum + (arg as bigint), 0n), true)],
  ['echo', define(['any'], ([value]) => value)],
  ['makemap', define(['string'], makeMap, true)],
  ['mapOfThree', define([], () => new Dict(new Map([['three', 3n]]), 'map[string]int'))],
  ['oneArg', define(['string'], ([a]) => `oneArg=${a as string}`)],
  ['twoArgs', define(['string', 'string'], ([a, b]) => `twoArgs=${a as string}${b as string}`)],
  ['zeroArgs', define([], () => 'zeroArgs')],
  ['returnInt', define([], () => 7n)],
  ['typeOf', define(['any'], ([value]) => typeName(value))],
  ['dddArg', define(['int', 'string'], ([a, ...b]) => sprintln([a, new List(b, 'string')]), true)],
  ['vfunc', define(['string', 'string'], () => 'vfunc')],
  ['count', define(['int'], ([n]) => letters(Number(n)))],
  ['errfn', define([], () => fail('boom'))],
  ['die', define([], () => fail('die'))],
])

/** Functions of sprig that read the environment, which is empty. */
export const ENVIRONMENT_FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map([
  ['env', define(['string'], () => '')],
  ['expandenv', define(['string'], ([text]) => (text as string).replaceAll(/\$(?:\w+|\{\w+\})/g, ''))],
])

function define(
  parameters: readonly ParameterType[],
  call: (args: readonly Value[]) => Value,
  variadic = false,
): GoFunction {
  return { parameters, call, variadic }
}

function fail(message: string): never {
  throw new FunctionError(message)
}

function makeMap(args: readonly Value[]): Dict {
  const entries = new Map<string, Value>()
  for (let at = 0; at + 1 < args.length; at += 2) entries.set(args[at] as string, args[at + 1])
  return new Dict(entries, 'map[string]string')
}

function letters(count: number): List {
  return new List(Array.from('abcdefghijklmnop'.slice(0, count)), 'string')
}
