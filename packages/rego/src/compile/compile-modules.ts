/** Modules to a checked program, or to what is wrong with them. */
import type { Builtin } from '../builtins/builtin.ts'
import { isDocument } from './names.ts'
import type { RegoProblem } from '../problem.ts'
import type { Body, Module, Rule, Term } from '../syntax/ast.ts'
import type { TypeEnvironment } from '../types/environment.ts'
import { inferTypes } from '../types/infer-types.ts'
import { checkConflicts } from './conflicts.ts'
import { checkImports, checkUnusedImports, exportsOf, globalsOf, reportShadowing, type Exports } from './globals.ts'
import { MetadataIndex } from './metadata.ts'
import { BodyOrder } from './order.ts'
import type { PlacedRule, Program, RuleGroup } from './program.ts'
import { orderByNeed, type PlacedNode } from './recursion.ts'
import { Resolver, type Surroundings } from './resolve.ts'
import { findNode, groundPart, makeRuleTree, nodeBelow, type RuleNode } from './rule-tree.ts'
import { Problems } from './stages.ts'
import { groundNames } from './walk.ts'

/** Names of rules and packages have no more parts than this together. */
const MOST_PARTS = 256

export interface CompileModulesOptions {
  readonly builtins: ReadonlyMap<string, Builtin>
  /** Unused variables and imports, names of documents and deprecated builtins are problems in v0 too. */
  readonly strict?: boolean
}

/** What is known of a program beside what the evaluator needs: for queries. */
export interface Analysis {
  readonly tree: RuleNode
  readonly exports: Exports
  readonly types: TypeEnvironment
}

const analyses = new WeakMap<Program, Analysis>()

/** What was found out about a program when it was compiled. */
export function analysisOf(program: Program): Analysis {
  const analysis = analyses.get(program)
  if (analysis === undefined) throw new TypeError('the program was not made by compileModules')
  return analysis
}

/** Checks modules together. The problems are those of the first stage that finds any, in the order of files and rows. */
export function compileModules(
  modules: readonly Module[],
  options: CompileModulesOptions,
): { readonly program: Program } | { readonly problems: readonly RegoProblem[] } {
  const problems = new Problems()
  checkLengths(modules, problems)
  if (problems.hasAny('names')) return { problems: problems.first() }
  const tree = makeRuleTree(modules)
  const exports = exportsOf(modules)
  const metadata = new MetadataIndex(modules)
  const resolved: Resolved[] = []
  for (const module of modules) resolved.push(...resolveModule(module, { tree, exports, metadata, problems }, options))
  checkConflicts(tree, modules, problems)
  if (problems.hasAny('functions')) return { problems: problems.first() }
  const ordered = resolved.map((each) => orderRule(each, tree, options.builtins, problems))
  if (problems.hasAny('safety')) return { problems: problems.first() }
  const placed = ordered.map(({ rule, node, uses }): PlacedNode => ({ rule, node, uses }))
  const nodes = orderByNeed(tree, placed, problems)
  if (problems.hasAny('recursion')) return { problems: problems.first() }
  const types = inferTypes(tree, nodes, placed, options.builtins, problems)
  const found = problems.first()
  if (found.length > 0) return { problems: found }
  const annotations = modules.flatMap((module) => module.annotations)
  const program: Program = { modules, groups: groupsOf(ordered), annotations }
  analyses.set(program, { tree, exports, types })
  return { program }
}

/** A rule whose names are resolved. */
interface Resolved {
  readonly rule: Rule
  readonly module: Module
  readonly node: RuleNode
  readonly names: Resolver['names']
  readonly uses: Resolver['uses']
}

interface Parts {
  readonly tree: RuleNode
  readonly exports: Exports
  readonly metadata: MetadataIndex
  readonly problems: Problems
}

function resolveModule(
  module: Module,
  { tree, exports, metadata, problems }: Parts,
  { builtins, strict = false }: CompileModulesOptions,
): Resolved[] {
  const isModern = strict || module.version === 'v1' || importsModern(module)
  const globals = globalsOf(module.package.path, module.imports, exports)
  checkImports(module, isModern, problems)
  const base = findNode(tree, module.package.path) as RuleNode
  const resolved = module.rules.map((rule): Resolved => {
    const around: Surroundings = {
      globals,
      builtins,
      tree,
      problems,
      isStrict: strict,
      forbidsShadowing: isModern,
      forbidsDeprecated: isModern,
      metadata: (name, location) =>
        name === 'chain' ? metadata.chain(rule, module, location) : metadata.own(rule, location),
    }
    const [first] = rule.ref
    const name = first?.type === 'scalar' ? first.value : undefined
    if (isModern && typeof name === 'string' && isDocument(name)) {
      reportShadowing('a rule', name, rule.location, problems)
    }
    const resolver = new Resolver(around)
    const node = nodeBelow(base, groundPart(rule.ref))
    return { rule: resolveRule(rule, resolver), module, node, names: resolver.names, uses: resolver.uses }
  })
  if (strict) checkUnusedImports(globals, problems)
  return resolved
}

function importsModern({ imports }: Module): boolean {
  return imports.some(({ path }) => path[0] === 'rego' && path[1] === 'v1')
}

function resolveRule(rule: Rule, resolver: Resolver): Rule {
  const { parameters } = rule
  const resolved = parameters === undefined ? undefined : resolver.openParameters(parameters)
  const changed = resolveBodies(rule, resolver, resolved)
  if (parameters !== undefined) resolver.closeParameters()
  return changed
}

function resolveBodies(rule: Rule, resolver: Resolver, parameters: readonly Term[] | undefined): Rule {
  // The last `else` first would be as good; a list keeps long chains off the stack.
  const chain: Rule[] = []
  for (let each: Rule | undefined = rule; each !== undefined; each = each.otherwise) {
    const { ref, key, value } = each
    const beside = [...ref, ...(key === undefined ? [] : [key]), ...(value === undefined ? [] : [value])]
    let terms: readonly Term[] = []
    const body = resolver.body(each.body, beside, () => {
      terms = beside.map((term) => resolver.term(term))
    })
    chain.push(withParts(each, terms, body, parameters))
  }
  return linked(chain)
}

/** Rules of an `else` chain as one rule. */
function linked(chain: readonly Rule[]): Rule {
  return chain.reduceRight((otherwise, rule) => ({ ...rule, otherwise }))
}

/** A rule of other parts and without `else`; the terms of its head are given in the order of ref, key, value. */
function withParts(rule: Rule, terms: readonly Term[], body: Body, parameters = rule.parameters): Rule {
  const { kind, isDefault, ref, isAssigned, location } = rule
  // Written out, and not as spreads, of which every rule would need several.
  const made: Writable<Rule> = { kind, isDefault, ref: terms.slice(0, ref.length), isAssigned, body, location }
  if (parameters !== undefined) made.parameters = parameters
  if (rule.key !== undefined) made.key = terms[ref.length] as Term
  if (rule.value !== undefined) made.value = terms.at(-1) as Term
  if (rule.hasNoBody !== undefined) made.hasNoBody = rule.hasNoBody
  return made
}

type Writable<Of> = { -readonly [Key in keyof Of]: Of[Key] }

/** The number of arguments of what is called, which is known to exist. */
export function arityOf(
  tree: RuleNode,
  builtins: ReadonlyMap<string, Builtin>,
): (operator: Extract<Term, { type: 'call' }>['operator']) => number {
  return (operator) => {
    if (operator.type === 'variable') return builtins.get(operator.name)?.type.args.length ?? -1
    return findNode(tree, (groundNames(operator) ?? []).slice(1))?.arity ?? 0
  }
}

function orderRule(
  resolved: Resolved,
  tree: RuleNode,
  builtins: ReadonlyMap<string, Builtin>,
  problems: Problems,
): Resolved {
  const chain: Rule[] = []
  for (let each: Rule | undefined = resolved.rule; each !== undefined; each = each.otherwise) {
    const order = new BodyOrder(resolved.names, arityOf(tree, builtins), problems)
    if (each.parameters !== undefined) order.bind(each.parameters)
    const { ref, key, value } = each
    const beside = [...ref, ...(key === undefined ? [] : [key]), ...(value === undefined ? [] : [value])]
    const ordered: { body: Body; terms: readonly Term[] } = order.order(each.body, beside, each.location)
    chain.push(withParts(each, ordered.terms, ordered.body))
  }
  return { ...resolved, rule: linked(chain) }
}

function groupsOf(rules: readonly Resolved[]): ReadonlyMap<string, RuleGroup> {
  const groups = new Map<string, { path: readonly string[]; rules: PlacedRule[] }>()
  for (const { rule, module } of rules) {
    const end = rule.ref.findIndex((term) => term.type !== 'scalar' || typeof term.value !== 'string')
    const names = end === -1 ? rule.ref : rule.ref.slice(0, end)
    const path = [...module.package.path, ...names.map((term) => String((term as { value: unknown }).value))]
    const key = JSON.stringify(path)
    let group = groups.get(key)
    if (group === undefined) groups.set(key, (group = { path, rules: [] }))
    group.rules.push({ rule, module, rest: end === -1 ? [] : rule.ref.slice(end) })
  }
  return groups
}

function checkLengths(modules: readonly Module[], problems: Problems): void {
  for (const module of modules) {
    const { path, location } = module.package
    if (path.length > MOST_PARTS)
      problems.add('names', `the name of a package has at most ${MOST_PARTS} parts`, location)
    for (const { ref, location: place } of module.rules) {
      if (path.length + ref.length > MOST_PARTS) {
        problems.add('names', `the name of a rule and its package has at most ${MOST_PARTS} parts`, place)
      }
    }
  }
}
