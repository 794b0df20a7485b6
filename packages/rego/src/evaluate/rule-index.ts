/** Rule indexing: rules that begin by comparing the same thing with different constants are found by its value. */
import type { Rule, Term } from '../syntax/ast.ts'
import type { Value } from '../values/value.ts'
import { constantOf } from './ground.ts'
import { lookup } from './lookup.ts'
import type { Planner } from './planner.ts'

/** With fewer rules trying them is as fast. */
const WORTH_AN_INDEX = 3

/** Gives the places of the rules that may hold for some arguments, in order. */
type Choose = (args: readonly unknown[]) => readonly number[]

/** What a rule compares: an argument or the input (`-1`), and a path below it. */
interface Subject {
  readonly argument: number
  readonly path: readonly string[]
}

/** Makes the chooser for some rules. */
export function chooseRules(planner: Planner, rules: readonly Rule[]): Choose {
  const all = [...rules.keys()]
  if (rules.length < WORTH_AN_INDEX) return () => all
  const comparisons = rules.map(comparisonsOf)
  const id = mostCommon(comparisons)
  if (id === undefined) return () => all
  const subject = JSON.parse(id) as Subject
  const values = new Map<Value, number[]>()
  for (const compared of comparisons)
    for (const value of [compared.get(id)]) if (value !== undefined) values.set(value, [])
  const others: number[] = []
  for (const [place, compared] of comparisons.entries()) {
    const value = compared.get(id)
    if (value === undefined) {
      others.push(place)
      for (const places of values.values()) places.push(place)
    } else values.get(value)?.push(place)
  }
  const { runtime } = planner
  return (args) => {
    let value = (subject.argument < 0 ? runtime.input : args[subject.argument]) as Value | undefined
    for (const name of subject.path) value = lookup(value, name)
    if (value === undefined) return others
    // What has parts, and odd numbers, may be equal to a constant in other ways than a map sees.
    if (typeof value === 'object' && value !== null) return all
    return values.get(value) ?? others
  }
}

/** Subjects of a rule's comparisons, with the constant of each. */
function comparisonsOf(rule: Rule): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>()
  if (rule.otherwise !== undefined) return found
  const parameters = new Map<string, number>()
  for (const [place, parameter] of (rule.parameters ?? []).entries()) {
    if (parameter.type === 'variable') parameters.set(parameter.name, place)
    const constant = constantOf(parameter)
    if (constant !== undefined && isKey(constant)) found.set(JSON.stringify({ argument: place, path: [] }), constant)
  }
  for (const { expression, negated, withs } of rule.body) {
    if (negated || withs.length > 0 || expression.type !== 'term') continue
    const { term } = expression
    if (term.type !== 'call' || term.operator.type !== 'variable' || term.args.length !== 2) continue
    if (term.operator.name !== 'equal' && term.operator.name !== 'eq') continue
    const [left, right] = term.args as readonly [Term, Term]
    add(found, left, right, parameters)
    add(found, right, left, parameters)
  }
  return found
}

function add(found: Map<string, Value>, side: Term, other: Term, parameters: ReadonlyMap<string, number>): void {
  const constant = constantOf(other)
  if (constant === undefined || !isKey(constant)) return
  const subject = subjectOf(side, parameters)
  if (subject !== undefined && !found.has(subject)) found.set(subject, constant)
}

function subjectOf(term: Term, parameters: ReadonlyMap<string, number>): string | undefined {
  const head = term.type === 'ref' ? term.head : term
  if (head.type !== 'variable') return undefined
  const argument = head.name === 'input' ? -1 : parameters.get(head.name)
  if (argument === undefined) return undefined
  const path: string[] = []
  for (const operand of term.type === 'ref' ? term.operands : []) {
    if (operand.type !== 'scalar' || typeof operand.value !== 'string') return undefined
    path.push(operand.value)
  }
  return JSON.stringify({ argument, path })
}

function isKey(value: Value): boolean {
  return typeof value !== 'object' || value === null
}

/** The subject that most rules compare, when there are enough of them. */
function mostCommon(comparisons: readonly ReadonlyMap<string, Value>[]): string | undefined {
  const counts = new Map<string, number>()
  for (const compared of comparisons) for (const id of compared.keys()) counts.set(id, (counts.get(id) ?? 0) + 1)
  let best: string | undefined
  for (const [id, count] of counts) if (count >= WORTH_AN_INDEX && count > (counts.get(best ?? '') ?? 0)) best = id
  return best
}
