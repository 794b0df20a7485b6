/** A rule in the published form, and what its programs answer. */
import { CheckFailure, type OwnInput } from '@kubescape/controls'
import type { Match } from '@kubescape/resources'
import type { Value } from '@kubescape/rego'

import { wantedValues } from '../discretion.ts'
import { describeObject, type Aggregator, type CandidateFinder } from './candidates.ts'
import { readResponses, type Response } from './response.ts'
import type { ProgramSource, RuleData, RuleProgram } from './rule-program.ts'

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

/**
 * What a program answers to a list of objects.
 * @throws {CheckFailure} when it cannot answer, or answers with what makes no sense
 */
export function responsesOf(program: RuleProgram, input: readonly Value[], data: RuleData): readonly Response[] {
  const responses = readResponses(program.ask(input, data))
  if (typeof responses === 'string') throw program.wrongAnswer(responses)
  return responses
}

/** What a program says of a list of objects, the commands that it gives and the values that it wants; nothing without an answer. */
export function saidAgain(program: RuleProgram, input: readonly Value[], data: RuleData): readonly string[] {
  const responses = readResponses(program.askAgain(input, data))
  return typeof responses === 'string'
    ? []
    : responses.flatMap(({ text, command, findings }) => [text, command, ...wantedValues(findings)])
}

/**
 * Places of the candidates that a response is about: all of them where it names none.
 * @throws {CheckFailure} when it names what was not given, since nobody can tell what else it is about
 */
export function placesOf(
  { program: { name, file } }: PublishedRule,
  { objects }: Response,
  finder: CandidateFinder,
): readonly number[] {
  if (objects.length === 0) return finder.all
  return objects.flatMap((object) => {
    const places = finder.find(object)
    if (places.length > 0) return places
    throw new CheckFailure(
      'policy/unknown-object',
      `${name} answers with ${describeObject(object)}, which is not among the objects that it was given`,
      'Let it answer with objects of its input.',
      { file },
    )
  })
}
