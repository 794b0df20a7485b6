/** `kubescape policy bench`: what loading and evaluating a policy costs. Steps are the same everywhere, times are of this machine. */
import { cpuUsage } from 'node:process'

import type { EvaluateOptions, PreparedQuery } from '@kubescape/rego'

import { Failure } from '../failure.ts'
import { logLevelOf } from '../persistent-options.ts'
import { print, printError } from '../print.ts'
import { Log } from '../terminal.ts'
import { oneOf, text, type Typed } from '../typed.ts'
import { evaluateOptions, loadPolicies, prepare } from './prepare.ts'
import { problemsText } from './problems-text.ts'
import { boxTable } from './table.ts'

/** What was measured; times in nanoseconds. */
interface Measurement {
  readonly load_ns: number
  readonly evaluations: number
  readonly steps_per_evaluation: number
  readonly solutions: number
  readonly ns_per_evaluation: number
  readonly cpu_ns_per_evaluation: number
  readonly ns_min: number
  readonly ns_median: number
  readonly ns_p95: number
  readonly ns_max: number
}

const BENCH_NS = 1_000_000_000n
/** Evaluations before those that are timed: the first ones are compiled on the way. */
const WARM_UPS = 20
const MOST_SAMPLES = 1_000_000

/**
 * Evaluates a query again and again for a second, or `--count` times, and prints what that costs. Gives the exit code.
 * @throws {Failure} for files that cannot be read, and values that make no sense
 */
export function runBench(query: string, typed: Typed): number {
  const format = oneOf(text(typed, 'format') ?? 'pretty', ['pretty', 'json'], '--format')
  const wanted = countOf(text(typed, 'count'))
  const began = process.hrtime.bigint()
  const loaded = loadPolicies(typed, new Log(logLevelOf(typed)))
  const prepared = 'problems' in loaded ? loaded : prepare(loaded.policy, query)
  if ('problems' in loaded || 'problems' in prepared) {
    printError(problemsText('problems' in prepared ? prepared.problems : []))
    return 1
  }
  const load = process.hrtime.bigint() - began
  const options = evaluateOptions(typed, loaded.data)
  const first = prepared.query.evaluate(options)
  if (first.problem !== undefined) {
    printError(problemsText([first.problem]))
    return 1
  }
  const measured: Measurement = {
    load_ns: Number(load),
    ...sample(prepared.query, options, wanted),
    steps_per_evaluation: first.steps,
    solutions: first.solutions.length,
  }
  print(format === 'json' ? `${JSON.stringify(measured, null, 2)}\n` : rendered(measured))
  return 0
}

function sample(
  query: PreparedQuery,
  options: EvaluateOptions,
  wanted: number | undefined,
): Omit<Measurement, 'load_ns' | 'steps_per_evaluation' | 'solutions'> {
  for (let turn = 0; turn < Math.min(WARM_UPS, wanted ?? WARM_UPS); turn++) query.evaluate(options)
  const times: number[] = []
  const cpu = cpuUsage()
  const began = process.hrtime.bigint()
  let before = began
  while (wanted === undefined ? before - began < BENCH_NS && times.length < MOST_SAMPLES : times.length < wanted) {
    query.evaluate(options)
    const now = process.hrtime.bigint()
    times.push(Number(now - before))
    before = now
  }
  const { user, system } = cpuUsage(cpu)
  times.sort((left, right) => left - right)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    evaluations: times.length,
    ns_per_evaluation: Math.round(Number(before - began) / times.length),
    cpu_ns_per_evaluation: Math.round(((user + system) * 1000) / times.length),
    ns_min: at(0),
    ns_median: at(0.5),
    ns_p95: at(0.95),
    ns_max: at(1),
  }
}

function rendered(measured: Measurement): string {
  return boxTable(
    ['Measure', 'Value'],
    Object.entries(measured).map(([name, value]) => [name.replaceAll('_', ' '), String(value)]),
  )
}

function countOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const number = Number(value)
  if (Number.isInteger(number) && number > 0 && number <= MOST_SAMPLES) return number
  throw new Failure(`--count is "${value}"`, `Give a number from 1 to ${MOST_SAMPLES}.`)
}
