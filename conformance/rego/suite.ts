/** Policies of OPA's suite and of a second engine, evaluated and compared with what they should give. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { numberFromText } from '../../packages/rego/src/index.ts'
import type { CaseOutcome, Suite } from '../suite.ts'
import { runOpaCase, type OpaCase } from './opa-case.ts'
import { runRegorusCase, type RegorusCase } from './regorus-case.ts'

/** Categories that the project leaves out, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'opa-v1/graphql':
    'the builtins graphql.* are not there: a policy that calls them is refused when it is compiled (docs/policies.md)',
}

/** Categories that a scanner of policies may leave; their figures are printed beside the others. */
const CORE_EXCEPT = /^(graphql|jwt|cryptox509|crypto.*keys|netcidr|rego|jsonschema|rendertemplate)/

export const rego: Suite = {
  name: 'rego',
  run(folder) {
    const reasons = JSON.parse(readFileSync(join(folder, 'not-applicable.json'), 'utf8')) as Record<string, string>
    const outcomes: CaseOutcome[] = []
    for (const suite of ['opa-v1', 'regorus']) {
      for (const name of readdirSync(join(folder, suite), { recursive: true, encoding: 'utf8' }).toSorted()) {
        if (!name.endsWith('.json')) continue
        const file = `${suite}/${name}`
        const { cases } = readExactly(readFileSync(join(folder, file), 'utf8')) as { cases: unknown[] }
        for (const [place, each] of cases.entries()) {
          const id = `${file}#${place}`
          const reason = reasons[id] ?? LEFT_OUT[file.split('/').slice(0, 2).join('/')]
          outcomes.push(reason === undefined ? judged(id, suite, each) : { id, status: 'not applicable', reason })
        }
      }
    }
    count('core', outcomes, (id) => id.startsWith('opa-v1/') && !CORE_EXCEPT.test(id.split('/')[1] ?? ''))
    count('opa without graphql', outcomes, (id) => id.startsWith('opa-v1/') && !id.startsWith('opa-v1/graphql/'))
    count('regorus', outcomes, (id) => id.startsWith('regorus/'))
    return outcomes
  },
}

function judged(id: string, suite: string, each: unknown): CaseOutcome {
  let problem: string | undefined
  try {
    problem = suite === 'opa-v1' ? runOpaCase(each as OpaCase) : runRegorusCase(each as RegorusCase)
  } catch (error) {
    problem = `it broke: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' | ') : String(error)}`
  }
  return problem === undefined ? { id, status: 'passed' } : { id, status: 'failed', reason: problem }
}

function count(what: string, outcomes: readonly CaseOutcome[], counts: (id: string) => boolean): void {
  const relevant = outcomes.filter(({ id, status }) => counts(id) && status !== 'not applicable')
  const passed = relevant.filter(({ status }) => status === 'passed').length
  const share = relevant.length === 0 ? 100 : (100 * passed) / relevant.length
  console.log(`  ${what}: ${passed} of ${relevant.length} (${share.toFixed(2)} %)`)
}

/** JSON with numbers as they are written: large ones are not rounded. */
function readExactly(text: string): unknown {
  return (JSON.parse as (text: string, reviver: typeof revive) => unknown)(text, revive)
}

function revive(_key: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && source !== undefined ? (numberFromText(source) ?? value) : value
}
