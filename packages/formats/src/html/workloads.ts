/** The riskiest workloads: what their risk is made of, and the attack paths that are open. */
import type { AttackPath, WorkloadRisk } from '@kubescape/results'

import { bar } from './charts.ts'
import { count, escape, grouped, listed } from './markup.ts'
import { linkToControl, linkToResource, type Page } from './page.ts'

const OPEN = 5
const MOST = 50
const WORST_SHOWN = 5

/** The section; nothing when there is nothing to compare. */
export function* renderWorkloads(page: Page): Generator<string> {
  const risks = page.report.priorities()
  if (risks.length < 2) return
  const most = risks[0]?.risk ?? 0
  const rest =
    risks.length > MOST ? ` The ${grouped(risks.length - MOST)} workloads with the least risk are not listed.` : ''
  yield `<section id="workloads" class="wide part"><div class="aside"><h2>Repair first</h2><p>Workloads by risk: findings, times who can reach them, times replicas.${rest}</p></div><div class="body">\n<ol class="risks">`
  for (const risk of risks.slice(0, OPEN)) yield* renderRisk(page, risk, most)
  yield '</ol>\n'
  if (risks.length > OPEN) {
    yield `<details class="more"><summary>${count(Math.min(MOST, risks.length) - OPEN, 'more workload')}</summary><ol class="risks" start="${OPEN + 1}">`
    for (const risk of risks.slice(OPEN, MOST)) yield* renderRisk(page, risk, most)
    yield '</ol></details>\n'
  }
  yield '</div></section>\n'
}

function* renderRisk(
  page: Page,
  { ref, risk, findings, exposure, replicas, attackPaths }: WorkloadRisk,
  most: number,
): Generator<string> {
  const by = exposure.by.flatMap(({ refs, control }) =>
    refs.length === 0 ? [linkToControl(page, { control })] : refs.map((each) => linkToResource(page, each)),
  )
  const reach = {
    internet: 'open to the internet',
    node: 'open at its node',
    cluster: 'not known to be open to the outside',
  }[exposure.reach]
  const through = by.length === 0 ? '' : ` through ${listed([...new Set(by)].slice(0, 3))}`
  yield `<li><h3>${linkToResource(page, ref)}</h3><p class="risk">${bar([{ amount: risk, look: 'risk' }], most)}<strong>${grouped(risk)}</strong> risk</p>`
  yield `<dl class="factors"><div><dt>${grouped(findings.score)}</dt><dd>${count(findings.controls.length, 'finding')}</dd></div><div><dt>× ${exposure.factor}</dt><dd>${reach}${through}</dd></div><div><dt>× ${Number(replicas.factor.toFixed(1))}</dt><dd>${count(replicas.count, 'replica')}</dd></div></dl>`
  const worst = findings.controls.slice(0, WORST_SHOWN).map((each) => linkToControl(page, each))
  if (worst.length > 0) yield `<p class="worst"><span>Worst:</span> ${worst.join(' · ')}</p>`
  for (const [track, paths] of Map.groupBy(attackPaths, (path) => path.track)) yield attackTrack(page, track, paths)
  yield '</li>\n'
}

/** The steps of a track, each with every control that opens it. */
function attackTrack(page: Page, track: string, paths: readonly AttackPath[]): string {
  const steps = new Map<string, Map<string, string>>()
  for (const { name, control } of paths.flatMap((path) => path.steps)) {
    const opened = steps.get(name) ?? new Map<string, string>()
    steps.set(name, opened.set(control.id, shortLink(page, control)))
  }
  const items = [...steps].map(
    ([name, opened]) => `<li><span>${escape(name)}</span> <small>${[...opened.values()].join(', ')}</small></li>`,
  )
  return `<div class="track"><p>Attack path: ${escape(track)}</p><ol>${items.join('')}</ol></div>`
}

function shortLink({ numbers }: Page, { id, name }: AttackPath['steps'][number]['control']): string {
  const number = numbers.get(id)
  return number === undefined ? escape(id) : `<a href="#c${number}" title="${escape(name)}">${escape(id)}</a>`
}
