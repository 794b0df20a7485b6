/** Tests of policies: rules whose names begin with `test_`, which pass when they are true. */
import type { EvaluateOptions, Evaluation, Policy, PreparedQuery, TraceEvent } from '../engine-types.ts'
import type { RegoProblem } from '../problem.ts'
import type { Location } from '../syntax/ast.ts'
import { entriesOf, isObject } from '../values/object.ts'
import { valueText } from '../values/value-text.ts'
import type { Value } from '../values/value.ts'

/** A test that was found. */
export interface RegoTest {
  /** Such as `data.shop_test`. */
  readonly package: string
  readonly name: string
  readonly location: Location
  /** Its name begins with `todo_`: it is not run. */
  readonly isSkipped: boolean
  /** The query that gives its value. */
  readonly query: string
}

/** What came of a test; how long it took is the caller's to know. */
export interface TestOutcome {
  readonly outcome: 'pass' | 'fail' | 'error' | 'skip'
  /** Lines that it printed. */
  readonly output: readonly string[]
  /** Of an error. */
  readonly problem?: RegoProblem
  /** Of a failure: the statement of the test that did not hold, and the variables that it saw. */
  readonly failed?: FailedStatement
  /** Of a test with cases, `test_x[name] if ...`: each by its name, in order. */
  readonly cases?: readonly { readonly name: string; readonly isPassed: boolean }[]
}

/** Why a test failed. */
export interface FailedStatement {
  readonly location: Location
  readonly locals: ReadonlyMap<string, Value>
}

const NAME = /^(?:todo_)?test_/

/** The tests of a policy, in the order of files and lines; rules of the same name are one test. */
export function findTests(policy: Policy): RegoTest[] {
  const tests = new Map<string, RegoTest>()
  for (const { path, location, isFunction } of policy.rules) {
    const depth = policy.packages.reduce((longest, one) => Math.max(longest, isBelow(path, one) ? one.length : 0), 0)
    const name = path[depth]
    if (name === undefined || !NAME.test(name) || isFunction) continue
    const inPackage = path.slice(0, depth)
    const query = `data${[...inPackage, name].map((part) => `[${JSON.stringify(part)}]`).join('')}`
    if (tests.has(query)) continue
    const isSkipped = name.startsWith('todo_')
    tests.set(query, { package: packageText(inPackage), name, location, isSkipped, query })
  }
  return [...tests.values()].toSorted(byPlace)
}

/** Runs a test. A failed one is run a second time, to see where it failed. */
export function runTest(policy: Policy, test: RegoTest, options: EvaluateOptions = {}): TestOutcome {
  if (test.isSkipped) return { outcome: 'skip', output: [] }
  const prepared = policy.prepare(test.query)
  if ('problems' in prepared) {
    const [problem] = prepared.problems
    return { outcome: 'error', output: [], ...(problem !== undefined && { problem }) }
  }
  const output: string[] = []
  const print = (line: string, location: Location): void => {
    output.push(line)
    options.print?.(line, location)
  }
  const { solutions, problem } = prepared.query.evaluate({ ...options, print })
  if (problem !== undefined) return { outcome: 'error', output, problem }
  const value = solutions[0]?.values[0]
  if (value === true) return { outcome: 'pass', output }
  const trace = failureOf(prepared.query, test, options)
  const cases = casesOf(value, trace.tried)
  const isPassed = cases.length > 0 && cases.every((each) => each.isPassed)
  return {
    outcome: isPassed ? 'pass' : 'fail',
    output,
    ...(cases.length > 0 && { cases }),
    ...(!isPassed && trace.failed !== undefined && { failed: trace.failed }),
  }
}
