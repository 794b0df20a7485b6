/** Which rows of policies an evaluation reached, out of those that it could reach. */
import type { Coverage, Policy } from '../engine-types.ts'
import type { Body, Expression, Rule, Term } from '../syntax/ast.ts'

/** Rows that follow each other, both included. */
export interface RowRange {
  readonly start: { readonly row: number }
  readonly end: { readonly row: number }
}

/** How much was reached. */
interface Figures {
  readonly covered_lines: number
  readonly not_covered_lines: number
  /** In percent; 0 where there is nothing to reach. */
  readonly coverage: number
}

export interface FileCoverage extends Figures {
  readonly covered?: readonly RowRange[]
  readonly not_covered?: readonly RowRange[]
}

/** In the shape of `opa test --coverage`. */
export interface CoverageReport extends Figures {
  readonly files: Readonly<Record<string, FileCoverage>>
}

/** The report on the files of a policy: rows of rules that gave a value, and of statements that were tried. */
export function coverageReport({ modules }: Pick<Policy, 'modules'>, { rows }: Coverage): CoverageReport {
  let covered = 0
  let missed = 0
  const files = new Map<string, FileCoverage>()
  for (const { file, rules } of modules) {
    const reachable = new Set<number>()
    for (const rule of rules) collectRule(rule, reachable)
    const sorted = [...reachable].toSorted((left, right) => left - right)
    const reached = rows.get(file)
    const hit = sorted.filter((row) => reached?.has(row) === true)
    const rest = sorted.filter((row) => reached?.has(row) !== true)
    covered += hit.length
    missed += rest.length
    files.set(file, {
      ...(hit.length > 0 && { covered: ranges(hit) }),
      ...(rest.length > 0 && { not_covered: ranges(rest) }),
      ...figures(hit.length, rest.length),
    })
  }
  return { files: Object.fromEntries(files), ...figures(covered, missed) }
}

function figures(covered: number, missed: number): Figures {
  const coverage = covered === 0 ? 0 : (100 * covered) / (covered + missed)
  return { covered_lines: covered, not_covered_lines: missed, coverage }
}

function ranges(rows: readonly number[]): RowRange[] {
  const found: { start: { row: number }; end: { row: number } }[] = []
  for (const row of rows) {
    const last = found.at(-1)
    if (last?.end.row === row - 1) last.end.row = row
    else found.push({ start: { row }, end: { row } })
  }
  return found
}

function collectRule(rule: Rule, rows: Set<number>): void {
  for (let each: Rule | undefined = rule; each !== undefined; each = each.otherwise) {
    rows.add(each.location.row)
    if (each.hasNoBody !== true) collectBody(each.body, rows)
    for (const term of [each.key, each.value]) if (term !== undefined) collectTerm(term, rows)
  }
}

function collectBody(body: Body, rows: Set<number>): void {
  for (const { location, expression, withs, isGenerated } of body) {
    if (isGenerated !== true) rows.add(location.row)
    collectExpression(expression, rows)
    for (const { value } of withs) collectTerm(value, rows)
  }
}

function collectExpression(expression: Expression, rows: Set<number>): void {
  switch (expression.type) {
    case 'term':
      return collectTerm(expression.term, rows)
    case 'some-in':
      return collectTerm(expression.domain, rows)
    case 'every':
      collectTerm(expression.domain, rows)
      return collectBody(expression.body, rows)
    case 'some':
  }
}

/** Statements within a term: those of comprehensions. */
function collectTerm(term: Term, rows: Set<number>): void {
  switch (term.type) {
    case 'array-comprehension':
    case 'set-comprehension':
    case 'object-comprehension':
      return collectBody(term.body, rows)
    case 'array':
    case 'set':
      return collectTerms(term.items, rows)
    case 'object':
      return collectTerms(term.entries.flat(), rows)
    case 'call':
      return collectTerms(term.args, rows)
    case 'ref':
      collectTerm(term.head, rows)
      return collectTerms(term.operands, rows)
    case 'template-string':
      return collectTerms(
        term.parts.filter((part) => typeof part !== 'string'),
        rows,
      )
    case 'scalar':
    case 'variable':
  }
}

function collectTerms(terms: readonly Term[], rows: Set<number>): void {
  for (const term of terms) collectTerm(term, rows)
}
