/** Objects judged by the library of admission policies, one case a policy and an object. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { CompiledPolicy, POLICY_LIBRARY, requestOf } from '../../packages/policies/src/index.ts'
import { identityOf, type ValueMap } from '../../packages/resources/src/index.ts'
import type { CaseOutcome, Suite } from '../suite.ts'

interface Case {
  readonly policy: string
  readonly index: number
  readonly object: ValueMap
  readonly paramTemplate: string
  readonly expected: 'pass' | 'fail'
}

export const cel: Suite = {
  name: 'cel',
  run(folder) {
    const { params, cases } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as {
      readonly params: Readonly<Record<string, ValueMap>>
      readonly cases: readonly Case[]
    }
    return cases.map((each): CaseOutcome => {
      const id = `${each.policy}#${each.index}`
      const verdict = verdictOf(each, params[each.paramTemplate] ?? null)
      return verdict === each.expected
        ? { id, status: 'passed' }
        : { id, status: 'failed', reason: `is ${verdict}, should be ${each.expected}` }
    })
  },
}

function verdictOf({ policy: name, object }: Case, params: ValueMap | null): string {
  const policy = POLICY_LIBRARY.find(({ control }) => name === `controls/${control}`)
  if (policy === undefined) return 'no policy'
  const { hasParams = false, variables, validations } = policy
  const compiled = CompiledPolicy.compile({ hasParams, conditions: [], variables, validations })
  if ('problems' in compiled) return compiled.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
  const identity = identityOf(object)
  if (identity === undefined) return 'no object'
  const request = requestOf(identity)
  const verdict = compiled.policy.judge({ object, request, params, namespaceObject: null })
  if (verdict.kind === 'unknown') return `unknown: ${verdict.path}: ${verdict.message}`
  return verdict.kind === 'denied' ? 'fail' : 'pass'
}
