/** Pipelines, commands, fields and calls to values. */
import { typeName } from '../go/type-name.ts'
import {
  Dict,
  FunctionError,
  LimitError,
  List,
  MISSING,
  plain,
  Struct,
  Traced,
  type ParameterType,
  type Value,
} from '../go/value.ts'
import { checkArgument, constant, constantArgument } from './arguments.ts'
import { quote } from '@kubescape/go'
import { ExecutionError } from './error.ts'
import type { Frame, TemplateFunction } from './frame.ts'
import { elementType, zeroOf } from './indexing.ts'
import { printNode } from './print-node.ts'
import { isTrue } from './truth.ts'
import type { ChainNode, CommandNode, IdentifierNode, OperandNode, PipeNode } from './tree.ts'

/** Go's name of the type of map that values are made of. */
const PLAIN_MAP = 'map[string]interface {}'
/** UTF-16 units that a function may make of a text. */
const MAX_TEXT = 16 * 1024 * 1024
/** Stands for the value of the command before, where there is none. */
const NOTHING: unique symbol = Symbol('no command before')
const NO_OPERANDS: readonly OperandNode[] = []
/** As a power of two: so many arguments are evaluated in a step. */
const ARGUMENTS_A_STEP = 2
/** As a power of two: so many fields are read in a step. */
const FIELDS_A_STEP = 4
/** As a power of two: so many characters of a text are gone over in a step. */
const CHARACTERS_A_STEP = 6
/** As a power of two: so many spans are made in a step. */
const SPANS_A_STEP = 2

/**
 * The value of a pipeline, nil as `undefined`; its variables are set.
 * @throws {ExecutionError}
 * @throws {LimitError}
 */
export function evaluatePipeline(frame: Frame, dot: Value, pipe: PipeNode): Value {
  frame.node = pipe
  let value: Value | typeof NOTHING = NOTHING
  for (const command of pipe.commands) {
    const given: Value = evaluateCommand(frame, dot, command, value)
    value = given === null || (given instanceof Traced && given.value === null) ? undefined : given
  }
  const last = value === NOTHING ? undefined : value
  for (const { names } of pipe.variables) {
    if (pipe.isAssignment) frame.assign(names[0] ?? '', last)
    else frame.declare(names[0] ?? '', last)
  }
  return last
}

function evaluateCommand(frame: Frame, dot: Value, command: CommandNode, final: Value | typeof NOTHING): Value {
  const { operands } = command
  const first = operands[0] as OperandNode
  switch (first.kind) {
    case 'field':
      frame.node = first
      return evaluateFields(frame, dot, dot, first.names, 0, frame.dotType, operands, final)
    case 'identifier':
      frame.node = first
      return callFunction(frame, dot, first.call, first.name, first.isPredefined, command, operands, final)
    case 'chain':
      return evaluateChain(frame, dot, first, operands, final)
    case 'variable':
      return evaluateVariable(frame, dot, first.names, first, operands, final)
    case 'pipe':
      refuseArguments(frame, operands, final)
      return evaluateNested(frame, dot, first)
    default:
  }
  frame.node = first
  refuseArguments(frame, operands, final)
  if (first.kind === 'dot') return dot
  return first.kind === 'nil' ? frame.fail('nil is not a command') : constant(frame, first)
}

function evaluateNested(frame: Frame, dot: Value, pipe: PipeNode): Value {
  frame.enter('parentheses')
  const value = evaluatePipeline(frame, dot, pipe)
  frame.leave('parentheses')
  return value
}

function evaluateVariable(
  frame: Frame,
  dot: Value,
  names: readonly string[],
  node: OperandNode,
  operands: readonly OperandNode[],
  final: Value | typeof NOTHING,
): Value {
  frame.node = node
  const { value, type } = frame.variable(names[0] as string)
  if (names.length > 1) return evaluateFields(frame, dot, value, names, 1, type, operands, final)
  refuseArguments(frame, operands, final)
  return value
}

function evaluateChain(
  frame: Frame,
  dot: Value,
  chain: ChainNode,
  operands: readonly OperandNode[],
  final: Value | typeof NOTHING,
): Value {
  const { node } = chain
  frame.node = node
  const value = node.kind === 'pipe' ? evaluateNested(frame, dot, node) : evaluateIdentifier(frame, dot, node)
  return evaluateFields(frame, dot, value, chain.names, 0, undefined, operands, final)
}

function evaluateIdentifier(frame: Frame, dot: Value, node: IdentifierNode): Value {
  return callFunction(frame, dot, node.call, node.name, node.isPredefined, node, NO_OPERANDS, NOTHING)
}

function refuseArguments(frame: Frame, operands: readonly OperandNode[], final: Value | typeof NOTHING): void {
  if (operands.length > 1 || final !== NOTHING) {
    frame.fail(`can't give argument to non-function ${printNode(operands[0] as OperandNode)}`)
  }
}

/** The fields of a value from the one at `from` on; the last one may be a method, which gets the arguments. */
function evaluateFields(
  frame: Frame,
  dot: Value,
  root: Value,
  names: readonly string[],
  from: number,
  rootType: string | undefined,
  operands: readonly OperandNode[],
  final: Value | typeof NOTHING,
): Value {
  const { tracer, budget } = frame.rendering
  const last = names.length - 1
  budget.spend(names.length >> FIELDS_A_STEP)
  let value = root
  let holder: Dict | undefined
  for (let at = from; at <= last; at++) {
    const name = names[at] as string
    if (value instanceof Dict && (value.type === PLAIN_MAP || frame.rendering.methodOf(value, name) === undefined)) {
      if (at === last && (operands.length > 1 || final !== NOTHING)) {
        frame.fail(`${name} is not a method but has arguments`)
      }
      holder = value
      value = holder.entries.get(name)
      tracer?.read(holder, name, value)
      if (value === undefined) value = missingEntry(frame, holder, name)
      continue
    }
    const type = holder === undefined ? (at === from ? rootType : undefined) : elementType(holder.type)
    holder = undefined
    value =
      at === last
        ? evaluateField(frame, dot, value, name, type, operands, final)
        : evaluateField(frame, dot, value, name, type, NO_OPERANDS, NOTHING)
  }
  return value
}

function missingEntry(frame: Frame, dict: Dict, name: string): Value {
  const { missingKey } = frame.rendering
  if (missingKey === 'default') return undefined
  return missingKey === 'zero' ? zeroOf(elementType(dict.type)) : frame.fail(`map has no entry for key ${quote(name)}`)
}

/** A field or method of what is no map; `type` is the type to name when there is no such field. */
function evaluateField(
  frame: Frame,
  dot: Value,
  holder: Value,
  name: string,
  type: string | undefined,
  operands: readonly OperandNode[],
  final: Value | typeof NOTHING,
): Value {
  const value = plain(holder)
  if (value === undefined) {
    return frame.rendering.missingKey === 'error' ? frame.fail(`nil data; no entry for key ${quote(name)}`) : undefined
  }
  if (value === null) return frame.fail(`nil pointer evaluating interface {}.${name}`)
  const method =
    value instanceof Struct
      ? value.method(name)
      : value instanceof Dict || value instanceof List
        ? frame.rendering.methodOf(value, name)
        : undefined
  const { node } = frame
  if (method !== undefined) {
    return callFunction(frame, dot, method, name, false, node as OperandNode, operands, final)
  }
  const field = value instanceof Struct ? value.field(name) : MISSING
  if (field === MISSING) return frame.fail(`can't evaluate field ${name} in type ${type ?? typeName(value)}`)
  if (operands.length > 1 || final !== NOTHING) {
    frame.fail(`${name} has arguments but cannot be invoked as function`)
  }
  return field
}

/** Calls a function; `operands` are its name and its arguments, `node` is what errors of the function name. */
function callFunction(
  frame: Frame,
  dot: Value,
  callee: TemplateFunction,
  name: string,
  isPredefined: boolean,
  node: CommandNode | OperandNode,
  operands: readonly OperandNode[],
  final: Value | typeof NOTHING,
): Value {
  const given = operands.length === 0 ? 0 : operands.length - 1
  const count = final === NOTHING ? given : given + 1
  frame.rendering.budget.spend(1 + (count >> ARGUMENTS_A_STEP))
  const { parameters } = callee
  const lastParameter = parameters.length - 1
  if (callee.variadic === true ? count < lastParameter : count !== parameters.length) {
    const wanted =
      callee.variadic === true ? `at least ${lastParameter} got ${given}` : `${parameters.length} got ${count}`
    return frame.fail(`wrong number of args for ${name}: want ${wanted}`)
  }
  if (isPredefined && (name === 'and' || name === 'or')) return decide(frame, dot, name === 'or', operands, final)
  const args: Value[] = []
  for (let at = 0; at < given; at++) {
    const type = parameters[at < lastParameter ? at : lastParameter] as ParameterType
    args.push(evaluateArgument(frame, dot, operands[at + 1] as OperandNode, type))
  }
  if (final !== NOTHING) {
    const type = parameters[given < lastParameter ? given : lastParameter] as ParameterType
    args.push(checkArgument(frame, final, type))
  }
  try {
    if (isPredefined && name === 'call') refuseCall(args[0], operands[1])
    return invoke(frame, callee, name, args)
  } catch (error) {
    if (!(error instanceof FunctionError || error instanceof ExecutionError)) throw error
    frame.node = node
    return frame.fail(`error calling ${name}: ${error.message}`, error)
  }
}

/** Texts that a function reads or makes count, and what is known about them: neither may go on without end. */
function invoke(frame: Frame, callee: TemplateFunction, name: string, args: Value[]): Value {
  const { budget } = frame.rendering
  let read = 0
  let isOfCollection = false
  for (const arg of args) {
    read += textLength(arg)
    isOfCollection ||= arg instanceof Dict || arg instanceof List
  }
  budget.spend(read >> CHARACTERS_A_STEP)
  const result = invokeFreely(frame, callee, name, args)
  const made = textLength(result)
  if (made > MAX_TEXT) throw new LimitError(`a function makes more than ${MAX_TEXT} characters`)
  // What prints a collection looks at each item; templates count for themselves.
  budget.spend(made >> (isOfCollection && 'call' in callee ? 0 : CHARACTERS_A_STEP))
  if (result instanceof Traced) budget.spend(result.spans.length >> SPANS_A_STEP)
  return result
}

function textLength(value: Value): number {
  const bare = plain(value)
  return typeof bare === 'string' ? bare.length : 0
}

function invokeFreely(frame: Frame, callee: TemplateFunction, name: string, args: Value[]): Value {
  const { tracer, context } = frame.rendering
  if ('callIn' in callee) {
    const { parameters, callIn } = callee
    const seen = (arg: Value, at: number): Value => (parameters[at] === 'reflect.Value' ? arg : plain(arg))
    return callIn(tracer === undefined ? args : args.map(seen), frame, args)
  }
  return tracer === undefined
    ? callee.call(args, context)
    : tracer.result(name, args, callee.call(tracer.arguments(name, args), context))
}

/** No value of a chart is a function. */
function refuseCall(callee: Value, operand: OperandNode | undefined): never {
  const value = plain(callee)
  if (value === null || value === undefined) throw new FunctionError('call of nil')
  const shown = typeof value === 'string' ? value : `<${typeName(value)} Value>`
  throw new FunctionError(
    `non-function ${operand === undefined ? shown : printNode(operand)} of type ${typeName(value)}`,
  )
}

/** `and` and `or`: the first argument that decides, or the last one. */
function decide(
  frame: Frame,
  dot: Value,
  deciding: boolean,
  operands: readonly OperandNode[],
  final: Value | typeof NOTHING,
): Value {
  let value: Value
  for (const operand of operands.slice(1)) {
    value = evaluateArgument(frame, dot, operand, 'reflect.Value')
    if (isTrue(value) === deciding) return value
  }
  return final === NOTHING ? value : final
}

function evaluateArgument(frame: Frame, dot: Value, node: OperandNode, type: ParameterType): Value {
  frame.node = node
  switch (node.kind) {
    case 'bool':
    case 'number':
    case 'string':
    case 'nil':
      return constantArgument(frame, node, type)
    case 'dot':
      return checkArgument(frame, dot, type)
    case 'field':
      return checkArgument(
        frame,
        evaluateFields(frame, dot, dot, node.names, 0, frame.dotType, NO_OPERANDS, NOTHING),
        type,
      )
    case 'variable':
      return checkArgument(frame, evaluateVariable(frame, dot, node.names, node, NO_OPERANDS, NOTHING), type)
    case 'pipe':
      return checkArgument(frame, evaluateNested(frame, dot, node), type)
    case 'identifier':
      return checkArgument(frame, evaluateIdentifier(frame, dot, node), type)
    default:
      return checkArgument(frame, evaluateChain(frame, dot, node, NO_OPERANDS, NOTHING), type)
  }
}
