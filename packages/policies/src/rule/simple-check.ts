/** Rules of users about one object at a time as checks. */
import type { Check, ControlInputs, Judgement, OwnInput } from '@kubescape/controls'
import type { Match, Resource } from '@kubescape/resources'

import { messagesAbout } from '../messages.ts'
import { checkInputs } from '../metadata.ts'
import type { PolicyOptions } from '../policy-options.ts'
import { BrokenCheck } from './broken-check.ts'
import { InputDocuments, RuleProgram, type ProgramSource } from './rule-program.ts'
import { readDeny } from './simple-result.ts'

/** A rule whose `deny` tells what is wrong with the object that is its input. */
export interface SimpleRule {
  readonly name: string
  /** Its rule is `deny`. */
  readonly program: ProgramSource
  readonly match: readonly Match[]
  readonly inputs: readonly OwnInput[]
}

/** Compiles a rule and makes its check, which throws `CheckFailure` where the rule cannot judge. */
export function simpleCheck({ name, program: source, match, inputs }: SimpleRule, options: PolicyOptions): Check {
  const program = new RuleProgram(source, options)
  const { failure } = program
  if (failure !== undefined) return new BrokenCheck(name, match, failure)
  const documents = new InputDocuments(inputs)
  return {
    shape: 'local',
    name,
    match,
    ...checkInputs(inputs),
    judge({ object }: Resource, values: ControlInputs): Judgement {
      const answer = readDeny(program.ask(object, documents.of(values))[0]?.[1])
      if (typeof answer === 'string') throw program.wrongAnswer(answer)
      if (answer === undefined) return undefined
      return { findings: answer.findings, messages: messagesAbout([object], answer.texts) }
    },
  }
}
