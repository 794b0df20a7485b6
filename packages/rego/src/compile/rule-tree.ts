/** All rules below `data`, by the ground part of their names. */
import type { Location, Module, Rule, Scalar, Term } from '../syntax/ast.ts'
import { keyText } from '../values/value.ts'
import { writtenOperand, writtenPath } from './names.ts'

/** A rule with its module. */
export interface OwnedRule {
  readonly rule: Rule
  readonly module: Module
}

/** What is known of one path. */
export class RuleNode {
  readonly children = new Map<string, RuleNode>()
  readonly rules: OwnedRule[] = []
  /** The text of a path in messages, such as `data.a.p[1]`. */
  readonly path: string
  readonly parent: RuleNode | undefined

  constructor(path: string, parent?: RuleNode) {
    this.path = path
    this.parent = parent
  }

  /** The number of arguments that the rules here take; undefined where they are no functions. */
  get arity(): number | undefined {
    const parameters = this.rules[0]?.rule.parameters
    return parameters === undefined || parameters.length === 0 ? undefined : parameters.length
  }

  /** The node of a constant below this one. */
  child(key: Scalar): RuleNode | undefined {
    return this.children.get(keyText(key.value))
  }

  /** The node of a name below this one. */
  named(name: string): RuleNode | undefined {
    return this.children.get(keyText(name))
  }

  /** The first rules below this one, in no special order. */
  *below(): Generator<OwnedRule> {
    for (const child of this.children.values()) {
      yield* child.rules
      yield* child.below()
    }
  }
}

/** A tree of all rules of modules. */
export function makeRuleTree(modules: readonly Module[]): RuleNode {
  const root = new RuleNode('data')
  for (const module of modules) {
    const base = nodeOf(root, module.package.path)
    for (const rule of module.rules) nodeBelow(base, groundPart(rule.ref)).rules.push({ rule, module })
  }
  return root
}

/** The terms of a name before the first that is no constant. */
export function groundPart(ref: readonly Term[]): readonly Scalar[] {
  const end = ref.findIndex(({ type }) => type !== 'scalar')
  return (end === -1 ? ref : ref.slice(0, end)) as readonly Scalar[]
}

/** The node of a path of names; undefined where there is none. */
export function findNode(root: RuleNode, path: readonly string[]): RuleNode | undefined {
  let node: RuleNode | undefined = root
  for (const name of path) node = node?.named(name)
  return node
}

function nodeOf(root: RuleNode, path: readonly string[]): RuleNode {
  let node = root
  for (const [place, name] of path.entries()) {
    const key = keyText(name)
    let child = node.children.get(key)
    if (child === undefined) node.children.set(key, (child = new RuleNode(writtenPath(path.slice(0, place + 1)), node)))
    node = child
  }
  return node
}

function nodeBelow(base: RuleNode, ref: readonly Scalar[]): RuleNode {
  let node = base
  for (const term of ref) {
    const key = keyText(term.value)
    let child = node.children.get(key)
    if (child === undefined) node.children.set(key, (child = new RuleNode(node.path + writtenOperand(term), node)))
    node = child
  }
  return node
}

/** Where a package is declared. */
export function packageNodes(modules: readonly Module[]): ReadonlyMap<string, readonly Location[]> {
  const places = new Map<string, Location[]>()
  for (const module of modules) {
    const key = JSON.stringify(module.package.path)
    const found = places.get(key)
    if (found === undefined) places.set(key, [module.package.location])
    else found.push(module.package.location)
  }
  return places
}
