/** Rules that cannot stand side by side: mixed kinds, several defaults, rules inside of other rules, packages with the name of a rule. */
import type { Module } from '../syntax/ast.ts'
import type { Value } from '../values/value.ts'
import { writtenPath } from './names.ts'
import { packageNodes, type RuleNode } from './rule-tree.ts'
import type { Problems } from './stages.ts'

/** Checks all rules of a program. */
export function checkConflicts(root: RuleNode, modules: readonly Module[], problems: Problems): void {
  const packages = packageNodes(modules)
  checkNode(root, [], packages, problems)
}

function checkNode(
  node: RuleNode,
  path: readonly Value[],
  packages: ReturnType<typeof packageNodes>,
  problems: Problems,
): void {
  if (node.rules.length > 0) {
    checkRules(node, problems)
    checkPackages(node, path, packages, problems)
  }
  for (const child of node.children) checkNode(child, [...path, child.key], packages, problems)
}

function checkRules(node: RuleNode, problems: Problems): void {
  const { rules, path } = node
  const first = rules[0]
  if (first === undefined) return
  const { location } = first.rule
  const isWhole = rules.some(({ rule }) => isGround(rule.ref))
  if (isWhole && node.children.length > 0) {
    const others = [...node.below()].map(({ rule }) => `${rule.location.file}:${rule.location.row}`)
    if (others.length > 0) {
      problems.add('conflicts', `the rule ${path} has other rules inside of it: ${someOf(others)}`, location)
      return
    }
  }
  const kinds = new Set(rules.map(({ rule }) => (rule.kind === 'set' ? 'set' : 'value')))
  const arities = new Set(rules.map(({ rule }) => rule.parameters?.length ?? 0))
  const complete = rules.filter(({ rule }) => rule.kind !== 'set' && isGround(rule.ref)).length
  const isMixed = complete > 0 && complete < rules.length
  if (kinds.size > 1 || arities.size > 1 || isMixed) {
    const hint = 'All rules of one name must be of one kind, and all functions take as many arguments.'
    problems.add('conflicts', `conflicting rules ${path}`, location, { hint })
    return
  }
  const defaults = rules.filter(({ rule }) => rule.isDefault)
  if (defaults.length > 1) {
    const places = defaults.map(({ rule }) => `${rule.location.file}:${rule.location.row}`)
    problems.add('conflicts', `${path} has several default rules: ${someOf(places)}`, location)
  }
}

/** A package of the name of a rule would hide it. */
function checkPackages(
  { rules, path }: RuleNode,
  keys: readonly Value[],
  packages: ReturnType<typeof packageNodes>,
  problems: Problems,
): void {
  const names = keys.filter((key) => typeof key === 'string')
  if (names.length < keys.length) return
  const rule = rules.find((each) => isGround(each.rule.ref))
  if (rule === undefined) return
  const { file, row } = rule.rule.location
  for (const location of packages.get(JSON.stringify(names)) ?? []) {
    const message = `the package ${writtenPath(names)} has the name of the rule ${path} at ${file}:${row}`
    problems.add('conflicts', message, location)
  }
}

function isGround(ref: OwnedRef): boolean {
  return ref.every(({ type }) => type === 'scalar')
}

type OwnedRef = Module['rules'][number]['ref']

function someOf(places: readonly string[]): string {
  const shown = places.slice(0, 5).join(', ')
  return places.length > 5 ? `${shown} and ${places.length - 5} more` : shown
}
