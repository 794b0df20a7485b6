/** The terminal: tables, findings with their source, coverage and the overall score, for people. */
import type { Report } from '@kubescape/results'

import { defineFormat, type RenderContext } from '../format.ts'
import { displayScore } from '../score.ts'
import { renderControlView } from './control-view.ts'
import { renderCoverage } from './coverage-block.ts'
import { makePage, type Page } from './page.ts'
import { renderResources, renderResourceView } from './resource-view.ts'
import { renderSecurityView } from './security-view.ts'

export default defineFormat({
  name: 'pretty-printer',
  description: 'tables and findings for people, in a terminal or a text file',
  extension: '.txt',
  forPeople: true,
  render,
})

function* render(report: Report, context: RenderContext): Generator<string> {
  for (const line of lines(makePage(report, context))) yield `${line}\n`
}

function* lines(page: Page): Generator<string> {
  const { report, context } = page
  if (context.view === 'resource') {
    yield* renderResourceView(page)
  } else {
    yield* context.view === 'control' ? renderControlView(page) : renderSecurityView(page)
    if (context.verbose) {
      yield ''
      yield* renderResources(page)
    }
  }
  yield ''
  let covers = false
  for (const line of renderCoverage(page)) {
    covers = true
    yield line
  }
  if (covers) yield ''
  yield `Overall compliance score: ${displayScore(report.complianceScore)}%`
}
