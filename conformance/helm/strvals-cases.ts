/** Cases of op `strvals`: the texts of `--set` and its kin. */
import { deepEqual } from '../../packages/helm/src/go/deep-equal.ts'
import { Dict, sprintf } from '@kubescape/go-template'
import { applySet, type SetKind } from '../../packages/helm/src/values/set-grammar/apply-set.ts'
import type { CaseOutcome } from '../suite.ts'
import { fromTyped } from './typed-values.ts'

interface StrvalsCase {
  readonly id: string
  readonly fn: SetKind
  readonly s: string
  readonly data?: Readonly<Record<string, unknown>>
  readonly want: { readonly result?: unknown; readonly error?: string }
}

/** Sets what the text says; passed when the values are the wanted ones, or when both fail. */
export function runStrvalsCase(json: object): CaseOutcome {
  const { id, fn, s, data, want } = json as StrvalsCase
  const values = data === undefined ? new Dict() : (fromTyped(data) as Dict)
  const problem = applySet(fn, s, values, { readFile: (path) => ({ text: `content-of:${path}` }) })
  if (want.error !== undefined) {
    return problem === undefined
      ? { id, status: 'failed', reason: `no error instead of ${want.error}` }
      : { id, status: 'passed' }
  }
  if (problem !== undefined) return { id, status: 'failed', reason: problem }
  const wanted = fromTyped(want.result)
  return deepEqual(values, wanted)
    ? { id, status: 'passed' }
    : { id, status: 'failed', reason: sprintf('%#v instead of %#v', [values, wanted]) }
}
