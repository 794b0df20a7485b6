/** What the terminal can do, and messages to people on standard error. */
import type { ScanProblem } from '@kubescape/results'

import { printError } from './print.ts'

/** Log levels from chattiest to quietest. */
export const LOG_LEVELS = ['debug', 'info', 'success', 'warning', 'error', 'fatal'] as const

/** Name of a log level. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/** How messages are written: for people, as a JSON object a line, or not at all. */
export type LogStyle = 'text' | 'json' | 'none'

/** The published names of loggers. */
export const LOG_STYLES: Readonly<Record<string, LogStyle>> = {
  pretty: 'text',
  icon: 'text',
  zap: 'json',
  mock: 'none',
  none: 'none',
}

const MOST_PROBLEMS = 20
const DEFAULT_WIDTH = 120

/** True when a program, not a person, is watching. */
export function isCi(): boolean {
  const { CI } = process.env
  return CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0'
}

/** True when the stream shows colours: a terminal that is not told otherwise. */
export function hasColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return stream.isTTY && TERM !== 'dumb' && !isCi()
}

/** Columns of standard output; a set width in `COLUMNS`, or a wide page, where it is no terminal. */
export function terminalWidth(): number {
  if (process.stdout.isTTY) return process.stdout.columns
  const columns = Number(process.env['COLUMNS'])
  return Number.isInteger(columns) && columns >= 20 ? columns : DEFAULT_WIDTH
}

/** Writes messages to standard error, as far as the level lets them through. */
export class Log {
  readonly #threshold: number
  readonly #style: LogStyle

  constructor(level: LogLevel, style: LogStyle = 'text') {
    this.#threshold = LOG_LEVELS.indexOf(level)
    this.#style = style
  }

  /** Writes one message. */
  write(level: LogLevel, message: string): void {
    if (LOG_LEVELS.indexOf(level) < this.#threshold || this.#style === 'none') return
    const ts = new Date().toISOString()
    printError(`${this.#style === 'json' ? JSON.stringify({ level, ts, msg: message }) : message}\n`)
  }

  /** Writes problems, at most three lines each; after many of them only their number. */
  problems(problems: readonly ScanProblem[]): void {
    for (const problem of problems.slice(0, MOST_PROBLEMS)) this.write('warning', renderProblem(problem))
    const more = problems.length - MOST_PROBLEMS
    if (more > 0)
      this.write(
        'warning',
        `${count(more, 'more problem')} like these; --format json lists all of them under scanCoverage.problems`,
      )
  }
}

/** A number with its noun: `1 file`, `2 files`. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${amount} ${amount === 1 ? noun : plural}`
}

/** Where, what, and what next. */
export function renderProblem({ file, line, column, message, hint }: ScanProblem): string {
  const where = file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')}  `
  const next = hint === undefined ? '' : `\n${' '.repeat(Math.min(where.length, 24))}${hint}`
  return visible(`${where}${message}`) + (next === '' ? '' : `\n${visible(next.slice(1))}`)
}

/** Names come from strangers: control characters are shown, never sent to the terminal. */
export function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the characters to look for
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD')
}
