/** What names stand for while an expression is checked. */
import type { VariableNode } from './node.ts'
import type { Type } from './types.ts'

/** A variable: where its value is, and its type. */
export interface Binding {
  readonly slot: number
  readonly type: Type
}

/** Names of a policy: its variables, and the definitions below `variables`. */
export interface Names {
  readonly variables: ReadonlyMap<string, Binding>
  readonly definitions: ReadonlyMap<string, VariableNode>
  /** Told of each definition that an expression refers to. */
  refer(definition: VariableNode): void
}

/** Names that are seen at a place of an expression, the innermost first. */
export interface Scope {
  readonly parent: Scope | undefined
  readonly name: string
  readonly binding: Binding
}

/** What a name stands for; undefined where nobody has declared it. */
export function findName(name: string, scope: Scope | undefined, names: Names): Binding | undefined {
  for (let at = scope; at !== undefined; at = at.parent) if (at.name === name) return at.binding
  return names.variables.get(name)
}
