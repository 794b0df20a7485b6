/** What exceptions accept, resource by resource: with whose word, why, and until when. */
import { SEVERITIES, type Exception, type Verdict } from '@kubescape/results'

import { visible } from '../visible.ts'
import type { Page } from './page.ts'
import { subjectName } from './subject-name.ts'
import { pad, paragraph } from './wrap.ts'

/** The block; nothing when exceptions accept nothing. */
export function* renderExcluded(page: Page): Generator<string> {
  const { report, paints, textWidth } = page
  if (report.exceptions().length === 0) return
  let isFirst = true
  for (const ref of report.subjects.keys()) {
    const verdicts = [...report.bySubject(ref)].filter(isAccepted)
    if (verdicts.length === 0) continue
    if (isFirst) yield paints.bold('Excluded by exceptions')
    isFirst = false
    const origin = report.subjects[report.subjects[ref]?.related?.[0] ?? ref]?.origin
    const place = origin === undefined ? '' : `  ${visible(origin.file)}:${origin.line}`
    yield* paragraph('  ', `${subjectName(report, ref)}${place}`, textWidth)
    for (const verdict of verdicts.toSorted((a, b) => rank(a) - rank(b))) {
      const { control, severity } = verdict.control
      const part = verdict.status === 'excluded' ? '' : ' (in part)'
      yield* paragraph(`    ${pad(severity, 8)}  `, visible(`${control.id} ${control.name}${part}`), textWidth)
      for (const exception of new Set(verdict.rules.flatMap((rule) => rule.exceptions))) {
        yield* paragraph('      by ', visible(describe(exception)), textWidth).map(paints.dim)
      }
    }
  }
  if (!isFirst) yield ''
}

/** Name, end, owner and reason, as far as they are known. */
function describe({ name, reason, owner, expires }: Exception): string {
  return [name, expires && `until ${expires}`, owner && `owner ${owner}`, reason].filter(Boolean).join('; ')
}

function isAccepted({ status, rules }: Verdict): boolean {
  return status !== 'passed' && rules.some(({ exceptions }) => exceptions.length > 0)
}

function rank({ control }: Verdict): number {
  return SEVERITIES.indexOf(control.severity)
}
