/** The head of the page: what was scanned, when and by what, and the outcome in a sentence and a score. */
import type { Report } from '@kubescape/results'

import { displayScore, preciseScore } from '../score.ts'
import { ring } from './charts.ts'
import { count, escape, grouped, listed } from './markup.ts'
import type { Page } from './page.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const MOST_FRAMEWORKS = 6
const SEVERITY_KEYS = ['critical', 'high', 'medium', 'low', 'unknown'] as const

/** The title of the document, as markup. */
export function titleOf(report: Report): string {
  return `${displayScore(report.complianceScore)}% · ${inputName(report)} · Kubernetes security report`
}

/** The band at the top. */
export function* renderHeader({ report }: Page): Generator<string> {
  const { metadata, complianceScore, complianceWithoutExceptions } = report
  const own = preciseScore(complianceWithoutExceptions)
  const rests = complianceWithoutExceptions === complianceScore ? '' : `, ${own}% without exceptions`
  yield '<a class="skip" href="#main">Skip to the report</a>\n<header class="band"><div class="wide">\n'
  yield '<p class="kicker"><span>Kubernetes security report</span><button type="button" id="theme" hidden aria-pressed="false">Dark</button></p>\n'
  yield `<div class="lead"><div><h1><bdi>${inputName(report)}</bdi></h1>\n<p class="verdict">${outcome(report)}</p>\n`
  yield `<dl class="facts">${facts(report)}</dl></div>\n`
  yield `<figure class="score">${ring(complianceScore, complianceWithoutExceptions, `Overall compliance ${displayScore(complianceScore)}%${rests}`)}<figcaption>Overall compliance${rests === '' ? '' : `<br>${rests.slice(2)}`}</figcaption></figure></div>\n`
  yield `</div></header>\n<nav class="contents" aria-label="Contents"><ul class="wide">${contents(report)}</ul></nav>\n<!-- ${escape(metadata.reportGuid)} -->\n`
}

/** The input as people call it, as markup. */
function inputName({ metadata }: Report): string {
  const { input } = metadata
  if (input.kind === 'cluster') return escape(input.context === '' ? 'cluster' : input.context)
  return input.kind === 'stdin' ? 'Standard input' : escape(input.paths.join(', '))
}

function outcome(report: Report): string {
  const { passed, failed, skipped, excluded } = report.counters
  const judged = passed + failed + skipped + excluded
  if (judged === 0) return 'Nothing was judged: there is no resource that these controls look at.'
  const amounts = SEVERITY_KEYS.map((key) => [key, report.resourcesBySeverity[key]] as const)
  const failures = amounts.reduce((sum, [, amount]) => sum + amount, 0)
  if (failures === 0) {
    const accepted = excluded === 0 ? '' : `; what ${count(excluded, 'resource')} failed is accepted by exceptions`
    return `No failures in ${count(judged, 'resource')}${accepted}.`
  }
  const worst = amounts.filter(([, amount]) => amount > 0).slice(0, 2)
  const named = worst.map(([key, amount]) => `${grouped(amount)} of ${key} severity`)
  return `${grouped(failed)} of ${count(judged, 'resource')} ${failed === 1 ? 'fails' : 'fail'} with ${count(failures, 'failure')}: ${listed(named)}.`
}

function facts({ metadata, coverage, frameworks }: Report): string {
  const { input, targetType, targetNames, generationTime, version } = metadata
  const { files, read } = coverage.documents
  const names = targetType === 'framework' ? frameworks.map(({ name }) => name) : targetNames
  const shown = names.slice(0, MOST_FRAMEWORKS).map(escape)
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`)
  const noun = { framework: 'Framework', control: 'Control', workload: 'Workload' }[targetType]
  const entries: [string, string][] = [
    ['Scanned', `<time datetime="${escape(generationTime)}">${moment(generationTime)}</time>`],
    input.kind === 'cluster'
      ? [
          'Cluster',
          `${escape(input.version)}${input.provider === '' ? '' : `, ${escape(input.provider)}`}, ${count(read, 'object')}`,
        ]
      : ['Read', `${count(read, 'object')} in ${count(files, 'file')}`],
    [`${noun}${names.length === 1 ? '' : 's'}`, shown.join(', ')],
    ['By', `kubescape ${escape(version)}`],
  ]
  return entries.map(([term, text]) => `<div><dt>${term}</dt><dd>${text}</dd></div>`).join('')
}

/** `22 November 2026, 10:05 UTC`; what is no time stays as it is. */
function moment(text: string): string {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) return escape(text)
  const clock = time.toISOString().slice(11, 16)
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()] ?? ''} ${time.getUTCFullYear()}, ${clock} UTC`
}

function contents(report: Report): string {
  const parts: [string, string][] = [
    ['overview', 'Overview'],
    ...(report.priorities().length > 1 ? [['workloads', 'Repair first'] as [string, string]] : []),
    ['controls', 'Controls'],
    ['resources', 'Resources'],
    ...(report.exceptions().length > 0 ? [['exceptions', 'Exceptions'] as [string, string]] : []),
    ['coverage', 'Coverage'],
  ]
  return parts.map(([id, name]) => `<li><a href="#${id}">${name}</a></li>`).join('')
}
