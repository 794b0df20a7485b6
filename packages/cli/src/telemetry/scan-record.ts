/** What a scan tells of itself: its steps, when they were, and numbers. Never a name, a path or a text of what was scanned. */
import type { Report, SeverityCounters } from '@kubescape/results'

import { sinceStartMs } from '../clock.ts'

const STARTED_MS = Date.now() - sinceStartMs()

/** Facts about a step. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

/** A step of a scan. Times are milliseconds since 1970. */
export interface Step {
  readonly name: string
  readonly startMs: number
  readonly endMs: number
  readonly attributes: Attributes
  /** The kind of the error that ended it. */
  readonly error?: string
}

/** Keeps the steps of a run, which follow one another. It costs next to nothing, so every scan keeps one. */
export class ScanRecord {
  /** When the program was started. */
  readonly startMs: number = STARTED_MS
  readonly #done: Step[] = []
  #current: Step | undefined
  #attributes: Attributes = {}
  #objects = 0
  #endMs = 0
  #error: string | undefined
  readonly #failures: SeverityCounters = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 }

  /** A step begins, and the one before it ends; the same step again goes on. */
  begin(name: string, attributes: Attributes = {}): void {
    if (this.#current?.name === name && Object.keys(attributes).length === 0) return
    this.endStep()
    const now = epochMs()
    this.#current = { name, startMs: now, endMs: now, attributes }
  }

  /** The current step ends, and nothing follows for now. */
  endStep(): void {
    if (this.#current !== undefined) this.#done.push({ ...this.#current, endMs: epochMs() })
    this.#current = undefined
  }

  /** Adds facts to the whole run. */
  note(attributes: Attributes): void {
    this.#attributes = { ...this.#attributes, ...attributes }
  }

  /** Adds facts to the last step of that name. */
  noteStep(name: string, attributes: Attributes): void {
    if (this.#current?.name === name) {
      this.#current = { ...this.#current, attributes: { ...this.#current.attributes, ...attributes } }
      return
    }
    const at = this.#done.findLastIndex((step) => step.name === name)
    const step = this.#done[at]
    if (step !== undefined) this.#done[at] = { ...step, attributes: { ...step.attributes, ...attributes } }
  }

  /** Counts what a report says. */
  count({ controls, frameworks, coverage, counters, resourcesBySeverity }: Report): void {
    const { documents, problems, evaluatedControls } = coverage
    this.#objects += documents.read
    for (const severity of Object.keys(this.#failures) as (keyof SeverityCounters)[]) {
      this.#failures[severity] += resourcesBySeverity[severity]
    }
    this.noteStep('plan', { 'kubescape.controls': controls.length, 'kubescape.frameworks': frameworks.length })
    this.noteStep('read', {
      'kubescape.files': documents.files,
      'kubescape.objects': documents.read,
      'kubescape.problems': problems.length,
    })
    this.noteStep('report', {
      'kubescape.controls.evaluated': evaluatedControls,
      'kubescape.resources.failed': counters.failed,
      'kubescape.resources.passed': counters.passed,
      'kubescape.resources.skipped': counters.skipped,
      'kubescape.resources.excluded': counters.excluded,
    })
  }

  /** The run is over, with an exit code or an error. */
  end(exitCode: number, error?: unknown): void {
    if (error !== undefined) {
      this.#error = kindOf(error)
      if (this.#current !== undefined) this.#current = { ...this.#current, error: this.#error }
    }
    this.endStep()
    this.note({ 'process.exit.code': exitCode })
    this.#endMs = epochMs()
  }

  /** The run as a whole. */
  get whole(): Step {
    const error = this.#error === undefined ? {} : { error: this.#error }
    return { name: 'scan', startMs: this.startMs, endMs: this.#endMs, attributes: this.#attributes, ...error }
  }

  /** The steps that have ended, in their order. */
  get steps(): readonly Step[] {
    return this.#done
  }

  /** Kubernetes objects that were read. */
  get objects(): number {
    return this.#objects
  }

  /** Failed pairs of resource and control. */
  get failures(): Readonly<SeverityCounters> {
    return this.#failures
  }
}

function epochMs(): number {
  return STARTED_MS + sinceStartMs()
}

/** A stable code or the name of a class; messages may hold names and paths. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
