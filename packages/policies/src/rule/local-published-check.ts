/** Rules in the published form that look at one object at a time: judged while objects stream by, which none has to be kept for. */
import type { ControlInputs, Finding, Judgement, LocalCheck } from '@kubescape/controls'
import type { Resource } from '@kubescape/resources'

import { Discretion, redacted } from '../discretion.ts'
import { checkInputs } from '../metadata.ts'
import { CandidateFinder } from './candidates.ts'
import { isForOthers } from './platforms.ts'
import { placesOf, responsesOf, saidAgain, type PublishedRule } from './published-rule.ts'
import { InputDocuments, type RuleProgram } from './rule-program.ts'

/** Makes the check of a rule whose programs are proved to be local. */
export function localCheck(rule: PublishedRule, program: RuleProgram, filter: RuleProgram | undefined): LocalCheck {
  const { name, match, collected, inputs, fixed, providers } = rule
  const documents = new InputDocuments(inputs, fixed)
  const { kinds } = program.locality
  const lookedAt = kinds === undefined || filter !== undefined ? undefined : new Set(kinds)
  return {
    shape: 'local',
    name,
    match: [...match, ...collected],
    ...checkInputs(inputs),
    judge({ object, identity }: Resource, values: ControlInputs): Judgement {
      if (isForOthers(providers, values)) return 'not-tested'
      if (lookedAt?.has(identity.kind) === false) return undefined
      const input = [object]
      const data = documents.of(values)
      const isTested = filter === undefined || responsesOf(filter, input, data).length > 0
      const responses = responsesOf(program, input, data)
      if (responses.length === 0) return isTested ? undefined : 'not-tested'
      const finder = new CandidateFinder([{ value: object, subject: 0 }])
      const findings: Finding[] = []
      for (const response of responses) {
        placesOf(rule, response, finder)
        for (const finding of response.findings) findings.push(finding)
      }
      const discretion = Discretion.about(input, () => saidAgain(program, [redacted(object)], data))
      return {
        findings: discretion.findings(findings),
        messages: discretion.messages(responses.map(({ text }) => text)),
        commands: discretion.commands(responses.map(({ command }) => command)),
      }
    },
  }
}
