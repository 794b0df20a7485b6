/** From what was typed to a query that can be evaluated: files read and sorted, policies compiled. */
import type { EvaluateOptions, Policy, PreparedQuery, RegoProblem } from '@kubescape/rego'

import { Failure } from '../failure.ts'
import type { Log } from '../terminal.ts'
import { list, text, type Typed } from '../typed.ts'
import { readVersion } from '../version.ts'
import { compileRego } from './compile-rego.ts'
import { dataOf, parseDocument, sortFiles, withoutObjects, type DataDocument } from './documents.ts'
import { gatherFiles, readInputText } from './gather-files.ts'

/** What stands below `data`, and the compiled files; or what is wrong with them. */
export type Loaded =
  | { readonly policy: Policy; readonly data: DataDocument }
  | { readonly problems: readonly RegoProblem[] }

const EXTENSIONS = ['.rego', '.json', '.yaml', '.yml']

/**
 * Reads and compiles what `--data` and `--data-file` name.
 * @throws {Failure} for files that cannot be read
 */
export function loadPolicies(typed: Typed, log: Log): Loaded {
  const named = list(typed, 'data')
  const files = gatherFiles(named, {
    extensions: EXTENSIONS,
    flag: '--data',
    what: 'files or folders of Rego, JSON and YAML',
  })
  const documents = list(typed, 'dataFile').flatMap((path) =>
    gatherFiles([path], { extensions: [], flag: '--data-file', what: 'a JSON or YAML file' }),
  )
  const version = typed['v0Compatible'] === true ? 'v0' : undefined
  const sorted = sortFiles(files, version)
  const data = dataOf([...withoutObjects(sorted.documents, '--data'), ...documents], '--data')
  const compiled = compileRego(sorted.policies, typed['strict'] === true)
  if ('problems' in compiled) return compiled
  const { v0Files } = compiled.policy
  if (version === undefined && v0Files.length > 0) {
    log.write('warning', `Read as Rego v0, since they are not v1: ${v0Files.join(', ')}`)
  }
  return { policy: compiled.policy, data }
}

/** Compiles the query of a policy. */
export function prepare(
  policy: Policy,
  query: string,
): { readonly query: PreparedQuery } | { readonly problems: readonly RegoProblem[] } {
  if (query.trim() === '') throw new Failure('the query is empty', 'Write one, such as data.main.deny.')
  return policy.prepare(query)
}

/**
 * What an evaluation is given, from what was typed.
 * @throws {Failure} for an input that cannot be read, and for numbers that are none
 */
export function evaluateOptions(typed: Typed, data: DataDocument): EvaluateOptions {
  const input = text(typed, 'input') ?? (typed['stdinInput'] === true ? '-' : undefined)
  const steps = stepLimit(text(typed, 'limitSteps'))
  return {
    data,
    ...(input === undefined ? {} : { input: parseDocument(readInputText(input, '--input'), input, '--input') }),
    now: BigInt(Date.now()) * 1_000_000n,
    seed: Math.floor(Math.random() * 2 ** 31),
    strictBuiltinErrors: typed['strictBuiltinErrors'] === true,
    ...(steps === undefined ? {} : { limits: { steps } }),
    runtime: { version: readVersion().version },
  }
}

/** The most steps of an evaluation; undefined for the engine's own limit. */
export function stepLimit(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const steps = Number(value)
  if (Number.isSafeInteger(steps) && steps > 0) return steps
  throw new Failure(`--limit-steps is "${value}"`, 'Give a number of steps, such as 1000000.')
}
