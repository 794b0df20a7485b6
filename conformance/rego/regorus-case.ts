/** Cases of the interpreter of a second engine, in v0. */
import { compilePolicy, entriesOf, isObject, objectFrom, RegoSet, type Value } from '../../packages/rego/src/index.ts'
import { asJson, sameJson } from './json.ts'
import { short } from './opa-case.ts'

/** A case as its file has it. */
export interface RegorusCase {
  readonly note: string
  readonly modules?: readonly string[]
  readonly data?: { readonly [name: string]: unknown }
  readonly input?: unknown
  readonly query: string
  readonly want_result?: unknown
  readonly error?: string
  readonly no_result?: boolean
  readonly strict?: boolean
  readonly want_prints?: readonly string[]
}

/** Runs a case; what is wrong, or undefined. */
export function runRegorusCase(each: RegorusCase): string | undefined {
  const isError = each.error !== undefined
  const files = (each.modules ?? []).map((text, place) => ({
    file: `test-${place}.rego`,
    text,
    version: 'v0' as const,
  }))
  const compiled = compilePolicy({ files })
  const texts = (problems: readonly { readonly code: string; readonly message: string }[]): string | undefined =>
    isError ? undefined : `it failed: ${problems.map(({ code, message }) => `${code}: ${message}`).join('; ')}`
  if ('problems' in compiled) return texts(compiled.problems)
  const prepared = compiled.policy.prepare(each.query)
  if ('problems' in prepared) return texts(prepared.problems)
  const prints: string[] = []
  const { solutions, problem } = prepared.query.evaluate({
    input: each.input === undefined ? undefined : decoded(each.input),
    data: decoded(each.data ?? {}) as { readonly [name: string]: Value },
    strictBuiltinErrors: each.strict !== false,
    now: 1_763_000_000_000_000_000n,
    print: (line) => prints.push(line),
  })
  if (problem !== undefined) return texts([problem])
  if (isError) return `it should have failed: ${each.error ?? ''}`
  if (each.no_result === true) return undefined
  const wanted = isMany(each.want_result) ? each.want_result['many!'] : [each.want_result]
  const found = solutions.map(({ bindings, values }) => {
    const named = [...bindings].filter(([name]) => !/^[_$]/.test(name))
    return asJson(
      named.length > 0 ? objectFrom(named) : solutions.length > 1 && values.length > 1 ? values : (values[0] as Value),
    )
  })
  const expected = wanted.filter((value) => value !== '#undefined').map((value) => asJson(decoded(value)))
  const isSame = found.length === expected.length && found.every((value, place) => sameJson(value, expected[place]))
  return isSame ? undefined : `it gave ${short(found)} instead of ${short(expected)}`
}

function isMany(value: unknown): value is { readonly 'many!': readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'many!' in value
}

/** A value of the case's encoding: `{"set!": [...]}`, `{"object!": [{key, value}]}`. */
function decoded(value: unknown): Value {
  return decodedValue(value as Value)
}

function decodedValue(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(decodedValue)
  if (!isObject(value)) return value
  const entries = [...entriesOf(value)]
  const [first] = entries
  if (entries.length === 1 && first !== undefined) {
    const [name, content] = first
    if (name === 'set!') return new RegoSet((content as readonly Value[]).map(decodedValue))
    if (name === 'object!') {
      return objectFrom(
        (content as readonly { key: Value; value: Value }[]).map(
          (entry) => [decodedValue(entry.key), decodedValue(entry.value)] as const,
        ),
      )
    }
  }
  return objectFrom(entries.map(([key, each]) => [key, decodedValue(each)] as const))
}
