/** Runs small policies in tests. */
import { compilePolicy, valueText, type Evaluation } from '../src/index.ts'
import type { CompileOptions, EvaluateOptions } from '../src/engine-types.ts'

/** A policy of one file, evaluated once; problems of compilation are thrown. */
export function run(
  policy: string,
  query: string,
  options: EvaluateOptions = {},
  compile: Partial<CompileOptions> = {},
): Evaluation {
  const compiled = compilePolicy({ files: [{ file: 'policy.rego', text: policy, version: 'v1' }], ...compile })
  if ('problems' in compiled)
    throw new Error(compiled.problems.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  const prepared = compiled.policy.prepare(query)
  if ('problems' in prepared)
    throw new Error(prepared.problems.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  return prepared.query.evaluate(options)
}

/** The value of a query with one solution, as Rego writes it; `undefined` where it has none, the code where it fails. */
export function text(policy: string, query: string, options: EvaluateOptions = {}): string {
  const { solutions, problem } = run(policy, query, options)
  if (problem !== undefined) return problem.code
  const value = solutions[0]?.values[0]
  return value === undefined ? 'undefined' : valueText(value)
}
