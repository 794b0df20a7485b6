/** Verdicts of the built-in controls on small objects: `cases/` beside the controls, one file for each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { LIBRARY, type Finding } from '@kubescape/controls'
import { identityOf, type Ref, type ValueMap } from '@kubescape/resources'
import type { RuleVerdict } from '@kubescape/results'

import { makeInputs } from './inputs.ts'
import { judged, outcomeOf, rulesOf } from './judgement.ts'
import { Plan } from './plan.ts'

/**
 * `verdicts` lists every object or subject that is tested, by kind, namespace and name: `passed`, `skipped: reason`, or what is
 * found, as `failed PATH`, `review PATH`, `remove PATH` or `set PATH=VALUE`, and related objects as `with OBJECT` or
 * `OBJECT: FINDING`.
 */
interface Case {
  readonly name: string
  readonly inputs?: Record<string, string[]>
  readonly objects: readonly ValueMap[]
  readonly verdicts: Readonly<Record<string, string | readonly string[]>>
}

const folder = join(import.meta.dirname, '../../controls/src/library/cases')
const files = readdirSync(folder).toSorted()

/** Controls of which no verdict is a pass, and why. */
const NEVER_PASS: Readonly<Record<string, string>> = {
  'C-0232': 'an inventory',
  'C-0251': 'an inventory',
}

const shared = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
const published = join(shared, 'conformance/controls')
const isThere = existsSync(published)

test.skipIf(!isThere)(
  `every control has cases, here or published${isThere ? '' : ' (skipped: no shared data)'}`,
  () => {
    const rules = new Set(publishedRules())
    const without = LIBRARY.filter(({ id, checks }) => {
      return (
        checks.length > 0 && !checks.some(({ name }) => rules.has(name)) && !files.includes(`${id.toLowerCase()}.yaml`)
      )
    })
    expect(without.map(({ id }) => id)).toEqual([])
  },
)

/** Names of the rules that have published cases. */
function publishedRules(): string[] {
  return readdirSync(published, { withFileTypes: true }).flatMap((entry) => {
    const file = entry.isDirectory() ? readdirSync(join(published, entry.name))[0] : undefined
    if (file === undefined) return []
    return (JSON.parse(readFileSync(join(published, entry.name, file), 'utf8')) as { rule: string }).rule
  })
}

describe.each(files.map((file) => [basename(file, '.yaml').toUpperCase(), file]))('%s', (id, file) => {
  const cases = parse(readFileSync(join(folder, file), 'utf8')) as Case[]

  test.each(cases)('$name', ({ inputs, objects, verdicts }) => {
    expect(verdictsOf(id, objects, inputs)).toEqual(verdicts)
  })

  test('has failures and passes among its cases', () => {
    const verdicts = cases.flatMap((each) => Object.values(each.verdicts))
    expect(verdicts.includes('passed')).toBe(!Object.hasOwn(NEVER_PASS, id))
    expect(verdicts.some(Array.isArray)).toBe(true)
  })
})

function verdictsOf(id: string, objects: readonly ValueMap[], overrides: unknown): Case['verdicts'] {
  const control = LIBRARY.find((each) => each.id === id)!
  const inputs = makeInputs(overrides)
  const plan = new Plan([control], inputs)
  for (const object of objects) plan.take({ identity: identityOf(object)!, object }, true)
  plan.join()
  expect(plan.problems).toEqual([])
  const columns = judged(control, plan.columns, inputs)
  const verdicts: Record<string, string | string[]> = {}
  for (const [ref, subject] of plan.subjects.list.entries()) {
    const outcome = outcomeOf(columns, ref)
    if (outcome === undefined) continue
    const name = nameOf(plan, ref)
    expect(verdicts).not.toHaveProperty([name])
    verdicts[name] =
      outcome.status === 'failed'
        ? rulesOf(columns, ref).flatMap((rule) => describeRule(plan, rule, subject.related !== undefined))
        : [outcome.status, outcome.subStatus].filter(Boolean).join(': ')
  }
  return verdicts
}

function nameOf(plan: Plan, ref: Ref): string {
  const { kind, namespace, name } = plan.subjects.list[ref]!.identity
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
}

/** A subject of bindings has its binding and role by itself: they are not listed again. */
function describeRule(plan: Plan, { findings, related }: RuleVerdict, isVector: boolean): string[] {
  const others = related.flatMap((each) =>
    each.findings.length === 0
      ? [`with ${nameOf(plan, each.ref)}`]
      : each.findings.map((finding) => `${nameOf(plan, each.ref)}: ${describeFinding(finding)}`),
  )
  return [...findings.map(describeFinding), ...(isVector ? [] : others)]
}

function describeFinding({ role, path, fix }: Finding): string {
  if (fix?.action === 'remove') return `remove ${path}`
  if (fix?.action === 'set') return role === 'missing' ? `set ${path}=${fix.value}` : `${role} ${path}=${fix.value}`
  return `${role} ${path}`
}
