/** Cases of OPA's own suite. */
import { compilePolicy, numberFromText, parseValue, type Value } from '../../packages/rego/src/index.ts'
import { asJson, sameJson, sortedList } from './json.ts'

/** A case as its file has it. */
export interface OpaCase {
  readonly note: string
  readonly modules?: readonly string[]
  readonly data?: { readonly [name: string]: unknown }
  readonly input?: unknown
  readonly input_term?: string
  readonly query: string
  readonly want_result?: readonly { readonly [name: string]: unknown }[]
  readonly want_error_code?: string
  readonly want_error?: string
  readonly strict_error?: boolean
  readonly sort_bindings?: boolean
}

/** Runs a case; what is wrong, or undefined. */
export function runOpaCase(each: OpaCase): string | undefined {
  const isError = each.want_error_code !== undefined || each.want_error !== undefined
  const files = (each.modules ?? []).map((text, place) => ({
    file: `test-${place}.rego`,
    text,
    version: 'v1' as const,
  }))
  const compiled = compilePolicy({ files })
  if ('problems' in compiled) return failure(each, isError, compiled.problems)
  const prepared = compiled.policy.prepare(each.query)
  if ('problems' in prepared) return failure(each, isError, prepared.problems)
  const input = each.input_term === undefined ? (each.input as Value) : parseValue(each.input_term)
  const { solutions, problem } = prepared.query.evaluate({
    input: each.input === undefined && each.input_term === undefined ? undefined : input,
    data: (each.data ?? {}) as { readonly [name: string]: Value },
    strictBuiltinErrors: each.strict_error === true,
    now: 1_763_000_000_000_000_000n,
  })
  if (problem !== undefined) return failure(each, isError, [problem])
  if (isError) return `it should have failed with ${each.want_error_code ?? each.want_error ?? ''}`
  const found = solutions.map(({ bindings }) =>
    Object.fromEntries(
      [...bindings].filter(([name]) => !/^[_$]/.test(name)).map(([name, value]) => [name, sorted(asJson(value), each)]),
    ),
  )
  const wanted = (each.want_result ?? []).map((bindings) =>
    Object.fromEntries(Object.entries(bindings).map(([name, value]) => [name, sorted(asJson(value as Value), each)])),
  )
  const isSame =
    wanted.every((one) => found.some((other) => sameJson(one, other))) &&
    found.every((one) => wanted.some((other) => sameJson(one, other)))
  return isSame ? undefined : `it gave ${short(found)} instead of ${short(wanted)}`
}

function sorted(value: unknown, { sort_bindings: isSorted }: OpaCase): unknown {
  return isSorted === true && Array.isArray(value) ? sortedList(value) : value
}

function failure(
  { want_error_code: code }: OpaCase,
  isError: boolean,
  problems: readonly { readonly code: string; readonly message: string }[],
): string | undefined {
  const texts = problems.map((problem) => `${problem.code}: ${problem.message}`).join('; ')
  if (!isError) return `it failed: ${texts}`
  if (code === undefined || problems.some((problem) => problem.code === code)) return undefined
  return `it failed with another code than ${code}: ${texts}`
}

/** The beginning of a value as JSON, for messages. */
export function short(value: unknown): string {
  const text =
    JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? numberFromText(String(each)) : each)) ??
    'undefined'
  return text.length > 300 ? `${text.slice(0, 300)}...` : text
}
