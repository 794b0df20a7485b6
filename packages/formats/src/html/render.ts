/** The page from top to bottom, piece by piece. Read without its script it shows everything; the script adds filters. */
import type { Report } from '@kubescape/results'

import type { RenderContext } from '../format.ts'
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './assets.ts'
import { renderControls } from './controls.ts'
import { renderCoverage } from './coverage.ts'
import { renderExceptions } from './exceptions.ts'
import { renderHeader, titleOf } from './header.ts'
import { renderOverview } from './overview.ts'
import { escape } from './markup.ts'
import { makePage } from './page.ts'
import { renderResources } from './resources.ts'
import { renderToolbar } from './toolbar.ts'
import { renderWorkloads } from './workloads.ts'

/** Nothing is loaded, nothing is sent, and only this style and this script apply, whatever a manifest tries to bring in. */
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`

/** Renders the report. */
export function* render(report: Report, context: RenderContext): Generator<string> {
  const page = makePage(report, context)
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
  yield `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n`
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
  yield `<meta name="referrer" content="no-referrer">\n<title>${titleOf(report)}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n`
  yield* renderHeader(page)
  yield '<main id="main">\n'
  yield* renderOverview(page)
  yield* renderWorkloads(page)
  yield* renderToolbar(page)
  yield* renderControls(page)
  yield* renderResources(page)
  yield* renderExceptions(page)
  yield* renderCoverage(page)
  yield '</main>\n'
  yield `<footer><p>kubescape ${escape(report.metadata.version)}. This file is complete in itself: it loads nothing and sends nothing.</p></footer>\n`
  yield `<script>${SCRIPT}</script>\n</body>\n</html>\n`
}
