/** What is wrong with exceptions, noted by the path of the member while they are read. */
import { BUILT_IN, type Catalogue } from '@kubescape/controls'
import type { ScanProblem } from '@kubescape/results'

/** Something wrong with what was written. An `error` makes the exception unusable; a `warning` says that it may mean something else. */
export interface ExceptionProblem extends ScanProblem {
  readonly severity: 'error' | 'warning'
}

/** A problem before its place is looked up. */
export interface Note {
  readonly problem: ExceptionProblem
  /** Of the member, in the document. */
  readonly path: string
}

/** The code of the warning that a name means no control: scans say it by themselves. */
export const UNKNOWN_CONTROL = 'exceptions/unknown-control'

/** Collects problems. */
export class Notes {
  readonly list: Note[] = []
  /** What messages begin with: the exception that is being read. */
  subject = ''
  /** Number of errors so far. */
  errors = 0
  /** The controls and frameworks that there are. */
  readonly known: Catalogue

  constructor(known: Catalogue = BUILT_IN) {
    this.known = known
  }

  error(path: string, message: string, hint?: string): void {
    this.errors++
    this.#note('error', 'exceptions/invalid', path, message, hint)
  }

  warn(path: string, message: string, hint?: string, code = 'exceptions/doubtful'): void {
    this.#note('warning', code, path, message, hint)
  }

  #note(severity: ExceptionProblem['severity'], code: string, path: string, what: string, hint?: string): void {
    const message = this.subject === '' ? what : `${this.subject}: ${what}`
    this.list.push({ path, problem: { severity, code, message, ...(hint === undefined ? {} : { hint }) } })
  }
}

/** Text of strangers as a message shows it. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
