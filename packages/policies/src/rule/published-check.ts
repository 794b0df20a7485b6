/** Rules in the published form as checks: `input` is the list of all matching objects, and responses name those that fail. */
import {
  CheckFailure,
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

import { checkInputs } from '../metadata.ts'
import type { PolicyOptions } from '../policy-options.ts'
import { BrokenCheck } from './broken-check.ts'
import { CandidateFinder, candidatesOf, describeObject, type Aggregator, type Candidate } from './candidates.ts'
import { readResponses, type Response } from './response.ts'
import { InputDocuments, RuleProgram, type ProgramSource, type RuleData } from './rule-program.ts'
import type { Gathered, Gatherings } from './whole-objects.ts'

/** A rule of a published bundle, or of a user in the same form. */
export interface PublishedRule {
  readonly name: string
  readonly program: ProgramSource
  /** Names the objects that are tested, as if they failed; all of them where there is none. */
  readonly filter?: ProgramSource
  readonly match: readonly Match[]
  /** Objects that are there only where somebody collected them: facts of nodes, of clouds, of images. */
  readonly collected: readonly Match[]
  readonly inputs: readonly OwnInput[]
  /** Values of inputs that nobody can change. */
  readonly fixed?: Readonly<Record<string, readonly string[]>>
  readonly aggregator?: Aggregator
  /** The platforms that it is for, such as `eks`, in lower case; empty for any. */
  readonly providers: readonly string[]
}

/** Compiles a rule and makes its check, which throws `CheckFailure` where the rule cannot judge. */
export function publishedCheck(rule: PublishedRule, gatherings: Gatherings, options: PolicyOptions): Check {
  const program = new RuleProgram(rule.program, options)
  const filter = rule.filter === undefined ? undefined : new RuleProgram(rule.filter, options)
  const failure = program.failure ?? filter?.failure
  if (failure !== undefined) return new BrokenCheck(rule.name, [...rule.match, ...rule.collected], failure)
  return new PublishedCheck(rule, program, filter, gatherings)
}

/** What fails, by its place among the candidates. */
type Failures = ReadonlyMap<number, { readonly findings: Finding[]; readonly related: Related[] }>

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
    const { projection, gather } = gatherings.of(this.match)
    this.needs = [projection]
    this.#gather = gather
    this.tests =
      filter === undefined && aggregator === undefined && providers.length === 0 && collected.length === 0
        ? 'matched'
        : 'reported'
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
    const { cloudProvider = '' } = inputs
    if (providers.length > 0 && cloudProvider !== '' && !providers.includes(cloudProvider.toLowerCase())) return
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
    // One list for all rules about the same objects: the engine keeps indexes of it.
    const input = this.#rule.aggregator === undefined ? gathered.objects : candidates.map(({ value }) => value)
    const finder = new CandidateFinder(candidates)
    const tested = this.#filter === undefined ? undefined : this.#named(this.#filter, input, data, finder)
    const failures = this.#failures(input, data, finder, gathered)
    const outcomes: Outcome[] = []
    for (const [place, { subject }] of candidates.entries()) {
      const failure = failures.get(place)
      if (failure !== undefined) outcomes.push({ subject, ...withRelated(failure) })
      else if (this.tests === 'reported' && tested?.has(place) !== false) outcomes.push({ subject })
    }
    return outcomes
  }

  /** Places of everything that the responses of a program name. */
  #named(program: RuleProgram, input: readonly Value[], data: RuleData, finder: CandidateFinder): Set<number> {
    const responses = this.#responsesOf(program, input, data)
    return new Set(responses.flatMap((response) => this.#placesOf(response, finder)))
  }

  #failures(input: readonly Value[], data: RuleData, finder: CandidateFinder, gathered: Gathered): Failures {
    const failures = new Map<number, { findings: Finding[]; related: Related[] }>()
    for (const response of this.#responsesOf(this.#program, input, data)) {
      const related = relatedOf(response, gathered)
      for (const place of this.#placesOf(response, finder)) {
        let failure = failures.get(place)
        if (failure === undefined) failures.set(place, (failure = { findings: [], related: [] }))
        failure.findings.push(...response.findings)
        failure.related.push(...related)
      }
    }
    return failures
  }

  #responsesOf(program: RuleProgram, input: readonly Value[], data: RuleData): readonly Response[] {
    const responses = readResponses(program.ask(input, data))
    if (typeof responses === 'string') throw program.wrongAnswer(responses)
    return responses
  }

  /** What a response names must be among what was given: nobody can tell what else it is about. One that names nothing is about everything. */
  #placesOf({ objects }: Response, finder: CandidateFinder): readonly number[] {
    if (objects.length === 0) return finder.all
    return objects.flatMap((object) => {
      const places = finder.find(object)
      if (places.length === 0) throw unknownObject(this.#rule, object)
      return places
    })
  }
}

function unknownObject({ program: { name, file } }: PublishedRule, object: Value): CheckFailure {
  return new CheckFailure(
    'policy/unknown-object',
    `${name} answers with ${describeObject(object)}, which is not among the objects that it was given`,
    'Let it answer with objects of its input.',
    { file },
  )
}

function withRelated(failure: {
  readonly findings: readonly Finding[]
  readonly related: readonly Related[]
}): Pick<Outcome, 'findings' | 'related'> {
  return failure.related.length === 0 ? { findings: failure.findings } : failure
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
