/** What became of the exceptions of the scan: first those that somebody has to look at. */
import { exceptionStatus, type ExceptionUse } from '@kubescape/results'

import { count, type Page } from './page.ts'
import { paragraph } from './wrap.ts'
import { visible } from '../visible.ts'

/** Exceptions of one sort that are named without `--verbose`. */
const MOST_NAMED = 20
const BULLET = '  - '

/** The block; a line when there is no exception. */
export function* renderExceptionAudit(page: Page): Generator<string> {
  const { report, paints, textWidth } = page
  const uses = report.exceptions()
  if (uses.length === 0) {
    yield 'Exceptions: none'
    return
  }
  const by = Map.groupBy(uses, exceptionStatus)
  const amounts = (['matched', 'unused', 'expired', 'invalid'] as const).flatMap((status) => {
    const amount = by.get(status)?.length ?? 0
    return amount === 0 ? [] : [`${amount} ${status}`]
  })
  yield paints.bold(`Exceptions: ${uses.length} (${amounts.join(', ')})`)
  const sorts: readonly (readonly [string, readonly ExceptionUse[], (use: ExceptionUse) => string])[] = [
    ['expired', by.get('expired') ?? [], ({ exception }) => `ended ${exception.expires}`],
    [
      'unknown controls',
      uses.filter(({ unknownControls }) => unknownControls.length > 0),
      ({ unknownControls }) => `names ${unknownControls.join(', ')}`,
    ],
    ['unused', by.get('unused') ?? [], () => 'covers nothing that failed'],
    [
      'over-broad',
      uses.filter(({ isBroad }) => isBroad),
      ({ matches }) => `bound to no kind, name, label or place; accepted ${count(matches.length, 'failure')}`,
    ],
    [
      'matched',
      by.get('matched') ?? [],
      ({ exception, matches, manual }) =>
        [
          matches.length === 0 ? '' : `accepted ${count(matches.length, 'failure')}`,
          manual.length === 0
            ? ''
            : `accepted ${manual.map(({ control }) => control.id).join(', ')} as checked by hand`,
          exception.expires === '' ? '' : `until ${exception.expires}`,
          exception.owner === '' ? '' : `owner ${exception.owner}`,
          exception.reason,
        ]
          .filter(Boolean)
          .join('; '),
    ],
  ]
  for (const [sort, some, say] of sorts) {
    const most = page.context.verbose ? some.length : MOST_NAMED
    for (const use of some.slice(0, most)) {
      const { name, source } = use.exception
      yield* paragraph(BULLET, visible(`${sort}: ${name} (${source}) ${say(use)}`), textWidth)
    }
    if (some.length > most) yield `${BULLET}${sort}: ${some.length - most} more, see them with -v`
  }
}
