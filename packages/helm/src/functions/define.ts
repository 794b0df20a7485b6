/** Functions with arguments of known types. */
import type { CallContext, Dict, GoFunction, Traced, Value } from '@kubescape/go-template'

/** What an argument is that may be anything: no value comes as `null`, scalars come without their trace. */
export type Argument = Exclude<Value, Traced | undefined>

/** Types of parameters, and what arguments of them are here. */
interface ArgumentTypes {
  readonly any: Argument
  readonly bool: boolean
  readonly float64: number
  readonly int: bigint
  readonly 'map[string]interface {}': Dict
  readonly string: string
}

type Type = keyof ArgumentTypes
type Arguments<Types extends readonly Type[]> = { readonly [At in keyof Types]: ArgumentTypes[Types[At]] }

/** A function that takes one argument of each type. */
export function define<const Types extends readonly Type[]>(
  parameters: Types,
  call: (args: Arguments<Types>, context: CallContext) => Value,
): GoFunction {
  // Arguments are checked against the parameters before a function is called.
  return { parameters, call: call as unknown as GoFunction['call'] }
}

/** A function that takes one argument of each of the first types and any number of the last one. */
export function defineVariadic<const Types extends readonly Type[], Last extends Type>(
  first: Types,
  last: Last,
  call: (args: readonly [...Arguments<Types>, ...ArgumentTypes[Last][]], context: CallContext) => Value,
): GoFunction {
  return { parameters: [...first, last], variadic: true, call: call as unknown as GoFunction['call'] }
}
