/** The terminal: tables, findings with their source, coverage and the overall score, for people. */
import type { Report } from '@kubescape/results'

import type { RenderContext } from '../format.ts'
import { displayScore } from '../score.ts'
import { renderAttackPaths } from './attack-paths.ts'
import { renderControlView } from './control-view.ts'
import { renderCoverage } from './coverage-block.ts'
import { renderExceptionAudit } from './exception-audit.ts'
import { renderExcluded } from './excluded-block.ts'
import { renderExplainedScores } from './explained-scores.ts'
import { makePage, type Page } from './page.ts'
import { renderResources, renderResourceView } from './resource-view.ts'
import { renderSecurityView } from './security-view.ts'

/** Renders the report. */
export function* render(report: Report, context: RenderContext): Generator<string> {
  let before = ''
  for (const line of lines(makePage(report, context))) {
    // Parts end in an empty line whether or not another part follows.
    if (line !== '' || before !== '') yield `${line}\n`
    before = line
  }
}

function* lines(page: Page): Generator<string> {
  const { report, context } = page
  if (context.view === 'resource') {
    yield* renderResourceView(page)
  } else {
    yield* context.view === 'control' ? renderControlView(page) : renderSecurityView(page)
    if (context.verbose || context.showEvidence === true) {
      yield ''
      yield* renderResources(page)
      yield* renderExcluded(page)
    }
  }
  if (context.showAttackPaths === true) yield* renderAttackPaths(page)
  if (context.auditExceptions === true) {
    yield ''
    yield* renderExceptionAudit(page)
  }
  yield ''
  yield* renderCoverage(page)
  yield ''
  if (context.explainScore === true) {
    yield* renderExplainedScores(report, page.textWidth, page.paints)
    yield ''
  }
  yield `Overall compliance score: ${displayScore(report.complianceScore)}%`
}
