/** One signal for several reasons to stop; nothing is left on the others afterwards. */

/** A signal that is aborted when any of the others is, until `release`. */
export interface LinkedSignal {
  readonly signal: AbortSignal
  readonly release: () => void
}

/** Links signals; `AbortSignal.any` would stay with long-lived ones until they are collected. */
export function linkSignals(...signals: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController()
  const abort = (event: Event): void => controller.abort((event.target as AbortSignal).reason)
  for (const signal of signals) {
    if (signal?.aborted) controller.abort(signal.reason)
    else signal?.addEventListener('abort', abort, { once: true })
  }
  return {
    signal: controller.signal,
    release: () => {
      for (const signal of signals) signal?.removeEventListener('abort', abort)
    },
  }
}
