/** `kubescape policy eval`: evaluates a query, as `opa eval` does. */
import { coverageReport, type Coverage, type Location, type ProfileLine, type Solution } from '@kubescape/rego'

import { logLevelOf } from '../persistent-options.ts'
import { print, printError } from '../print.ts'
import { Log, visible } from '../terminal.ts'
import { oneOf, text, type Typed } from '../typed.ts'
import { coverageJson } from './coverage-json.ts'
import { EVAL_FORMATS, renderEvaluation, type EvalFormat, type EvalResult, type Expression } from './eval-output.ts'
import { evaluateOptions, loadPolicies, prepare } from './prepare.ts'

const MOST_PROFILE_LINES = 10
const NOTHING: Pick<EvalResult, 'expressions' | 'solutions'> = { expressions: [], solutions: [] }

/**
 * Evaluates a query, prints what came of it and gives the exit code: 1 for problems, and for what `--fail` and `--fail-defined` say.
 * @throws {Failure} for files that cannot be read, and values that make no sense
 */
export function runEval(query: string, typed: Typed): number {
  const format = oneOf(text(typed, 'format') ?? 'json', EVAL_FORMATS, '--format') as EvalFormat
  const result = evaluate(query, typed)
  const { out, error } = renderEvaluation(result, format)
  print(out)
  printError(error)
  if (result.problems.length > 0) return 1
  const isDefined = result.solutions.length > 0
  return (typed['fail'] === true && !isDefined) || (typed['failDefined'] === true && isDefined) ? 1 : 0
}

function evaluate(query: string, typed: Typed): EvalResult {
  const loaded = loadPolicies(typed, new Log(logLevelOf(typed)))
  if ('problems' in loaded) return { ...NOTHING, problems: loaded.problems }
  const prepared = prepare(loaded.policy, query)
  if ('problems' in prepared) return { ...NOTHING, problems: prepared.problems }
  const profile = typed['profile'] === true ? new Map<string, ProfileLine>() : undefined
  const coverage: Coverage | undefined = typed['coverage'] === true ? { rows: new Map() } : undefined
  const { solutions, problem } = prepared.query.evaluate({
    ...evaluateOptions(typed, loaded.data),
    print: printed,
    ...(profile === undefined ? {} : { profile }),
    ...(coverage === undefined ? {} : { coverage }),
  })
  const { order, expressions } = inWrittenOrder(query, prepared.query.expressions)
  return {
    expressions,
    solutions: solutions.map((solution) => reordered(solution, order)),
    problems: problem === undefined ? [] : [problem],
    profile: profile === undefined ? undefined : dearest(profile),
    coverage: coverage === undefined ? undefined : coverageJson(coverageReport(loaded.policy, coverage)),
  }
}

/** Texts that `print` prints. */
function printed(line: string): void {
  printError(`${line.split('\n').map(visible).join('\n')}\n`)
}

/** Expressions are evaluated in an order of their own; people expect theirs. */
function inWrittenOrder(
  query: string,
  places: readonly Location[],
): { order: readonly number[]; expressions: readonly Expression[] } {
  const order = places
    .map((place, at) => ({ place, at }))
    .toSorted((left, right) => left.place.start - right.place.start)
    .map(({ at }) => at)
  return {
    order,
    expressions: order.map((at) => {
      const { start = 0, end = 0, row = 1, column = 1 } = places[at] ?? {}
      return { text: query.slice(start, end), row, column }
    }),
  }
}

function reordered({ bindings, values }: Solution, order: readonly number[]): Solution {
  return { bindings, values: order.map((at) => values[at] ?? null) }
}

function dearest(profile: ReadonlyMap<string, ProfileLine>): ProfileLine[] {
  return [...profile.values()].toSorted((left, right) => right.steps - left.steps).slice(0, MOST_PROFILE_LINES)
}
