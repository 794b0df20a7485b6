/** Arguments of functions: constants become what the parameter asks for, values are checked. */
import { typeName } from '../go/type-name.ts'
import { Dict, List, NilDict, NilList, plain, Sized, Struct, type ParameterType, type Value } from '../go/value.ts'
import type { Frame } from './frame.ts'
import { printNode } from './print-node.ts'
import type { BoolNode, NilNode, NumberNode, StringNode } from './tree.ts'

/** An operand that is what it says. */
export type ConstantNode = BoolNode | NilNode | NumberNode | StringNode

/**
 * A constant as an argument.
 * @throws {ExecutionError} when the parameter takes no such constant
 */
export function constantArgument(frame: Frame, node: ConstantNode, type: ParameterType): Value {
  if (node.kind === 'nil') return canBeNil(type) ? nilOf(type) : frame.fail(`cannot assign nil to ${type}`)
  switch (type) {
    case 'any':
    case 'reflect.Value':
      return constant(frame, node)
    case 'string':
      return node.kind === 'string' ? node.text : frame.fail(`expected string; found ${printNode(node)}`)
    case 'bool':
      return node.kind === 'bool' ? node.value : frame.fail(`expected bool; found ${printNode(node)}`)
    case 'float64':
      return (node.kind === 'number' ? node.float : undefined) ?? frame.fail(`expected float; found ${printNode(node)}`)
    case 'int':
    case 'int32':
    case 'int64': {
      const whole = node.kind === 'number' ? node.integer : undefined
      if (whole === undefined) return frame.fail(`expected integer; found ${printNode(node)}`)
      return type === 'int' ? whole : new Sized(type, BigInt.asIntN(type === 'int32' ? 32 : 64, whole))
    }
    case 'uint32':
    case 'uint64': {
      const whole = node.kind === 'number' ? node.unsigned : undefined
      return whole === undefined
        ? frame.fail(`expected unsigned integer; found ${printNode(node)}`)
        : new Sized(type, BigInt.asUintN(type === 'uint32' ? 32 : 64, whole))
    }
    default:
      return frame.fail(`can't handle ${printNode(node)} for arg of type ${type}`)
  }
}

/**
 * What a constant is where no type is asked for.
 * @throws {ExecutionError} for a number that no int can hold
 */
export function constant(frame: Frame, node: BoolNode | NumberNode | StringNode): Value {
  frame.node = node
  if (node.kind === 'string') return node.text
  if (node.kind === 'bool') return node.value
  return node.constant === undefined ? frame.fail(`${node.text} overflows int`) : node.constant
}

/**
 * A value as an argument; it keeps its trace.
 * @throws {ExecutionError} when the parameter takes no such value
 */
export function checkArgument(frame: Frame, value: Value, type: ParameterType): Value {
  if (type === 'reflect.Value') return value
  if (value === undefined) {
    return canBeNil(type) ? nilOf(type) : frame.fail(`invalid value; expected ${type}`)
  }
  const bare = plain(value)
  if (isAssignable(bare, type)) return value
  const got = bare === null ? 'interface {}' : typeName(bare)
  return frame.fail(`wrong type for value; expected ${type}; got ${got}`)
}

function canBeNil(type: ParameterType): boolean {
  return type === 'any' || type === 'reflect.Value' || type.startsWith('map[') || type.startsWith('[]')
}

function nilOf(type: ParameterType): Value {
  if (type === 'reflect.Value') return undefined
  if (type.startsWith('map[')) return new NilDict(type)
  return type.startsWith('[]') ? new NilList(type.slice(2)) : null
}

function isAssignable(value: Value, type: ParameterType): boolean {
  switch (type) {
    case 'any':
    case 'reflect.Value':
      return true
    case 'string':
      return typeof value === 'string'
    case 'bool':
      return typeof value === 'boolean'
    case 'int':
      return typeof value === 'bigint'
    case 'float64':
      return typeof value === 'number'
    case 'int32':
    case 'int64':
    case 'uint32':
    case 'uint64':
      return value instanceof Sized && value.kind === type
    // A map of a type with a name of its own has this type underneath.
    case 'map[string]interface {}':
      return value instanceof Dict && (value.type === type || !value.type.startsWith('map['))
    case '[]interface {}':
    case '[]string':
      return value instanceof List && value.element === type.slice(2)
    case 'struct':
      return value instanceof Struct
    default:
      return value instanceof Struct && value.type === type
  }
}
