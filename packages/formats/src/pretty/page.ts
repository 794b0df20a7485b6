/** What every part of the terminal format needs: what to show, how wide, in which colours. */
import type { Report } from '@kubescape/results'

import type { RenderContext } from '../format.ts'
import { makePaints, type Paints } from './paint.ts'
import { visible } from '../visible.ts'

/** One rendering. */
export interface Page {
  readonly report: Report
  readonly context: RenderContext
  /** Columns of the terminal. */
  readonly width: number
  /** Columns of running text: long lines are hard to read. */
  readonly textWidth: number
  readonly paints: Paints
}

/** Narrower terminals get lines that run over. */
const LEAST_WIDTH = 40
const MOST_TEXT_WIDTH = 110

/** Prepares a rendering. */
export function makePage(report: Report, context: RenderContext): Page {
  const width = Math.max(LEAST_WIDTH, context.width)
  return { report, context, width, textWidth: Math.min(width, MOST_TEXT_WIDTH), paints: makePaints(context.colour) }
}

/** A number with its noun: `1 file`, `2 files`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}

/** A command that can be copied; the path of the scan is quoted where a shell would take it apart. */
export function command({ report, context }: Page, before: string, after = ''): string {
  const { input } = report.metadata
  const targets =
    input.kind === 'cluster'
      ? ['--kube-context', quoted(input.context)]
      : input.kind === 'stdin'
        ? ['-']
        : input.paths.map(quoted)
  const policies = (context.policyFlags ?? []).map(quoted)
  const words = [before, ...targets, ...policies, after].filter((word) => word !== '')
  return visible(`$ ${context.program} ${words.join(' ')}`)
}

/** A word as a shell takes it for one. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
