/** Exceptions: what was accepted, why, by whom and until when, and those that accept nothing. */
import type { ExceptionUse } from '@kubescape/results'

import { count, escape, grouped } from './markup.ts'
import { linkToControl, linkToResource, type Page } from './page.ts'

const MOST_MATCHES = 200

/** The section; nothing when the scan knew no exception. */
export function* renderExceptions(page: Page): Generator<string> {
  const uses = page.report.exceptions()
  if (uses.length === 0) return
  const used = uses.filter(({ matches }) => matches.length > 0)
  const unused = uses.filter(({ matches }) => matches.length === 0)
  yield `<section id="exceptions" class="wide part"><div class="aside"><h2>Exceptions</h2><p>Decisions to accept failures. What they cover is excluded: it counts as compliant in the score, and stays visible here.</p></div><div class="body">\n`
  yield* renderTable(page, used, 'Exceptions that accept failures')
  if (unused.length > 0) {
    yield `<details class="more"${used.length === 0 ? ' open' : ''}><summary>${count(unused.length, 'exception')} without effect</summary>`
    yield* renderTable(page, unused, 'Exceptions without effect')
    yield '</details>'
  }
  yield '</div></section>\n'
}

function* renderTable(page: Page, uses: readonly ExceptionUse[], caption: string): Generator<string> {
  if (uses.length === 0) return
  yield `<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr><th scope="col">Name</th><th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Ends</th><th scope="col">Accepts</th></tr></thead><tbody>\n`
  for (const use of uses) {
    const { exception } = use
    const { name, reason, owner, expires, source } = exception
    const missing = '<span class="none">none given</span>'
    yield `<tr id="x${page.exceptions.get(exception) ?? 0}"><th scope="row"><bdi>${escape(name === '' ? '(no name)' : name)}</bdi><small>${escape(source)}</small>${flags(use)}</th><td>${reason === '' ? missing : escape(reason)}</td><td>${owner === '' ? missing : escape(owner)}</td><td>${expires === '' ? 'never' : escape(expires.slice(0, 10))}</td><td>${matchesOf(page, use)}</td></tr>\n`
  }
  yield '</tbody></table></div>\n'
}

function flags({ isExpired, isBroad, unknownControls, matches }: ExceptionUse): string {
  const words = [
    ...(isExpired ? ['Expired'] : matches.length === 0 ? ['Unused'] : []),
    ...(isBroad ? ['Covers everything'] : []),
    ...(unknownControls.length > 0 ? [`Unknown: ${unknownControls.map(escape).join(', ')}`] : []),
  ]
  return words.map((word) => `<b class="tag flag">${word}</b>`).join('')
}

function matchesOf(page: Page, { matches }: ExceptionUse): string {
  if (matches.length === 0) return 'nothing'
  const shown = new Set(
    matches
      .slice(0, MOST_MATCHES)
      .map(({ control, ref }) => `<li>${linkToControl(page, control)} of ${linkToResource(page, ref)}</li>`),
  )
  const more = matches.length > MOST_MATCHES ? `<li>${grouped(matches.length - MOST_MATCHES)} more</li>` : ''
  return `<details><summary>${count(matches.length, 'failed check')}</summary><ul class="concerned">${[...shown].join('')}${more}</ul></details>`
}
