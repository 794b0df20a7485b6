/** Verdicts as results (SARIF 2.1.0, 3.27). */
import {
  findingKey,
  resourceKeys,
  verdictKey,
  type Exception,
  type Finding,
  type Ref,
  type Report,
  type RuleVerdict,
  type Verdict,
} from '@kubescape/results'

import type { Evidence, LocatedFinding } from '../evidence.ts'
import { findingText, qualifiedName, resourceText, sentence } from '../finding-text.ts'
import { messagesOf } from '../listing.ts'
import type { RenderContext } from '../format.ts'
import { SourceNames } from '../source-names.ts'
import { tellingValues, valueText } from '../value-text.ts'
import { fixOf } from './fix.ts'
import { MOST_LOCATIONS } from './limits.ts'
import { levelOf } from './rule.ts'

/** What a result says of a verdict: what counts, what exceptions accept, or what a person should look at. */
export type Aspect = 'failed' | 'excepted' | 'review'

interface RuleFinding {
  readonly rule: string
  readonly finding: Finding
}

/** Fields that a message names; the others are related locations. */
const MOST_NAMED = 10
/** The object itself, as a finding. */
const WHOLE: Finding = { role: 'failed', path: '' }

/** Writes results. */
export class ResultWriter {
  readonly names: SourceNames
  readonly #report: Report
  readonly #evidence: Evidence
  readonly #keys: readonly string[]

  /** Reads every document with findings. */
  constructor(report: Report, { evidence, roots }: RenderContext) {
    this.#report = report
    this.#evidence = evidence
    this.names = new SourceNames(roots)
    this.#keys = resourceKeys(report)
    evidence.prepare({ wholeObjects: true, stablePaths: true, edits: true })
  }

  /** The result of a verdict under the rule at `ruleIndex`; undefined where there is nothing to say. */
  write(verdict: Verdict, ruleIndex: number, aspect: Aspect): string | undefined {
    const { control, ref, rules } = verdict
    const found = findingsOf(rules, aspect)
    if (aspect === 'excepted' && verdict.status !== 'excluded' && found.length === 0) return undefined
    const { id, baseScore, why, repair } = control.control
    const places = found.map(({ finding }) => this.#evidence.place(ref, finding))
    const primary = places[0] ?? this.#evidence.place(ref, WHOLE)
    const related = this.#relatedLocations(ref, places, aspect === 'excepted' ? [] : rules)
    const findings = found.map(({ finding }) => finding)
    const fix =
      aspect === 'excepted' ? undefined : fixOf({ evidence: this.#evidence, names: this.names }, ref, findings, repair)
    return JSON.stringify({
      ruleId: id,
      ruleIndex,
      level: aspect === 'review' ? 'note' : levelOf(baseScore),
      message: { text: this.#message(verdict, places, aspect, why) },
      locations: [this.#location(primary, ref)],
      ...(related.length === 0 ? {} : { relatedLocations: related }),
      partialFingerprints: this.#fingerprints(verdict, found[0], primary),
      ...(fix === undefined ? {} : { fixes: [fix] }),
      ...(aspect === 'excepted' ? { suppressions: suppressions(rules) } : {}),
      ...(aspect === 'review' ? { properties: { tags: [verdict.subStatus] } } : {}),
    })
  }

  #message(verdict: Verdict, places: readonly LocatedFinding[], aspect: Aspect, why: string): string {
    const { ref } = verdict
    const named = places.slice(0, MOST_NAMED).map((place) => findingText(this.#report, ref, place))
    const more = places.length > named.length ? `, and ${places.length - named.length} more` : ''
    const fields = named.length === 0 ? '' : `: ${named.join(', ')}${more}`
    const review = aspect === 'review' ? ' (requires review)' : ''
    const said = messagesOf(verdict).map((message) => ` ${sentence(message)}`)
    return plain(`${resourceText(this.#report, ref)}${review}${fields}.${said.join('')} ${why}`)
  }

  /** The field, or the first line of what should have it; the object alone where it came from no file. */
  #location(place: LocatedFinding, ref: Ref): object {
    const owner = this.#report.subjects[place.ref] === undefined ? ref : place.ref
    const artifactLocation = this.names.location(place.file)
    const name = qualifiedName(this.#report, owner)
    return {
      ...(artifactLocation && {
        physicalLocation: { artifactLocation, ...(place.line > 0 && { region: regionOf(place) }) },
      }),
      logicalLocations: [
        { name: this.#report.subjects[owner]?.identity.name ?? '', fullyQualifiedName: name, kind: 'resource' },
      ],
    }
  }

  #relatedLocations(of: Ref, places: readonly LocatedFinding[], rules: readonly RuleVerdict[]): object[] {
    const others = places.slice(1, MOST_LOCATIONS).map((place) => ({
      ...this.#location(place, place.ref),
      message: { text: plain(findingText(this.#report, of, place)) },
    }))
    const locations = [...others, ...this.#valueLocations(places).slice(0, MOST_LOCATIONS - 1 - others.length)]
    const seen = new Set<string>()
    for (const { ref, findings } of rules.flatMap((rule) => rule.related)) {
      for (const finding of findings.length === 0 ? [WHOLE] : findings) {
        const key = `${ref} ${finding.path}`
        if (locations.length >= MOST_LOCATIONS - 1) return numbered(locations)
        if (seen.has(key)) continue
        seen.add(key)
        const place = this.#evidence.place(ref, finding)
        const text = finding === WHOLE ? resourceText(this.#report, ref) : findingText(this.#report, of, place)
        locations.push({ ...this.#location(place, ref), message: { text: plain(text) } })
      }
    }
    return numbered(locations)
  }

  /** Where the values stand that are to change, each line once. */
  #valueLocations(places: readonly LocatedFinding[]): { message: { text: string } }[] {
    const values = new Map(places.flatMap((place) => tellingValues(place.values)).map((each) => [each.path, each]))
    return [...values.values()].flatMap((value) => {
      const artifactLocation = value.line > 0 ? this.names.location(value.file) : undefined
      if (artifactLocation === undefined) return []
      const physicalLocation = { artifactLocation, region: { startLine: value.line, startColumn: 1 } }
      return { physicalLocation, message: { text: plain(valueText({ values: [value] })) } }
    })
  }

  /** Names that stay when lines move; the second is the one that GitHub goes by. */
  #fingerprints(
    { control, ref }: Verdict,
    first: RuleFinding | undefined,
    { stablePath }: LocatedFinding,
  ): Record<string, string> {
    const key = this.#keys[ref] ?? ''
    const { id } = control.control
    const fingerprint =
      first === undefined
        ? verdictKey(key, id)
        : findingKey(key, id, { rule: first.rule, role: first.finding.role, path: stablePath })
    return { 'kubescapeFinding/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` }
  }
}

/** Findings of the aspect, each field once. */
function findingsOf(rules: readonly RuleVerdict[], aspect: Aspect): RuleFinding[] {
  const found = new Map<string, RuleFinding>()
  for (const { check, findings, excepted } of rules) {
    for (const finding of aspect === 'excepted' ? excepted : findings) {
      const { role, path, fix } = finding
      const key = `${role}\n${path}\n${fix?.action}\n${fix?.action === 'set' ? fix.value : ''}`
      if (!found.has(key)) found.set(key, { rule: check.name, finding })
    }
  }
  return [...found.values()]
}

function regionOf({ line, column, endLine, endColumn, exact, path }: LocatedFinding): object {
  const start = { startLine: line, startColumn: column }
  // Of what is there only to tell where something is missing, the first line is enough.
  if (endLine > line && (!exact || path === '')) return start
  return { ...start, endLine, endColumn }
}

function numbered(locations: readonly object[]): object[] {
  return locations.map((location, at) => ({ id: at + 1, ...location }))
}

function suppressions(rules: readonly RuleVerdict[]): object[] {
  const exceptions = new Set<Exception>(rules.flatMap((rule) => rule.exceptions))
  return Array.from(exceptions, ({ name, reason, owner, expires, source }) => ({
    kind: 'external',
    status: 'accepted',
    justification: reason === '' ? name : reason,
    properties: {
      exception: name,
      ...(owner === '' ? {} : { owner }),
      ...(expires === '' ? {} : { expires }),
      ...(source === '' ? {} : { source }),
    },
  }))
}

/** Brackets before a parenthesis would be a link (SARIF 2.1.0, 3.11.6). */
function plain(text: string): string {
  return text.replaceAll('](', '\\](')
}
