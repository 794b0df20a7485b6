/** Statements that let only objects of some kinds through: `x.kind == "Pod"`, `x.kind in {"Pod", "Job"}`, `kinds[x.kind]`. */
import type { Body, Expression, Term } from '../syntax/ast.ts'
import { callNamed, sidesOf } from './walk.ts'

/** Texts in a list or set. */
interface Texts {
  readonly values: readonly string[]
  readonly isSet: boolean
}

interface Filter {
  readonly name: string
  readonly kinds: readonly string[]
}

/** For variables of a body the kinds that what they hold must have. All statements of a body must hold, so that one is enough. */
export function filteredKinds(body: Body): ReadonlyMap<string, readonly string[]> {
  const constants = constantTexts(body)
  const filters = new Map<string, readonly string[]>()
  for (const { expression, negated, withs } of body) {
    if (negated || withs.length > 0) continue
    const filter = filterOf(expression, constants)
    if (filter !== undefined && !filters.has(filter.name)) filters.set(filter.name, filter.kinds)
  }
  return filters
}

function filterOf(expression: Expression, constants: ReadonlyMap<string, Texts>): Filter | undefined {
  const sides = sidesOf(expression)
  if (sides !== undefined) return equality(...sides, constants) ?? equality(sides[1], sides[0], constants)
  const [item, list] = callNamed(expression, 'internal.member_2')?.args ?? []
  if (item !== undefined && list !== undefined) return makeFilter(item, textsOf(list, constants))
  if (expression.type !== 'term' || expression.term.type !== 'ref') return undefined
  const { head, operands } = expression.term
  const texts = textsOf(head, constants)
  const [operand] = operands
  // In brackets behind an array stands a place, and no member.
  return operands.length === 1 && texts?.isSet === true ? makeFilter(operand as Term, texts) : undefined
}

/** `x.kind == "Pod"`, `x.kind == kinds[_]`. */
function equality(item: Term, value: Term, constants: ReadonlyMap<string, Texts>): Filter | undefined {
  if (value.type === 'scalar') {
    return typeof value.value === 'string' ? makeFilter(item, { values: [value.value], isSet: true }) : undefined
  }
  if (value.type !== 'ref' || value.operands.length !== 1) return undefined
  return makeFilter(item, textsOf(value.head, constants))
}

function makeFilter(item: Term, texts: Texts | undefined): Filter | undefined {
  if (texts === undefined || item.type !== 'ref' || item.head.type !== 'variable') return undefined
  const [operand, ...more] = item.operands
  if (more.length > 0 || operand?.type !== 'scalar' || operand.value !== 'kind') return undefined
  return { name: item.head.name, kinds: texts.values }
}

/** Variables of a body that hold texts: `kinds := {"Pod", "Job"}`. */
function constantTexts(body: Body): ReadonlyMap<string, Texts> {
  const constants = new Map<string, Texts>()
  for (const { expression, negated, withs } of body) {
    const [left, right] = callNamed(expression, 'assign', 'eq')?.args ?? []
    if (negated || withs.length > 0 || left?.type !== 'variable' || right === undefined) continue
    const texts = textsOf(right, constants)
    if (texts !== undefined) constants.set(left.name, texts)
  }
  return constants
}

function textsOf(term: Term, constants: ReadonlyMap<string, Texts>): Texts | undefined {
  if (term.type === 'variable') return constants.get(term.name)
  if (term.type !== 'array' && term.type !== 'set') return undefined
  const values: string[] = []
  for (const item of term.items) {
    if (item.type !== 'scalar' || typeof item.value !== 'string') return undefined
    values.push(item.value)
  }
  return { values, isSet: term.type === 'set' }
}
