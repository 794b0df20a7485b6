/** Rules that need themselves: they would never end. */
import type { Ref, Rule, Term, Variable } from '../syntax/ast.ts'
import type { RuleNode } from './rule-tree.ts'
import type { Problems } from './stages.ts'

/** A resolved rule and where it stands. */
export interface PlacedNode {
  readonly node: RuleNode
  readonly rule: Rule
  /** Refs in it that begin with `data`, and `data` itself. */
  readonly uses: readonly (Ref | Variable)[]
}

/** The nodes in an order in which each comes after those that its rules need; what is recursive becomes a problem. */
export function orderByNeed(root: RuleNode, rules: readonly PlacedNode[], problems: Problems): readonly RuleNode[] {
  const graph = new Graph(root, rules)
  const groups = components(graph)
  for (const group of groups) {
    const [first] = group
    if (first === undefined || (group.length === 1 && !graph.needs(first).has(first))) continue
    for (const node of group) {
      const location = node.rules[0]?.rule.location
      if (location !== undefined) problems.add('recursion', recursionText(node, group), location)
    }
  }
  return groups.flat()
}

function recursionText({ path }: RuleNode, group: readonly RuleNode[]): string {
  const others = group.filter((node) => node.rules.length > 0 && node.path !== path).map((node) => node.path)
  if (others.length === 0) return `the rule ${path} is recursive: it needs itself`
  const shown = others.slice(0, 8).join(', ')
  const more = others.length > 8 ? ` and ${others.length - 8} more` : ''
  return `the rule ${path} is recursive: it needs itself through ${shown}${more}`
}

/** What needs what. A node that stands for all below it needs these. */
class Graph {
  readonly #root: RuleNode
  readonly #rules = new Map<RuleNode, PlacedNode[]>()
  readonly #needs = new Map<RuleNode, ReadonlySet<RuleNode>>()
  /** For each node one that needs everything below it. */
  readonly #whole = new Map<RuleNode, RuleNode>()
  readonly #parts = new Map<RuleNode, RuleNode>()

  constructor(root: RuleNode, rules: readonly PlacedNode[]) {
    this.#root = root
    for (const rule of rules) {
      const list = this.#rules.get(rule.node)
      if (list === undefined) this.#rules.set(rule.node, [rule])
      else list.push(rule)
    }
  }

  nodes(): Iterable<RuleNode> {
    return this.#rules.keys()
  }

  needs(node: RuleNode): ReadonlySet<RuleNode> {
    let needs = this.#needs.get(node)
    if (needs === undefined) this.#needs.set(node, (needs = this.#find(node)))
    return needs
  }

  #find(node: RuleNode): ReadonlySet<RuleNode> {
    const needs = new Set<RuleNode>()
    const part = this.#parts.get(node)
    if (part !== undefined) {
      if (part.rules.length > 0) needs.add(part)
      for (const child of part.children) needs.add(this.#below(child))
      return needs
    }
    for (const { uses } of this.#rules.get(node) ?? []) {
      for (const use of uses) this.#follow(use.type === 'ref' ? use.operands : [], needs)
    }
    return needs
  }

  /** Everything that a ref may mean: a part that is not known may be any. */
  #follow(operands: readonly Term[], needs: Set<RuleNode>): void {
    let reached = [this.#root]
    for (const operand of operands) {
      const next: RuleNode[] = []
      for (const node of reached) {
        if (operand.type === 'scalar') {
          const child = node.child(operand.value)
          if (child !== undefined) next.push(child)
        } else next.push(...node.children)
      }
      for (const node of next) if (node.rules.length > 0) needs.add(node)
      reached = next
    }
    for (const node of reached) needs.add(this.#below(node))
  }

  #below(node: RuleNode): RuleNode {
    if (node.children.length === 0) return node
    let whole = this.#whole.get(node)
    if (whole === undefined) {
      // It has no rules itself, so that it is never told of.
      whole = Object.create(node, { rules: { value: [] } }) as RuleNode
      this.#whole.set(node, whole)
      this.#parts.set(whole, node)
    }
    return whole
  }
}

/** Groups of nodes that need each other, needed ones first: Tarjan's algorithm, without recursion. */
function components(graph: Graph): readonly (readonly RuleNode[])[] {
  const groups: RuleNode[][] = []
  const index = new Map<RuleNode, number>()
  const low = new Map<RuleNode, number>()
  const stack: RuleNode[] = []
  const isOn = new Set<RuleNode>()
  const enter = (node: RuleNode): { node: RuleNode; next: Iterator<RuleNode, undefined> } => {
    index.set(node, index.size)
    low.set(node, index.size - 1)
    stack.push(node)
    isOn.add(node)
    return { node, next: graph.needs(node)[Symbol.iterator]() }
  }
  for (const first of graph.nodes()) {
    if (index.has(first)) continue
    const path = [enter(first)]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node, next } = top
      const { value, done } = next.next()
      if (done !== true) {
        if (!index.has(value)) path.push(enter(value))
        else if (isOn.has(value)) low.set(node, Math.min(low.get(node) as number, index.get(value) as number))
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) {
        low.set(parent.node, Math.min(low.get(parent.node) as number, low.get(node) as number))
      }
      if (low.get(node) !== index.get(node)) continue
      const start = stack.lastIndexOf(node)
      const group = stack.splice(start)
      for (const member of group) isOn.delete(member)
      groups.push(group)
    }
  }
  return groups
}
