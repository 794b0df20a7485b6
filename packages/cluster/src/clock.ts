/** Time, as something that tests can hold in their hands. */

/** What a connection needs of time. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number
  /** Waits; rejects with the signal's reason, and leaves no timer, when it is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** The clock of the machine. */
export const realClock: Clock = {
  now: () => performance.now(),
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error)
        return
      }
      const abort = (): void => {
        clearTimeout(timer)
        reject(signal.reason as Error)
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', abort)
        resolve()
      }, milliseconds)
      signal.addEventListener('abort', abort, { once: true })
    }),
}
