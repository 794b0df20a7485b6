/** All rules below `data`, by the ground part of their names. */
import type { Location, Module, PackageClause, Rule, Scalar, Term } from '../syntax/ast.ts'
import { ValueMap, type Value } from '../values/value.ts'
import { writtenOperand, writtenPath } from './names.ts'

/** A rule with its module. */
export interface OwnedRule {
  readonly rule: Rule
  readonly module: Module
}

/** What is known of one path. */
export class RuleNode {
  /** The constant behind which this node stands; of the root `data`. */
  readonly key: Value
  readonly parent: RuleNode | undefined
  readonly rules: OwnedRule[] = []
  readonly children: RuleNode[] = []
  readonly #byKey = new ValueMap<RuleNode>()
  /** The text of a path in messages, such as `data.a.p[1]`. */
  readonly path: string

  constructor(key: Value, path: string, parent?: RuleNode) {
    this.key = key
    this.path = path
    this.parent = parent
  }

  /** The number of arguments that the rules here take; undefined where they are no functions. */
  get arity(): number | undefined {
    const parameters = this.rules[0]?.rule.parameters
    return parameters === undefined || parameters.length === 0 ? undefined : parameters.length
  }

  /** The node of a constant below this one. */
  child(key: Value): RuleNode | undefined {
    return this.#byKey.get(key)
  }

  /** The node of a constant below this one, made where there is none. */
  grow({ value }: Scalar, path: () => string): RuleNode {
    let child = this.#byKey.get(value)
    if (child === undefined) {
      child = new RuleNode(value, path(), this)
      this.#byKey.set(value, child)
      this.children.push(child)
    }
    return child
  }

  /** The first rules below this one, in no special order. */
  *below(): Generator<OwnedRule> {
    for (const child of this.children) {
      yield* child.rules
      yield* child.below()
    }
  }
}

/** A tree of all rules of modules. */
export function makeRuleTree(modules: readonly Module[]): RuleNode {
  const root = new RuleNode('data', 'data')
  for (const module of modules) {
    const base = nodeOf(root, module.package)
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
  for (const name of path) node = node?.child(name)
  return node
}

function nodeOf(root: RuleNode, { path, location }: PackageClause): RuleNode {
  let node = root
  for (const [place, value] of path.entries()) {
    node = node.grow({ type: 'scalar', value, location }, () => writtenPath(path.slice(0, place + 1)))
  }
  return node
}

/** The node of a rule of a package. */
export function nodeBelow(base: RuleNode, ref: readonly Scalar[]): RuleNode {
  let node = base
  for (const term of ref) {
    const { path } = node
    node = node.grow(term, () => path + writtenOperand(term))
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
