/** What came of a query, in the layouts of `opa eval`. */
import type { ProfileLine, RegoProblem, Solution, Value } from '@kubescape/rego'

import { problemJson, problemsText } from './problems-text.ts'
import { boxTable } from './table.ts'
import { compactJson, indentedJson, Members, type Shown } from './value-json.ts'

/** An expression of the query, as written. */
export interface Expression {
  readonly text: string
  readonly row: number
  readonly column: number
}

/** Everything that is shown. */
export interface EvalResult {
  readonly expressions: readonly Expression[]
  readonly solutions: readonly Solution[]
  readonly problems: readonly RegoProblem[]
  readonly profile?: readonly ProfileLine[] | undefined
  readonly coverage?: Shown | undefined
}

/** Names of the layouts. */
export const EVAL_FORMATS = ['json', 'pretty', 'values', 'bindings', 'raw'] as const

/** Name of a layout. */
export type EvalFormat = (typeof EVAL_FORMATS)[number]

const LONGEST_CELL = 80

/** The text for standard output, and that for standard error. */
export function renderEvaluation(result: EvalResult, format: EvalFormat): { out: string; error: string } {
  if (format === 'json') return { out: `${indentedJson(asJson(result))}\n`, error: '' }
  const { problems, solutions, profile, coverage } = result
  if (problems.length > 0) return { out: '', error: problemsText(problems) }
  const added = [
    ...(profile === undefined ? [] : [profileTable(profile)]),
    ...(coverage === undefined ? [] : [`${indentedJson(coverage)}\n`]),
  ].join('')
  return { out: solutionsText(result, solutions, format) + added, error: '' }
}

/** Lines of a profile as a table, the dearest first. */
function profileTable(profile: readonly ProfileLine[]): string {
  return boxTable(
    ['Steps', 'Evaluations', 'Location'],
    profile.map(({ steps, evaluations, location }) => [
      String(steps),
      String(evaluations),
      `${location.file === '' ? 'query' : location.file}:${location.row}`,
    ]),
  )
}

function solutionsText(result: EvalResult, solutions: readonly Solution[], format: EvalFormat): string {
  switch (format) {
    case 'values':
      return lines(solutions.map(({ values }) => indentedJson(values)))
    case 'bindings':
      return lines(solutions.map((solution) => indentedJson(bindingsOf(solution))))
    case 'raw':
      return lines(solutions.map(({ values }) => values.map(rawText).join(' ')))
    default:
      return prettyText(result)
  }
}

/** `undefined`, a single value, or a table of the variables and of the expressions that are worth showing. */
function prettyText({ solutions, expressions }: EvalResult): string {
  const [first] = solutions
  if (first === undefined) return 'undefined\n'
  const names = [...new Set(solutions.flatMap(({ bindings }) => [...bindings.keys()]))].toSorted()
  if (solutions.length === 1 && names.length === 0 && first.values.length === 1) {
    return `${indentedJson(first.values[0] ?? null)}\n`
  }
  const telling = expressions.keys().filter((at) => solutions.some(({ values }) => values[at] !== true))
  const columns = names.length === 0 && first.values.length === 1 ? [0] : [...telling]
  const header = [...names, ...columns.map((at) => expressions[at]?.text ?? '')]
  if (header.length === 0) return 'true\n'
  const rows = solutions.map(({ bindings, values }) => [
    ...names.map((name) => cell(bindings.get(name))),
    ...columns.map((at) => cell(values[at])),
  ])
  return boxTable(header.map(shortened), rows)
}

function asJson({ problems, solutions, expressions, profile, coverage }: EvalResult): Members {
  return new Members({
    errors: problems.length === 0 ? undefined : problems.map(problemJson),
    result: solutions.length === 0 ? undefined : solutions.map((each) => solutionJson(each, expressions)),
    coverage,
    profile: profile?.map(
      ({ steps, evaluations, location: { file, row, column } }) =>
        new Members({ steps, num_eval: evaluations, location: new Members({ file, row, col: column }) }),
    ),
  })
}

function solutionJson(solution: Solution, expressions: readonly Expression[]): Members {
  return new Members({
    expressions: solution.values.map((value, at) => {
      const { text = '', row = 1, column = 1 } = expressions[at] ?? {}
      return new Members({ value, text, location: new Members({ row, col: column }) })
    }),
    bindings: solution.bindings.size === 0 ? undefined : bindingsOf(solution),
  })
}

function bindingsOf({ bindings }: Solution): Members {
  const names = [...bindings.keys()].toSorted()
  return new Members(Object.fromEntries(names.map((name) => [name, bindings.get(name)])))
}

/** Texts without quotes, for shells. */
function rawText(value: Value): string {
  return typeof value === 'string' ? value : compactJson(value)
}

function cell(value: Value | undefined): string {
  if (value === undefined) return ''
  return shortened(compactJson(value))
}

function shortened(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}...` : text
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('')
}
