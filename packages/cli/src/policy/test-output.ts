/** Results of tests, for people, for programs, and as JUnit for the test reports of pipelines. */
import { shortText, type Location, type Value } from '@kubescape/rego'

import { visible } from '../terminal.ts'
import { indentedJson, Members } from './value-json.ts'

/** A test that was run. */
export interface ShownTest {
  /** Such as `data.shop_test`. */
  readonly package: string
  readonly name: string
  readonly location: Location
  readonly outcome: 'pass' | 'fail' | 'error' | 'skip'
  readonly durationNs: number
  /** What it printed. */
  readonly output: readonly string[]
  /** Of an error: what it was. */
  readonly message?: string | undefined
  /** Of a failure: the literal that failed, as written, and the variables that it saw. */
  readonly failed?: { readonly location: Location; readonly text: string; readonly locals: ReadonlyMap<string, Value> }
  /** Of a test with cases: each by its name. */
  readonly cases?: readonly { readonly name: string; readonly isPassed: boolean }[]
}

const RULE = '-'.repeat(80)
const WORDS = { pass: 'PASS', fail: 'FAIL', error: 'ERROR', skip: 'SKIPPED' } as const
const LONGEST_VALUE = 200

/** For people: what did not pass, everything when verbose, and a summary. */
export function prettyTests(tests: readonly ShownTest[], isVerbose: boolean): string {
  const shown = isVerbose ? tests : tests.filter(({ outcome }) => outcome !== 'pass')
  const lines: string[] = []
  let place = ''
  for (const test of shown) {
    if (test.location.file !== place) lines.push(`${test.location.file}:`)
    place = test.location.file
    lines.push(...resultLines(test, isVerbose))
  }
  if (lines.length > 0) lines.push(RULE)
  const outcomes = tests.flatMap(outcomesOf)
  for (const outcome of ['pass', 'fail', 'error', 'skip'] as const) {
    const amount = outcomes.filter((each) => each === outcome).length
    if (amount > 0 || outcome === 'pass') lines.push(`${WORDS[outcome]}: ${amount}/${outcomes.length}`)
  }
  return lines.map((line) => `${visible(line)}\n`).join('')
}

/** For programs, in the layout of `opa test --format json`. */
export function jsonTests(tests: readonly ShownTest[]): string {
  const members = tests.map(
    ({ package: path, name, location, outcome, durationNs, output, message, failed, cases }) =>
      new Members({
        location: new Members({ file: location.file, row: location.row, col: location.column }),
        package: path,
        name,
        fail: outcome === 'fail' ? true : undefined,
        error: outcome === 'error' ? new Members({ message: message ?? '' }) : undefined,
        skip: outcome === 'skip' ? true : undefined,
        duration: durationNs,
        output: output.length === 0 ? undefined : Buffer.from(linesOf(output)).toString('base64'),
        failed_at:
          failed === undefined
            ? undefined
            : new Members({
                location: new Members({
                  file: failed.location.file,
                  row: failed.location.row,
                  col: failed.location.column,
                }),
                text: failed.text,
                locals: new Members(Object.fromEntries(failed.locals)),
              }),
        sub_results:
          cases === undefined
            ? undefined
            : new Members(
                Object.fromEntries(
                  cases.map((each) => [
                    each.name,
                    new Members({ name: each.name, fail: each.isPassed ? undefined : true }),
                  ]),
                ),
              ),
      }),
  )
  return `${indentedJson(members)}\n`
}

/** JUnit: a suite for each package. Source of the shape: the schema of Jenkins, junit-10.xsd. */
export function junitTests(tests: readonly ShownTest[]): string {
  const suites = [...Map.groupBy(tests, ({ package: path }) => path)].map(([path, each]) => {
    const of = (outcome: ShownTest['outcome']): number => each.filter((test) => test.outcome === outcome).length
    const counts = `tests="${each.length}" failures="${of('fail')}" errors="${of('error')}" skipped="${of('skip')}"`
    const seconds = each.reduce((sum, { durationNs }) => sum + durationNs, 0) / 1e9
    return [
      `  <testsuite name="${xml(path)}" ${counts} time="${seconds.toFixed(6)}">`,
      ...each.map(junitCase),
      '  </testsuite>',
    ].join('\n')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.map((suite) => `${suite}\n`).join('')}</testsuites>\n`
}

/** What a test counts as: every case for itself. */
function outcomesOf({ outcome, cases = [] }: ShownTest): ShownTest['outcome'][] {
  return cases.length === 0 ? [outcome] : cases.map(({ isPassed }) => (isPassed ? 'pass' : 'fail'))
}

function resultLines(test: ShownTest, isVerbose: boolean): string[] {
  const { package: path, name, outcome, durationNs, output, cases = [] } = test
  const time = outcome === 'skip' ? '' : ` (${timeText(durationNs)})`
  const lines = [`${path}.${name}: ${WORDS[outcome]}${time}`]
  for (const each of cases) {
    if (isVerbose || !each.isPassed) lines.push(`  ${each.name}: ${each.isPassed ? 'PASS' : 'FAIL'}`)
  }
  lines.push(...reasonLines(test).map((line) => `  ${line}`))
  if (isVerbose || outcome !== 'pass') lines.push(...output.map((line) => `  | ${line}`))
  return lines
}

/** Why a test did not pass. */
function reasonLines({ message, failed }: ShownTest): string[] {
  if (message !== undefined) return [message]
  if (failed === undefined) return []
  const { location, text, locals } = failed
  return [
    `${location.file}:${location.row}: ${text.replaceAll(/\s+/g, ' ')}`,
    ...[...locals].map(([name, value]) => `  ${name} = ${shortText(value, LONGEST_VALUE)}`),
  ]
}

function junitCase(test: ShownTest): string {
  const { package: path, name, location, outcome, durationNs, output } = test
  const open = `    <testcase name="${xml(name)}" classname="${xml(path)}" time="${(durationNs / 1e9).toFixed(6)}" file="${xml(location.file)}" line="${location.row}"`
  const reason = reasonLines(test)
  const parts = [
    ...(outcome === 'skip' ? ['      <skipped/>'] : []),
    ...(outcome === 'fail' || outcome === 'error'
      ? [
          `      <${outcome === 'fail' ? 'failure' : 'error'} message="${xml(reason[0] ?? outcome)}">${xml(linesOf(reason))}</${outcome === 'fail' ? 'failure' : 'error'}>`,
        ]
      : []),
    ...(output.length === 0 ? [] : [`      <system-out>${xml(linesOf(output))}</system-out>`]),
  ]
  return parts.length === 0 ? `${open}/>` : [`${open}>`, ...parts, '    </testcase>'].join('\n')
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

function timeText(ns: number): string {
  if (ns < 1000) return `${ns}ns`
  return ns < 1_000_000 ? `${(ns / 1000).toFixed(3)}µs` : `${(ns / 1_000_000).toFixed(3)}ms`
}

/** Text of XML, in attributes too: what XML 1.0 cannot say (section 2.2) is shown as unreadable. */
function xml(text: string): string {
  const legal = text.toWellFormed().replaceAll(/[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD') // oxlint-disable-line no-control-regex
  return legal.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
