/** The time that a scan and its controls may take, by the clock. */
import { ControlLimit } from '@kubescape/scanner'

import { sinceStartMs } from './clock.ts'
import { Failure } from './failure.ts'
import type { RunOptions } from './run-options.ts'

/** The time of a scan and of its controls. */
export interface LimitedTime {
  /** Aborted with the command, or when the time of the scan is over. */
  readonly signal: AbortSignal
  /** What each control may take; undefined for as much as it needs. */
  readonly controlLimit: ControlLimit | undefined
  /** Asked by policies while they are evaluated, when no timer can go off: true ends the evaluation. */
  readonly isOver: () => boolean
  /** Ends the counting. */
  readonly release: () => void
}

/** Begins to count the time of a scan. */
export function limitTime(outer: AbortSignal, { timeoutMs, controlTimeoutMs }: RunOptions): LimitedTime {
  const controlLimit = controlTimeoutMs === undefined ? undefined : new ControlLimit(controlTimeoutMs, sinceStartMs)
  if (timeoutMs === undefined) {
    const isOver = (): boolean => outer.aborted || controlLimit?.isOver() === true
    return { signal: outer, controlLimit, isOver, release: () => undefined }
  }
  const late = new AbortController()
  const giveUp = (): void =>
    late.abort(
      new Failure(
        `the scan took longer than --scan-timeout allows, ${timeoutMs / 1000} s, and was given up`,
        'Give it more time, or less to scan.',
      ),
    )
  const timer = setTimeout(giveUp, timeoutMs)
  const signal = AbortSignal.any([outer, late.signal])
  const endMs = sinceStartMs() + timeoutMs
  const isOver = (): boolean => {
    if (sinceStartMs() > endMs) giveUp()
    return signal.aborted || controlLimit?.isOver() === true
  }
  return { signal, controlLimit, isOver, release: () => clearTimeout(timer) }
}
