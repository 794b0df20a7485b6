/** Types of rules, found from their bodies in the order in which they need each other. */
import type { Builtin } from '../builtins/builtin.ts'
import type { PlacedNode } from '../compile/recursion.ts'
import { groundPart, type RuleNode } from '../compile/rule-tree.ts'
import type { Problems } from '../compile/stages.ts'
import { eachVariable } from '../compile/walk.ts'
import type { Rule, Term } from '../syntax/ast.ts'
import { checkBody, checkTerms } from './check-body.ts'
import { RuleTypes, TypeEnvironment } from './environment.ts'
import { ANY, objectOf, setOf, type ObjectType, type Type } from './type.ts'
import { union, unionOf } from './union.ts'

/** Infers the types of all rules; `nodes` come after those that they need. */
export function inferTypes(
  root: RuleNode,
  nodes: readonly RuleNode[],
  rules: readonly PlacedNode[],
  builtins: ReadonlyMap<string, Builtin>,
  problems: Problems,
): TypeEnvironment {
  const types = new RuleTypes(root, builtins)
  const byNode = new Map<RuleNode, Rule[]>()
  for (const { node, rule } of rules) {
    const list = byNode.get(node)
    if (list === undefined) byNode.set(node, [rule])
    else list.push(rule)
  }
  for (const node of nodes) {
    let type: Type | undefined
    for (const rule of byNode.get(node) ?? []) {
      for (let each: Rule | undefined = rule; each !== undefined; each = each.otherwise) {
        type = merged(type, typeOfRule(each, new TypeEnvironment(types), problems) ?? ANY)
      }
    }
    if (type !== undefined) types.set(node, type)
  }
  return new TypeEnvironment(types)
}

/** The type that a rule gives to its node: a function, or what it holds. */
function typeOfRule(rule: Rule, env: TypeEnvironment, problems: Problems): Type | undefined {
  const { parameters = [], ref, key, value } = rule
  const dynamic = ref.slice(groundPart(ref).length)
  const beside = [...dynamic, ...(key === undefined ? [] : [key]), ...(value === undefined ? [] : [value])]
  const isFine = checkBody(rule.body, env, problems) && checkTerms(beside, env, problems)
  for (const parameter of parameters) {
    eachVariable(parameter, ({ name }) => {
      if (env.variable(name) === undefined) env.setVariable(name, ANY)
    })
  }
  if (!isFine) return ANY
  if (parameters.length > 0) {
    const args = parameters.map((parameter) => env.typeOf(parameter) ?? ANY)
    return { kind: 'function', args, result: resultOf(value, env) }
  }
  const held = rule.kind === 'set' && key !== undefined ? setOf(env.typeOf(key) ?? ANY) : resultOf(value, env)
  return dynamic.reduceRight((type: Type, term) => objectOf(env.typeOf(term) ?? ANY, type), held)
}

function resultOf(value: Term | undefined, env: TypeEnvironment): Type {
  return value === undefined ? { kind: 'boolean' } : (env.typeOf(value) ?? ANY)
}

/** What rules of one node make together. */
function merged(left: Type | undefined, right: Type): Type {
  if (left === undefined) return right
  if (isOpen(left) && isOpen(right)) {
    const key = unionOf([left.rest.key, right.rest.key])
    return objectOf(key, merged(left.rest.value, right.rest.value))
  }
  return union(left, right) ?? ANY
}

/** An object of which no key is known. */
function isOpen(type: Type): type is ObjectType & { rest: NonNullable<ObjectType['rest']> } {
  return type.kind === 'object' && type.properties.length === 0 && type.rest !== undefined
}
