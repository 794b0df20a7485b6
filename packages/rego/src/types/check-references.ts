/** Refs into values whose type is known: to places that they cannot have. */
import { writtenTerm } from '../compile/names.ts'
import type { RuleNode } from '../compile/rule-tree.ts'
import type { Problems } from '../compile/stages.ts'
import type { Ref, Term } from '../syntax/ast.ts'
import type { TypeEnvironment } from './environment.ts'
import { ANY, STRING, type Type } from './type.ts'
import { unifyType } from './unify.ts'
import { keysOfType, selectType, shownType, typeOfValue, unionOf, valuesOfType } from './union.ts'

/** Checks a ref; gives false when it is wrong. Variables in brackets get the type of the keys. */
export function checkReference(ref: Ref, env: TypeEnvironment, problems: Problems): boolean {
  const message = refProblem(ref, env)
  if (message === undefined) return true
  problems.add('types', message.text, ref.location, message.hint === undefined ? {} : { hint: message.hint })
  return false
}

interface Message {
  readonly text: string
  readonly hint?: string
}

function refProblem(ref: Ref, env: TypeEnvironment): Message | undefined {
  const { head, operands } = ref
  if (env.typeOf(ref)?.kind === 'function')
    return { text: `the function ${writtenTerm(ref)} is used without calling it` }
  if (head.type === 'variable' && head.name === 'data') return dataProblem(ref, env)
  if (head.type === 'variable' && head.name === 'input') {
    freeOperands(operands, 0, env)
    return undefined
  }
  // A parameter of which nothing else is known yet may be anything.
  if (head.type === 'variable' && env.variable(head.name) === undefined) env.setVariable(head.name, ANY)
  const type = env.typeOf(head)
  return type === undefined ? undefined : leafProblem(ref, type, operands, 0, env)
}

function dataProblem(ref: Ref, env: TypeEnvironment): Message | undefined {
  const { operands } = ref
  let node: RuleNode = env.rules.root
  for (let place = 0; place < operands.length; place++) {
    const operand = operands[place] as Term
    const child = operand.type === 'scalar' ? node.child(operand.value) : undefined
    if (child !== undefined && env.rules.isKnown(child)) {
      node = child
      continue
    }
    if (node.rules.length > 0) {
      const type = env.rules.get(node)
      // Where rules stand inside of others, not all keys are known.
      return type === undefined || node.children.length > 0 ? undefined : leafProblem(ref, type, operands, place, env)
    }
    const problem = env.rules.isKnown(node) ? nameProblem(ref, node, place, env) : undefined
    if (problem === undefined) freeOperands(operands, place, env)
    return problem
  }
  return undefined
}

/** Where nothing is known of the keys, variables for them may be anything. */
function freeOperands(operands: readonly Term[], from: number, env: TypeEnvironment): void {
  for (const operand of operands.slice(from)) {
    if (operand.type === 'variable' ? env.variable(operand.name) === undefined : operand.type !== 'scalar') {
      unifyType(env, operand, ANY)
    }
  }
}

/** Names of packages and of rules are strings; further inside, names of rules may have other constants. */
function nameProblem(ref: Ref, node: RuleNode, place: number, env: TypeEnvironment): Message | undefined {
  const operand = ref.operands[place] as Term
  if (operand.type === 'scalar' && place > 1) return undefined
  const keys = unionOf([STRING, ...node.children.map(({ key }) => typeOfValue(key))])
  const type = env.typeOf(operand)
  if (type === undefined && (operand.type === 'ref' || operand.type === 'call')) return undefined
  return unifyType(env, operand, keys) ? undefined : undefinedRef(ref, place, type, keys)
}

function leafProblem(
  ref: Ref,
  whole: Type,
  operands: readonly Term[],
  from: number,
  env: TypeEnvironment,
): Message | undefined {
  let type: Type | undefined = whole
  for (let place = from; place < operands.length && type !== undefined; place++) {
    const keys = keysOfType(type)
    if (keys === undefined)
      return { text: `undefined ref ${writtenTerm(ref)}: there is nothing in a ${shownType(type)}` }
    const operand = operands[place] as Term
    if (operand.type === 'scalar') {
      const selected = selectType(type, operand.value)
      if (selected === undefined) return undefinedRef(ref, place, env.typeOf(operand), keys, type)
      type = selected
      continue
    }
    const isUnknown = (operand.type === 'ref' || operand.type === 'call') && env.typeOf(operand) === undefined
    if (!isUnknown && !unifyType(env, operand, keys)) return undefinedRef(ref, place, env.typeOf(operand), keys)
    type = valuesOfType(type)
  }
  return undefined
}

function undefinedRef(ref: Ref, place: number, given: Type | undefined, wanted: Type, type?: Type): Message {
  const operand = ref.operands[place] as Term
  const text = `undefined ref ${writtenTerm(ref)}: ${writtenTerm(operand)} (${shownType(given)}) is no key, keys are ${shownType(wanted)}`
  const names =
    type?.kind === 'object' ? type.properties.map(([key]) => key).filter((key) => typeof key === 'string') : []
  return names.length === 0 ? { text } : { text, hint: `Keys are ${names.slice(0, 10).join(', ')}.` }
}
