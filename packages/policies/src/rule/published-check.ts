/** Rules in the published form as checks: `input` is the list of all matching objects, and responses name those that fail. */
import {
  MOST_MESSAGES,
  type Check,
  type ControlInputs,
  type Finding,
  type JoinedCheck,
  type Outcome,
  type OwnInput,
  type Related,
  type Tables,
} from '@kubescape/controls'
import { matches, type Match } from '@kubescape/resources'
import type { Value } from '@kubescape/rego'

import { Discretion, isSecret, masksOf, redacted } from '../discretion.ts'
import type { Masks } from '../masks.ts'
import { checkInputs } from '../metadata.ts'
import type { PolicyOptions } from '../policy-options.ts'
import { BrokenCheck } from './broken-check.ts'
import { CandidateFinder, candidatesOf, type Candidate } from './candidates.ts'
import { localCheck } from './local-published-check.ts'
import { isForOthers } from './platforms.ts'
import { placesOf, responsesOf, saidAgain, type PublishedRule } from './published-rule.ts'
import type { Response } from './response.ts'
import { InputDocuments, RuleProgram, type RuleData } from './rule-program.ts'
import type { Gathered, Gatherings } from './whole-objects.ts'

/** Compiles a rule and makes its check, which throws `CheckFailure` where the rule cannot judge. */
export function publishedCheck(rule: PublishedRule, gatherings: Gatherings, options: PolicyOptions): Check {
  const program = new RuleProgram(rule.program, options)
  const filter = rule.filter === undefined ? undefined : new RuleProgram(rule.filter, options)
  const failure = program.failure ?? filter?.failure
  if (failure !== undefined) return new BrokenCheck(rule.name, [...rule.match, ...rule.collected], failure)
  return isLocal(rule, program, filter)
    ? localCheck(rule, program, filter)
    : new PublishedCheck(rule, program, filter, gatherings)
}

/** One object at a time is enough where that is proved, and where nothing else has to be there. */
function isLocal(
  { match, collected, aggregator }: PublishedRule,
  program: RuleProgram,
  filter: RuleProgram | undefined,
): boolean {
  return (
    aggregator === undefined &&
    (match.length === 0 || collected.length === 0) &&
    program.locality.isLocal &&
    filter?.locality.isLocal !== false
  )
}

/** What fails, by its place among the candidates. */
type Failures = ReadonlyMap<number, Failure>

interface Failure {
  readonly findings: Finding[]
  readonly related: Related[]
  readonly messages: Set<string>
  readonly commands: Set<string>
}

class PublishedCheck implements JoinedCheck {
  readonly shape = 'joined'
  readonly name: string
  readonly match: readonly Match[]
  readonly tests: JoinedCheck['tests']
  readonly needs: JoinedCheck['needs']
  readonly inputs: NonNullable<JoinedCheck['inputs']>
  readonly ownInputs: readonly OwnInput[]
  readonly isAboutPlatform?: true
  readonly #rule: PublishedRule
  readonly #gather: (tables: Tables) => Gathered
  readonly #program: RuleProgram
  readonly #filter: RuleProgram | undefined
  readonly #documents: InputDocuments

  constructor(rule: PublishedRule, program: RuleProgram, filter: RuleProgram | undefined, gatherings: Gatherings) {
    const { name, match, collected, inputs, fixed, aggregator, providers } = rule
    this.#rule = rule
    this.name = name
    this.match = [...match, ...collected]
    this.tests =
      filter === undefined && aggregator === undefined && providers.length === 0 && collected.length === 0
        ? 'matched'
        : 'reported'
    // What no rule looks at has passed, and need not be kept.
    const looksAt = this.tests === 'matched' ? program.locality.kinds : undefined
    const { projection, gather } = gatherings.of(looksAt === undefined ? this.match : ofKinds(this.match, looksAt))
    this.needs = [projection]
    this.#gather = gather
    const { inputs: builtIn = [], ownInputs = [] } = checkInputs(inputs)
    this.inputs = builtIn
    this.ownInputs = ownInputs
    if (aggregator === 'apiserver-pod') this.isAboutPlatform = true
    this.#program = program
    this.#filter = filter
    this.#documents = new InputDocuments(inputs, fixed)
  }

  *judge(tables: Tables, inputs: ControlInputs): Generator<Outcome> {
    const { providers, aggregator } = this.#rule
    if (isForOthers(providers, inputs)) return
    const gathered = this.#gather(tables)
    const candidates = candidatesOf(gathered, aggregator)
    if (candidates.length === 0) return
    if (this.#lacksCollected(gathered)) {
      for (const { subject } of candidates) yield { subject, isUnknown: true }
      return
    }
    let outcomes: readonly Outcome[]
    try {
      outcomes = this.#outcomes(candidates, gathered, this.#documents.of(inputs))
    } catch (error) {
      if (this.tests === 'reported') for (const { subject } of candidates) yield { subject, isUnknown: true }
      throw error
    }
    yield* outcomes
  }

  /** Without what only a collector gives, the objects that it is about cannot be judged. */
  #lacksCollected({ rows }: Gathered): boolean {
    const { collected } = this.#rule
    return collected.length > 0 && !rows.some(({ identity }) => matches(collected, identity))
  }

  #outcomes(candidates: readonly Candidate[], gathered: Gathered, data: RuleData): readonly Outcome[] {
    const input = inputOf(candidates, gathered, this.#rule.aggregator)
    const finder = new CandidateFinder(candidates)
    const tested = this.#filter === undefined ? undefined : this.#named(this.#filter, input, data, finder)
    const failures = this.#failures(input, data, finder, gathered)
    const outcomes: Outcome[] = []
    for (const [place, { subject }] of candidates.entries()) {
      const failure = failures.get(place)
      if (failure !== undefined) outcomes.push({ subject, ...partsOf(failure) })
      else if (this.tests === 'reported' && tested?.has(place) !== false) outcomes.push({ subject })
    }
    return outcomes
  }

  /** Places of everything that the responses of a program name. */
  #named(program: RuleProgram, input: readonly Value[], data: RuleData, finder: CandidateFinder): Set<number> {
    const responses = responsesOf(program, input, data)
    return new Set(responses.flatMap((response) => placesOf(this.#rule, response, finder)))
  }

  #failures(input: readonly Value[], data: RuleData, finder: CandidateFinder, gathered: Gathered): Failures {
    const failures = new Map<number, Failure>()
    const discretion = this.#discretion(data, gathered)
    for (const response of responsesOf(this.#program, input, data)) {
      const related = relatedOf(response, gathered)
      const message = discretion.message(response.text)
      const command = discretion.command(response.command)
      const findings = discretion.findings(response.findings)
      for (const place of placesOf(this.#rule, response, finder)) {
        let failure = failures.get(place)
        if (failure === undefined) {
          failure = { findings: [], related: [], messages: new Set(), commands: new Set() }
          failures.set(place, failure)
        }
        for (const finding of findings) failure.findings.push(finding)
        for (const each of related) failure.related.push(each)
        if (message !== '' && failure.messages.size < MOST_MESSAGES) failure.messages.add(message)
        if (command !== '' && failure.commands.size < MOST_MESSAGES) failure.commands.add(command)
      }
    }
    return failures
  }

  /** The rule may have put into words whatever was gathered, not only what it names. */
  #discretion(data: RuleData, gathered: Gathered): Discretion {
    const { kinds } = this.#program.locality
    const looksAtSecrets = kinds === undefined || kinds.some((kind) => kind.toLowerCase() === 'secret')
    return new Discretion({
      masks: () => masksIn(gathered),
      hasSecrets: looksAtSecrets && gathered.objects.some(isSecret),
      again: () => {
        const rows = gathered.rows.map((row) => ({ ...row, object: redacted(row.object) }))
        const others = { rows, objects: rows.map(({ object }) => object) }
        const { aggregator } = this.#rule
        return saidAgain(this.#program, inputOf(candidatesOf(others, aggregator), others, aggregator), data)
      },
    })
  }
}

/** The match without the kinds that are not among these. */
function ofKinds(match: readonly Match[], wanted: readonly string[]): Match[] {
  const known = new Set(wanted.map((kind) => kind.toLowerCase()))
  return match
    .map((each) => ({
      ...each,
      kinds: each.kinds.includes('*') ? wanted : each.kinds.filter((kind) => known.has(kind.toLowerCase())),
    }))
    .filter(({ kinds }) => kinds.length > 0)
}

/** What the rule gets. Without an aggregator it is one list for all rules about the same objects: the engine keeps indexes of it. */
function inputOf(
  candidates: readonly Candidate[],
  { objects }: Gathered,
  aggregator: PublishedRule['aggregator'],
): readonly Value[] {
  return aggregator === undefined ? objects : candidates.map(({ value }) => value)
}

function partsOf({ findings, related, messages, commands }: Failure): Omit<Outcome, 'subject'> {
  return {
    findings,
    ...(related.length === 0 ? {} : { related }),
    ...(messages.size === 0 ? {} : { messages: [...messages] }),
    ...(commands.size === 0 ? {} : { commands: [...commands] }),
  }
}

const masksByGathered = new WeakMap<Gathered, Masks>()

function masksIn(gathered: Gathered): Masks {
  let masks = masksByGathered.get(gathered)
  if (masks === undefined) masksByGathered.set(gathered, (masks = masksOf(gathered.objects)))
  return masks
}

/** Related objects that are in the scan; of vectors the binding and the role. */
function relatedOf({ related }: Response, gathered: Gathered): Related[] {
  if (related.length === 0) return []
  const finder = finderOf(gathered)
  return related.flatMap(({ object, findings }) =>
    finder.find(object).flatMap((place): Related[] => {
      const row = gathered.rows[place]
      return row === undefined ? [] : [{ ref: row.ref, findings }]
    }),
  )
}

const finders = new WeakMap<Gathered, CandidateFinder>()

function finderOf(gathered: Gathered): CandidateFinder {
  let finder = finders.get(gathered)
  if (finder === undefined) finders.set(gathered, (finder = new CandidateFinder(candidatesOf(gathered, undefined))))
  return finder
}
