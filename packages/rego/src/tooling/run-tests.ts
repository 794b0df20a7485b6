/** Tests of policies: rules whose names begin with `test_`, which pass when they are true. */
import type { EvaluateOptions, Policy, PreparedQuery } from '../engine-types.ts'
import type { RegoProblem } from '../problem.ts'
import type { Location } from '../syntax/ast.ts'
import { entriesOf, isObject } from '../values/object.ts'
import { compareStrings } from '../values/text-order.ts'
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
  /** Of a test with cases: the variables that name them, of each rule. */
  readonly variables: readonly (readonly string[])[]
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
const PLAIN = /^[A-Za-z_]\w*$/

/** The tests of a policy, in the order of files and lines; rules of the same name are one test. */
export function findTests(policy: Policy): RegoTest[] {
  const tests = new Map<string, RegoTest>()
  for (const { path, location, isFunction, variables } of policy.rules) {
    const depth = policy.packages.reduce((longest, one) => Math.max(longest, isBelow(path, one) ? one.length : 0), 0)
    const name = path[depth]
    if (name === undefined || !NAME.test(name) || isFunction) continue
    const inPackage = path.slice(0, depth)
    const query = `data${[...inPackage, name].map((part) => `[${JSON.stringify(part)}]`).join('')}`
    if (tests.has(query)) continue
    const isSkipped = name.startsWith('todo_')
    tests.set(query, { package: packageText(inPackage), name, location, isSkipped, query, variables })
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
  const isPassed = cases.length > 0 ? cases.every((each) => each.isPassed) : hasNoCases(test, value)
  return {
    outcome: isPassed ? 'pass' : 'fail',
    output,
    ...(cases.length > 0 && { cases }),
    ...(!isPassed && trace.failed !== undefined && { failed: trace.failed }),
  }
}

interface Failure {
  readonly failed?: FailedStatement
  /** Names of the cases that were tried. */
  readonly tried: ReadonlySet<string>
}

/** The statement of the test itself that failed farthest down; those of other rules are deeper. */
function failureOf(query: PreparedQuery, test: RegoTest, options: EvaluateOptions): Failure {
  const named = test.variables.filter((names) => names.length > 0)
  const tried = new Set<string>()
  let failed: FailedStatement | undefined
  query.evaluate({
    ...options,
    print: () => undefined,
    trace: ({ kind, location, depth, locals }) => {
      if (depth !== 1 || (kind !== 'enter' && kind !== 'fail')) return
      const isFarthest = kind === 'fail' && (failed === undefined || location.start >= failed.location.start)
      if (!isFarthest && named.length === 0) return
      const values = locals()
      if (isFarthest) failed = { location, locals: ownLocals(values) }
      for (const names of named) {
        const parts = names.map((name) => values.get(name))
        if (parts.every((part) => part !== undefined)) tried.add(parts.map(nameText).join('/'))
      }
    },
  })
  return { tried, ...(failed !== undefined && { failed }) }
}

/** Without what the compiler made; names that it told apart are as written. */
function ownLocals(values: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const own = new Map<string, Value>()
  for (const [name, value] of values) {
    if (name.startsWith('#') || name.startsWith('$')) continue
    const [written = name] = name.split('#')
    own.set(written, value)
  }
  return own
}

/** A test with cases of which there are none has passed, as for `opa test`. */
function hasNoCases({ variables }: RegoTest, value: Value | undefined): boolean {
  return variables.some((names) => names.length > 0) && value !== undefined && isObject(value)
}

/** Cases that are true, and those that were tried and are not. */
function casesOf(value: Value | undefined, tried: ReadonlySet<string>): { name: string; isPassed: boolean }[] {
  const passed = new Map<string, boolean>([...tried].map((name) => [name, false]))
  const collect = (part: Value, name: readonly string[]): void => {
    if (isObject(part)) for (const [key, inner] of entriesOf(part)) collect(inner, [...name, nameText(key)])
    else passed.set(name.join('/'), part === true)
  }
  if (value !== undefined && isObject(value)) collect(value, [])
  return [...passed]
    .map(([name, isPassed]) => ({ name, isPassed }))
    .toSorted((left, right) => compareStrings(left.name, right.name))
}

function nameText(value: Value): string {
  return typeof value === 'string' ? value : valueText(value)
}

function isBelow(path: readonly string[], start: readonly string[]): boolean {
  return start.length < path.length && start.every((part, place) => path[place] === part)
}

function packageText(path: readonly string[]): string {
  return path.reduce(
    (text, part) => (PLAIN.test(part) ? `${text}.${part}` : `${text}[${JSON.stringify(part)}]`),
    'data',
  )
}

function byPlace({ location: left }: RegoTest, { location: right }: RegoTest): number {
  return compareStrings(left.file, right.file) || left.start - right.start
}
