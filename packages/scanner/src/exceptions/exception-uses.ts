/** What became of the exceptions of a scan. */
import type { ControlDeclaration, Framework } from '@kubescape/controls'
import type { ControlResult, ExceptionMatch, ExceptionUse } from '@kubescape/results'

import { rulesOf } from '../judgement.ts'
import { RANK_OF } from '../ranks.ts'
import type { Tally } from '../tally.ts'
import type { ExceptionBook } from './exception-book.ts'
import type { ExceptionRule } from './rule.ts'

/** Every exception with what it accepted, in the order in which they were given. */
export function exceptionUses(
  book: ExceptionBook,
  tallies: readonly Tally[],
  frameworksOf: (control: ControlDeclaration) => readonly Framework[],
): ExceptionUse[] {
  // Those of a cluster are read without knowing what policies bring.
  const ids = new Set(book.known.controls.map(({ id }) => id.toLowerCase()))
  const manual = new Map(book.rules.map((rule): [unknown, ControlResult[]] => [rule.exception, []]))
  const matches = new Map(book.rules.map((rule): [unknown, ExceptionMatch[]] => [rule.exception, []]))
  for (const { result, judged, ranks } of tallies) {
    if (judged.control.checks.length === 0) {
      for (const each of book.acceptManual(judged.control, frameworksOf(judged.control))) manual.get(each)?.push(result)
    }
    if (judged.acceptance === undefined) continue
    for (const [ref, rank] of ranks.entries()) {
      if (rank !== RANK_OF.excluded && rank !== RANK_OF.failed) continue
      for (const { check, exceptions } of rulesOf(judged, ref)) {
        for (const each of exceptions) matches.get(each)?.push({ control: result, ref, rule: check.name })
      }
    }
  }
  return book.rules.map((rule) => ({
    exception: rule.exception,
    isExpired: book.isExpired(rule),
    isBroad: isBroad(rule),
    controls: rule.controls,
    unknownControls: rule.unknownControls.filter((name) => !ids.has(name.toLowerCase())),
    matches: matches.get(rule.exception) ?? [],
    manual: manual.get(rule.exception) ?? [],
  }))
}

/** Some scope of the exception is bound to no kind, name, label or place. */
export function isBroad({ resources }: ExceptionRule): boolean {
  return resources.some(
    (scope) =>
      [scope.kind, scope.name, scope.id, scope.file, scope.container].every((test) => test === undefined) &&
      (scope.labels ?? []).length === 0 &&
      scope.objectSelector === undefined,
  )
}
