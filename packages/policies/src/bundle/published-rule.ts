/** Rules as published files describe them. */
import { CheckFailure, compareVersions, readVersion, type Check, type OwnInput } from '@kubescape/controls'
import type { SourceFile } from '@kubescape/rego'
import type { Match } from '@kubescape/resources'

import type { Fields } from '../fields.ts'
import { helpersOf } from '../published-modules/index.ts'
import { readMatches } from '../policy-match.ts'
import type { PolicyOptions } from '../policy-options.ts'
import { BrokenCheck } from '../rule/broken-check.ts'
import { isAggregator } from '../rule/candidates.ts'
import { publishedCheck } from '../rule/published-check.ts'
import type { ProgramSource } from '../rule/rule-program.ts'
import { Gatherings } from '../rule/whole-objects.ts'
import { publishedCelCheck } from './published-cel.ts'

/** A rule of a bundle. */
export interface BundleRule {
  readonly name: string
  readonly file: string
  readonly text: string
  readonly filter: string
  readonly language: string
  readonly match: readonly Match[]
  readonly collected: readonly Match[]
  readonly inputs: readonly OwnInput[]
  readonly aggregator: string
  readonly providers: readonly string[]
  /** The versions of the tool that it is for; empty for no bound. */
  readonly from: string
  readonly until: string
}

const IMAGE_DATA: Match = { groups: ['*'], versions: ['*'], kinds: ['ImageVulnerabilities'] }

/** Reads a rule. */
export function readRule(fields: Fields, file: string): BundleRule {
  const attributes = fields.below('attributes')
  const collected = readMatches(fields.maps('dynamicMatch'))
  const looksAtImages = isSet(attributes?.text('imageScanRelated'))
  return {
    name: fields.text('name'),
    file,
    text: fields.rawText('rule'),
    filter: fields.rawText('resourceEnumerator'),
    language: fields.text('ruleLanguage') || 'Rego',
    match: readMatches(fields.maps('match')),
    collected: looksAtImages && collected.length === 0 ? [IMAGE_DATA] : collected,
    inputs: fields.maps('controlConfigInputs').flatMap(readInput),
    aggregator: attributes?.text('resourcesAggregator') ?? '',
    providers: fields.texts('relevantCloudProviders').map((provider) => provider.toLowerCase()),
    from: attributes?.text('useFromKubescapeVersion') ?? '',
    until: attributes?.text('useUntilKubescapeVersion') ?? '',
  }
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '' && text !== 'false'
}

/** `settings.postureControlInputs.NAME`, of which the name counts. */
function readInput(fields: Fields): OwnInput[] {
  const path = fields.text('path')
  const name = path.slice(path.lastIndexOf('.') + 1)
  return name === '' ? [] : [{ name, about: fields.text('description', 'name'), defaults: [] }]
}

/** True when the rule is for tools of the version; one that nobody can read is no bound. */
export function isForVersion({ from, until }: BundleRule, tool: string): boolean {
  const version = readVersion(tool)
  const first = readVersion(from)
  const end = readVersion(until)
  if (version === undefined) return true
  if (first !== undefined && compareVersions(version, first) < 0) return false
  return end === undefined || compareVersions(version, end) < 0
}

/** Makes checks of rules; the same rule of several controls is one check. */
export class RuleChecks {
  readonly #gatherings = new Gatherings()
  readonly #options: PolicyOptions
  readonly #made = new Map<string, Check>()

  constructor(options: PolicyOptions) {
    this.#options = options
  }

  /** The check of a rule. `fixed` are values of its inputs that the control sets. */
  of(rule: BundleRule, fixed: Readonly<Record<string, readonly string[]>>): Check {
    const key = JSON.stringify([rule, fixed])
    let check = this.#made.get(key)
    if (check === undefined) this.#made.set(key, (check = this.#make(rule, fixed)))
    return check
  }

  #make(rule: BundleRule, fixed: Readonly<Record<string, readonly string[]>>): Check {
    const { name, file, text, filter, language, match, collected, inputs, aggregator, providers } = rule
    const all = [...match, ...collected]
    const broken = (code: string, what: string): Check => {
      const hint = 'What it is about is skipped.'
      return new BrokenCheck(name, all, new CheckFailure(`policy/${code}`, `rule ${name} ${what}`, hint, { file }))
    }
    if (text.trim() === '') return broken('missing-rule', 'has no text')
    if (language.toLowerCase() === 'cel') return publishedCelCheck(rule, this.#gatherings)
    if (language.toLowerCase() !== 'rego') return broken('unsupported-language', `is written in ${language}`)
    if (aggregator !== '' && !isAggregator(aggregator)) {
      return broken('unsupported-aggregator', `wants its objects joined by ${aggregator}, which nobody knows`)
    }
    return publishedCheck(
      {
        name,
        program: sourceOf(`rule ${name}`, file, `${name}.rego`, text),
        ...(filter.trim() === ''
          ? {}
          : { filter: sourceOf(`filter of rule ${name}`, file, `${name}-filter.rego`, filter) }),
        match,
        collected,
        inputs,
        fixed,
        ...(isAggregator(aggregator) ? { aggregator } : {}),
        providers,
      },
      this.#gatherings,
      this.#options,
    )
  }
}

function sourceOf(name: string, file: string, module: string, text: string): ProgramSource {
  const files: SourceFile[] = [{ file: module, text }, ...helpersOf(text)]
  return { name, file, files, package: ['armo_builtins'], isEmbedded: true }
}
