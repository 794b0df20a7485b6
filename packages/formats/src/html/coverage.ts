/** Coverage: what was not read and not evaluated, and why. */
import { typePath, type Coverage, type ScanProblem, type Unjudged } from '@kubescape/results'

import { displayScore } from '../score.ts'
import { count, escape, grouped, listed } from './markup.ts'
import { linkToControl, type Page } from './page.ts'

const MOST_PROBLEMS = 500

/** The section. */
export function* renderCoverage(page: Page): Generator<string> {
  const { coverage } = page.report
  const { evaluatedControls, totalControls, coverageScore } = coverage
  yield `<section id="coverage" class="wide part"><div class="aside"><h2>Coverage</h2><p>What was not read or not evaluated is never counted as passed.</p></div><div class="body">\n`
  yield `<p class="sum">${grouped(evaluatedControls)} of ${count(totalControls, 'control')} evaluated; coverage ${displayScore(coverageScore)}%. ${documentsText(coverage)}</p>\n`
  const { notEvaluated, notApplicable, unknownWorkloads, vacuousFrameworks } = coverage
  yield* renderUnjudged(page, 'Not evaluated', notEvaluated)
  yield* renderTypes(coverage)
  yield* renderNodes(coverage)
  yield* renderProblems(coverage.problems)
  if (unknownWorkloads.length > 0) {
    const kinds = unknownWorkloads.map((each) => `${escape(each.kind)} (${grouped(each.count)})`)
    yield `<h3>Kinds that no control knows</h3><p>They have a pod template, and were not judged: ${listed(kinds)}.</p>\n`
  }
  if (vacuousFrameworks.length > 0) {
    yield `<h3>Scores that say nothing</h3><p>Nothing of the input concerns ${listed(vacuousFrameworks.map(escape))}.</p>\n`
  }
  yield* renderUnjudged(page, 'Not applicable to this kind of input', notApplicable)
  yield '</div></section>\n'
}

function documentsText({ documents }: Coverage): string {
  const { files, unreadableFiles, read, unread, notNeeded, ignored } = documents
  const parts = [
    `${count(read, 'object')} read`,
    ...(files > 0 ? [`${count(files, 'file')} opened`] : []),
    ...(unread > 0 ? [`<strong>${count(unread, 'document')} could not be read</strong>`] : []),
    ...(unreadableFiles > 0 ? [`<strong>${count(unreadableFiles, 'file')} could not be read</strong>`] : []),
    ...(notNeeded > 0 ? [`${grouped(notNeeded)} not needed by these controls`] : []),
    ...(ignored > 0 ? [`${grouped(ignored)} without a Kubernetes object`] : []),
  ]
  return `${parts.join(', ')}.`
}

function* renderUnjudged(page: Page, heading: string, unjudged: readonly Unjudged[]): Generator<string> {
  if (unjudged.length === 0) return
  yield `<details class="more"><summary>${heading}: ${count(unjudged.length, 'control')}</summary><div class="scroll" tabindex="0" role="region" aria-label="${heading}"><table><caption>${heading}</caption><thead><tr><th scope="col">Why</th><th scope="col">Controls</th></tr></thead><tbody>\n`
  const reasons = [...Map.groupBy(unjudged, ({ reason }) => reason)].toSorted(([, a], [, b]) => b.length - a.length)
  for (const [reason, some] of reasons) {
    const links = some.map(({ controlID, name }) => linkToControl(page, { control: { id: controlID, name } }))
    yield `<tr><th scope="row">${escape(reason)}</th><td><ul class="plain">${links.map((link) => `<li>${link}</li>`).join('')}</ul></td></tr>\n`
  }
  yield '</tbody></table></div></details>\n'
}

function* renderTypes({ unreadTypes }: Coverage): Generator<string> {
  if (unreadTypes.length === 0) return
  yield '<h3>Types that could not be read</h3><div class="scroll" tabindex="0" role="region" aria-label="Types that could not be read"><table><thead><tr><th scope="col">Type</th><th scope="col">Why</th><th scope="col">Read nevertheless</th></tr></thead><tbody>\n'
  for (const type of unreadTypes) {
    yield `<tr><th scope="row"><code>${escape(typePath(type))}</code></th><td>${escape(type.error)}</td><td>${escape(type.partOf ?? 'nothing')}</td></tr>\n`
  }
  yield '</tbody></table></div>\n'
}

function* renderNodes({ nodes }: Coverage): Generator<string> {
  if (nodes.length === 0) return
  yield '<h3>Nodes</h3><div class="scroll" tabindex="0" role="region" aria-label="Nodes"><table><thead><tr><th scope="col">Node</th><th scope="col" class="num">Facts</th><th scope="col">Not read</th></tr></thead><tbody>\n'
  for (const { name, facts, unread, reason } of nodes) {
    const gaps = [
      ...(reason === undefined ? [] : [escape(reason)]),
      ...unread.map(({ path, why }) => `<code>${escape(path)}</code>: ${escape(why)}`),
    ]
    yield `<tr><th scope="row">${escape(name)}</th><td class="num">${facts}</td><td>${gaps.join('<br>')}</td></tr>\n`
  }
  yield '</tbody></table></div>\n'
}

function* renderProblems(problems: readonly ScanProblem[]): Generator<string> {
  if (problems.length === 0) return
  yield `<h3>Problems</h3><ul class="problems">\n`
  for (const { file, line, column, message, hint, code } of problems.slice(0, MOST_PROBLEMS)) {
    const place = [file, line, column].filter((each) => each !== undefined).join(':')
    yield `<li>${place === '' ? '' : `<bdi class="where">${escape(place)}</bdi> `}${escape(message)}${hint === undefined ? '' : ` <span class="hint">${escape(hint)}</span>`} <small>${escape(code)}</small></li>\n`
  }
  if (problems.length > MOST_PROBLEMS) yield `<li>${grouped(problems.length - MOST_PROBLEMS)} more</li>\n`
  yield '</ul>\n'
}
