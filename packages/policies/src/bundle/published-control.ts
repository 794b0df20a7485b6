/** Controls as published files describe them. */
import {
  ATTACK_TRACKS,
  CATEGORIES,
  CheckFailure,
  LIBRARY,
  type AttackSteps,
  type AttackTrack,
  type Category,
  type Check,
  type ControlDeclaration,
  type Need,
  type Scope,
} from '@kubescape/controls'
import { asMap, asText, type Value } from '@kubescape/resources'

import type { Fields } from '../fields.ts'
import { lazyControl } from '../lazy-control.ts'
import { ANYTHING } from '../policy-match.ts'
import { BrokenCheck } from '../rule/broken-check.ts'
import type { BundleRule, RuleChecks } from './published-rule.ts'

/** A control of a bundle, as far as it can be told without its rules. */
export interface BundleControl {
  readonly id: string
  readonly file: string
  readonly fields: Fields
  /** Rules that stand in it. */
  readonly rules: readonly BundleRule[]
  /** Names of rules that stand in other files. */
  readonly ruleNames: readonly string[]
}

const SCOPES: readonly Scope[] = ['cluster', 'file', 'cloud', 'AKS', 'EKS', 'GKE']
const ACTIONS = ['configuration', 'requires review', 'manual review'] as const

/** The rules of a control: those that are there, and the names of those that are not. */
export interface RulesOf {
  readonly rules: readonly BundleRule[]
  readonly missing: readonly string[]
}

/** The declaration of a control. Rules that are missing make it skip what it is about. */
export function declareControl(
  { id, file, fields }: BundleControl,
  { rules, missing }: RulesOf,
  checks: RuleChecks,
): ControlDeclaration {
  const attributes = fields.below('attributes')
  const category = categoryOf(fields.below('category'))
  const subCategory = categoryOf(fields.below('category')?.below('subCategory'))
  const actionRequired = ACTIONS.find((action) => action === attributes?.text('actionRequired'))
  const tags = attributes?.texts('controlTypeTags') ?? []
  const needs = needOf(rules)
  // The page of a published control is that of ours.
  const builtIn = LIBRARY.find((control) => control.id === id)
  const exposes = builtIn?.exposes
  const title = fields.text('name') || id
  const attackSteps = attackStepsOf(attributes)
  return lazyControl(
    {
      id,
      name: title,
      baseScore: Math.min(10, Math.max(0, fields.number('baseScore') ?? 0)),
      ...(category === undefined ? {} : { category }),
      ...(subCategory === undefined ? {} : { subCategory }),
      scope: scopesOf(fields),
      ...(isOperational(tags) ? { isOperational: true as const } : {}),
      ...(actionRequired === undefined ? {} : { actionRequired }),
      why: fields.text('description') || `${title}: its rules say what is wrong.`,
      repair: fields.text('remediation') || 'Change what its rules name.',
      ...(builtIn === undefined ? { isForeign: true as const } : {}),
      ...(exposes === undefined ? {} : { exposes }),
      ...(attackSteps === undefined ? {} : { attackSteps }),
      ...(needs === undefined ? {} : { needs }),
    },
    () => [
      ...rules.map((rule) => checks.of(rule, fixedInputsOf(fields.value('fixedInput'), rule.name))),
      ...missing.map((name) => missingRule(name, id, file)),
    ],
  )
}

/** The scopes that `scanningScope.matches` names. */
export function scopesOf(fields: Fields): Scope[] {
  const matches = fields.below('scanningScope')?.texts('matches') ?? []
  return SCOPES.filter((scope) => matches.some((each) => each.toLowerCase() === scope.toLowerCase()))
}

function categoryOf(fields: Fields | undefined): Category | undefined {
  if (fields === undefined) return undefined
  const id = fields.text('id')
  const name = fields.text('name').toLowerCase()
  const known = Object.entries(CATEGORIES) as [Category, string][]
  return (known.find(([, each]) => each === id) ?? known.find(([each]) => each.toLowerCase() === name))?.[0]
}

/** What is about running well says so, and nothing of security. */
function isOperational(tags: readonly string[]): boolean {
  return tags.includes('devops') && !tags.includes('security') && !tags.includes('smartRemediation')
}

/** A control all of whose rules look at what only collectors give cannot do without that. */
function needOf(rules: readonly BundleRule[]): Need | undefined {
  if (rules.length === 0 || !rules.every(({ match, collected }) => match.length === 0 && collected.length > 0))
    return undefined
  const kinds = [...new Set(rules.flatMap(({ collected }) => collected.flatMap((each) => each.kinds)))]
  return { what: `what only a collector gives (${kinds.join(', ')} objects)`, kinds }
}

/** Steps of the tracks that are known. */
function attackStepsOf(attributes: Fields | undefined): AttackSteps | undefined {
  const steps = (attributes?.maps('attackTracks') ?? []).flatMap((entry): [AttackTrack, string][] => {
    const track = entry.text('attackTrack')
    const [step] = entry.texts('categories')
    return Object.hasOwn(ATTACK_TRACKS, track) && step !== undefined ? [[track as AttackTrack, step]] : []
  })
  return steps.length === 0 ? undefined : Object.fromEntries(steps)
}

/** Values of inputs by name; below the name of a rule they are for that one only. */
function fixedInputsOf(value: Value | undefined, rule: string): Record<string, readonly string[]> {
  const fixed = new Map<string, readonly string[]>()
  const read = (from: Value | undefined, depth: number): void => {
    for (const [key, entry] of Object.entries(asMap(from) ?? {})) {
      if (Array.isArray(entry))
        fixed.set(
          key.slice(key.lastIndexOf('.') + 1),
          entry.map((item) => asText(item) ?? ''),
        )
      else if (depth < 3 && (key === rule || key === 'settings' || key === 'postureControlInputs'))
        read(entry, depth + 1)
    }
  }
  read(value, 0)
  return Object.fromEntries(fixed)
}

/** Nothing says what it would look at, so nothing that the control says of any object counts. */
function missingRule(name: string, id: string, file: string): Check {
  const message = `control ${id} names the rule ${name}, which is in none of the files`
  return new BrokenCheck(
    name,
    ANYTHING,
    new CheckFailure('policy/missing-rule', message, 'Give the file of the rule too.', { file }),
  )
}
