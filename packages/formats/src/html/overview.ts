/** Scores and charts: how much complies, by framework, what failed by severity and by category, and what was evaluated. */
import { SEVERITIES, type ControlResult, type Severity, type SeverityCounters } from '@kubescape/results'

import { displayScore, preciseScore } from '../score.ts'
import { bar, ring, tellingBar, type Part } from './charts.ts'
import { count, escape, grouped } from './markup.ts'
import type { Page } from './page.ts'

/** The section. */
export function* renderOverview(page: Page): Generator<string> {
  yield '<section id="overview" class="wide part"><div class="aside"><h2>Overview</h2><p>Compliance is the share of resources that pass, averaged over controls. What was not read or evaluated counts in coverage, never as passed.</p></div><div class="body">\n'
  yield* renderScores(page)
  yield* renderSeverities(page)
  yield* renderCategories(page)
  yield '</div></section>\n'
}

function* renderScores({ report }: Page): Generator<string> {
  const { complianceScore, complianceWithoutExceptions: own, coverage } = report
  const excluded = report.controls.reduce((sum, { counters }) => sum + counters.excluded, 0)
  const rests =
    excluded === 0 && own === complianceScore
      ? `All of the ${displayScore(complianceScore)}% stands by itself: nothing rests on exceptions.`
      : `The score is ${preciseScore(complianceScore)}% because ${count(excluded, 'accepted failure')} ${excluded === 1 ? 'counts' : 'count'} as compliant. <a href="#exceptions">Which</a>`
  const { evaluatedControls, totalControls } = coverage
  const gaps = coverage.degraded ? ' <a href="#coverage">What is missing</a>' : ''
  yield '<div class="gauges">'
  yield gauge(
    'Coverage',
    coverage.coverageScore,
    `${grouped(evaluatedControls)} of ${count(totalControls, 'control')} evaluated.${gaps}`,
  )
  yield gauge('Compliance without exceptions', own, rests)
  yield '</div>\n'
  if (report.frameworks.length === 0) return
  const anyRests = report.frameworks.some((each) => each.complianceScore !== each.complianceWithoutExceptions)
  yield `<div class="scroll" tabindex="0" role="region" aria-label="Compliance by framework"><table class="scores"><caption>Compliance by framework</caption><thead><tr><th scope="col">Framework</th><td></td><th scope="col" class="num">Compliance</th>${anyRests ? '<th scope="col" class="num">Without exceptions</th>' : ''}<th scope="col" class="num">Controls failed</th></tr></thead><tbody>`
  for (const [at, framework] of report.frameworks.entries()) {
    const { name, complianceScore: score, complianceWithoutExceptions: without, controls } = framework
    const failed = controls.filter(({ status }) => status === 'failed').length
    const parts = [
      { amount: Math.min(score, without), look: 'solid' },
      { amount: Math.max(0, score - without), look: 'rests' },
    ]
    yield `<tr><th scope="row" data-framework="${at}">${escape(name)}</th><td class="chart">${bar(parts, 100)}</td><td class="num">${preciseScore(score)}%</td>${anyRests ? `<td class="num">${preciseScore(without)}%</td>` : ''}<td class="num">${failed} of ${controls.length}</td></tr>`
  }
  yield '</tbody></table></div>\n'
}

function gauge(name: string, score: number, text: string): string {
  return `<figure class="gauge">${ring(score, score, `${name} ${displayScore(score)}%`)}<figcaption><strong>${name}</strong> ${text}</figcaption></figure>`
}

function* renderSeverities({ report }: Page): Generator<string> {
  const entries = SEVERITIES.map((severity) => {
    const key = severity.toLowerCase() as keyof SeverityCounters
    return { severity, key, failures: report.resourcesBySeverity[key], controls: report.controlsBySeverity[key] }
  }).filter(({ severity, failures }) => severity !== 'Unknown' || failures > 0)
  const parts = entries.map(({ severity, key, failures }) => ({ name: severity, amount: failures, look: key }))
  yield `<figure class="chart"><figcaption>Failures by severity</figcaption>${tellingBar(parts)}<ul class="legend">`
  for (const { severity, key, failures, controls } of entries) {
    yield `<li><span class="dot ${key}"></span><strong>${grouped(failures)}</strong> ${severity} <small>in ${count(controls, 'control')}</small></li>`
  }
  yield '</ul></figure>\n'
}

function* renderCategories({ report }: Page): Generator<string> {
  const groups = Map.groupBy(
    report.controls.filter(({ counters }) => counters.failed > 0),
    ({ control }) => control.category ?? 'Other',
  )
  if (groups.size === 0) return
  const rows = [...groups]
    .map(([name, results]) => ({ name, bySeverity: SEVERITIES.map((severity) => failuresOf(results, severity)) }))
    .map((row) => ({ ...row, all: row.bySeverity.reduce((sum, amount) => sum + amount, 0) }))
    .toSorted((a, b) => b.all - a.all)
  const most = Math.max(...rows.map(({ all }) => all))
  const shown = SEVERITIES.filter((_, at) => rows.some(({ bySeverity }) => (bySeverity[at] ?? 0) > 0))
  const heads = shown.map((severity) => `<th scope="col" class="num">${severity}</th>`).join('')
  yield `<div class="scroll" tabindex="0" role="region" aria-label="Failures by category"><table class="scores"><caption>Failures by category</caption><thead><tr><th scope="col">Category</th><td></td>${heads}<th scope="col" class="num">All</th></tr></thead><tbody>`
  for (const { name, bySeverity, all } of rows) {
    const parts: Part[] = SEVERITIES.map((severity, at) => ({
      amount: bySeverity[at] ?? 0,
      look: severity.toLowerCase(),
    }))
    const cells = shown.map(
      (severity) => `<td class="num">${grouped(bySeverity[SEVERITIES.indexOf(severity)] ?? 0)}</td>`,
    )
    yield `<tr><th scope="row">${escape(name)}</th><td class="chart">${bar(parts, most)}</td>${cells.join('')}<td class="num">${grouped(all)}</td></tr>`
  }
  yield '</tbody></table></div>\n'
}

function failuresOf(results: readonly ControlResult[], severity: Severity): number {
  return results.filter((each) => each.severity === severity).reduce((sum, { counters }) => sum + counters.failed, 0)
}
