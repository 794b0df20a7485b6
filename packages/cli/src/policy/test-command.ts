/** `kubescape policy test`: runs the tests of Rego policies, as `opa test` does. */
import { coverageReport, findTests, runTest, type Coverage, type Location, type Policy } from '@kubescape/rego'
import { compilePattern } from '@kubescape/controls'

import { Failure } from '../failure.ts'
import { durationMs } from '../host-scan-options.ts'
import { logLevelOf } from '../persistent-options.ts'
import { print, printError } from '../print.ts'
import { count, Log } from '../terminal.ts'
import { oneOf, percentage, text, type Typed } from '../typed.ts'
import { readVersion } from '../version.ts'
import { compileRego } from './compile-rego.ts'
import { coverageJson } from './coverage-json.ts'
import { dataOf, sortFiles, withoutObjects, type DataDocument } from './documents.ts'
import { gatherFiles } from './gather-files.ts'
import { stepLimit } from './prepare.ts'
import { problemsText } from './problems-text.ts'
import { jsonTests, junitTests, prettyTests, type ShownTest } from './test-output.ts'
import { indentedJson } from './value-json.ts'

const DEFAULT_TIMEOUT_MS = 5000

/** What tests are run with. */
interface TestRun {
  readonly policy: Policy
  readonly data: DataDocument
  /** Texts of the files, by their paths. */
  readonly texts: ReadonlyMap<string, string>
  readonly timeoutMs: number
  readonly steps: number | undefined
  readonly coverage: Coverage | undefined
}

/**
 * Runs the tests of files, prints what came of them and gives the exit code: 1 where a test did not pass, nothing could be compiled, or
 * less is covered than was asked for.
 * @throws {Failure} for files that cannot be read, and values that make no sense
 */
export function runTests(paths: readonly string[], typed: Typed): number {
  const format = oneOf(text(typed, 'format') ?? 'pretty', ['pretty', 'json', 'junit'], '--format')
  const threshold = text(typed, 'threshold')
  const least = threshold === undefined ? undefined : percentage(threshold, '--threshold')
  const timeout = text(typed, 'timeout')
  const files = gatherFiles(paths, {
    extensions: ['.rego', '.json', '.yaml', '.yml'],
    flag: 'policy test',
    what: 'files or folders of Rego and data',
  })
  const { policies, documents } = sortFiles(files, typed['v0Compatible'] === true ? 'v0' : undefined)
  const data = dataOf(withoutObjects(documents, 'policy test'), 'policy test')
  const compiled = compileRego(policies)
  if ('problems' in compiled) {
    printError(problemsText(compiled.problems))
    return 1
  }
  const run: TestRun = {
    policy: compiled.policy,
    data,
    texts: new Map(files.map((file) => [file.path, file.text])),
    timeoutMs: timeout === undefined ? DEFAULT_TIMEOUT_MS : durationMs(timeout, '--timeout'),
    steps: stepLimit(text(typed, 'limitSteps')),
    coverage: typed['coverage'] === true || least !== undefined ? { rows: new Map() } : undefined,
  }
  const tests = runAll(run, text(typed, 'run'))
  if (tests.length === 0)
    new Log(logLevelOf(typed)).write('warning', 'There are no tests: their names begin with test_.')
  const isPassed = tests.every(({ outcome }) => outcome === 'pass' || outcome === 'skip')
  if (run.coverage === undefined) {
    print(rendered(tests, format, typed['verbose'] === true))
    return isPassed ? 0 : 1
  }
  return isPassed ? showCoverage(run.policy, run.coverage, typed, least) : showFailures(tests, format)
}

function runAll(run: TestRun, pattern: string | undefined): ShownTest[] {
  const isWanted = pattern === undefined ? () => true : matcher(pattern)
  return findTests(run.policy)
    .filter(({ package: path, name }) => isWanted(`${path}.${name}`))
    .map((test) => {
      const began = process.hrtime.bigint()
      const end = began + BigInt(run.timeoutMs) * 1_000_000n
      const { problem, failed, cases, outcome, output } = runTest(run.policy, test, {
        data: run.data,
        now: BigInt(Date.now()) * 1_000_000n,
        runtime: { version: readVersion().version },
        isCancelled: () => process.hrtime.bigint() > end,
        ...(run.steps === undefined ? {} : { limits: { steps: run.steps } }),
        ...(run.coverage === undefined ? {} : { coverage: run.coverage }),
      })
      return {
        package: test.package,
        name: test.name,
        location: test.location,
        outcome,
        durationNs: outcome === 'skip' ? 0 : Number(process.hrtime.bigint() - began),
        output,
        ...(problem === undefined ? {} : { message: problemsText([problem]).split('\n')[1] }),
        ...(failed === undefined ? {} : { failed: { ...failed, text: textAt(run.texts, failed.location) } }),
        ...(cases === undefined ? {} : { cases }),
      }
    })
}

/** Names that the pattern of the user is found in. */
function matcher(pattern: string): (name: string) => boolean {
  try {
    const regex = compilePattern(pattern, '')
    return (name) => regex.test(name)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`--run cannot be read: ${why}`, 'Give a regular expression, such as test_latest.*')
  }
}

function textAt(texts: ReadonlyMap<string, string>, { file, start, end }: Location): string {
  return texts.get(file)?.slice(start, end) ?? ''
}

function rendered(tests: readonly ShownTest[], format: string, isVerbose: boolean): string {
  if (format === 'json') return jsonTests(tests)
  return format === 'junit' ? junitTests(tests) : prettyTests(tests, isVerbose)
}

function showFailures(tests: readonly ShownTest[], format: string): number {
  print(rendered(tests, format, false))
  return 1
}

/** Prints the coverage; less than the threshold is a failure. */
function showCoverage(policy: Policy, coverage: Coverage, typed: Typed, least: number | undefined): number {
  const report = coverageReport(policy, coverage)
  if (typed['coverage'] === true) print(`${indentedJson(coverageJson(report))}\n`)
  if (least === undefined || report.coverage >= least) return 0
  printError(
    `Coverage is ${report.coverage}%, which is less than ${least}% (${count(report.not_covered_lines, 'line')} not covered)\n`,
  )
  return 1
}
