/**
 * A checked program: what the evaluator takes. Rules are grouped by their whole path, and in their bodies
 * - every ref begins with `data`, `input`, or a local variable (or another term in brackets); names of imports and of rules of the package
 *   have become `data....` refs
 * - a bare name of a rule has become a ref too; a variable that is left is local, `data` or `input`
 * - the operator of a call is either a `Variable` with the whole name of a builtin (`json.unmarshal`), or a `Ref` `data....`
 * - local variables have names that are unique within the rule; `some x` declarations are gone; `:=` of a variable is still `assign`
 * - literals stand in an order in which every variable is bound before it is needed; all variables are safe
 * - `else` chains, `every`, comprehensions and template strings are as written, their bodies treated likewise
 */
import type { Annotation, Body, Module, Rule } from '../syntax/ast.ts'

/** Rules of one path, in the order of modules and of lines: `data.a.b.p`. */
export interface RuleGroup {
  /** Below `data`: ["a", "b", "p"]; of rules with variables in their refs the part before the first one: `p[x].q` is in group p. */
  readonly path: readonly string[]
  readonly rules: readonly PlacedRule[]
}

/** A rule with the part of its ref that follows the path of its group: empty, unless the ref has variables. */
export interface PlacedRule {
  readonly rule: Rule
  readonly module: Module
  /** Terms after the group's path, such as `[x, "q"]`. */
  readonly rest: Rule['ref']
}

/** Everything that was compiled together. */
export interface Program {
  readonly modules: readonly Module[]
  /** By path, joined as `JSON.stringify(path)`. No path is the beginning of another, other than as group of refs with variables. */
  readonly groups: ReadonlyMap<string, RuleGroup>
  /** Metadata of packages and rules, for `rego.metadata.*`. */
  readonly annotations: readonly Annotation[]
}

/** A checked query; its variables keep their names, since they are the bindings of the result. */
export interface CheckedQuery {
  readonly body: Body
  /** Names of variables to report, in the order of their first appearance. */
  readonly variables: readonly string[]
}
