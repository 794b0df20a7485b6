/** Waits for what takes a moment in a cluster. */
import { setTimeout as sleep } from 'node:timers/promises'

/** How long to wait, and how often to look. */
export interface Patience {
  readonly timeoutMs?: number
  readonly intervalMs?: number
}

/**
 * Calls `probe` until it gives something other than `undefined` or `false`, and gives that. A probe that throws has not
 * succeeded yet. Throws when the time is up, with what the probe last threw.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  { timeoutMs = 60_000, intervalMs = 100 }: Patience = {},
): Promise<Exclude<T, undefined | false>> {
  const end = performance.now() + timeoutMs
  for (;;) {
    let cause: unknown
    try {
      const value = await probe()
      if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>
    } catch (error) {
      cause = error
    }
    if (performance.now() >= end) throw new Error(`not within ${timeoutMs / 1000} s: ${what}`, { cause })
    await sleep(intervalMs)
  }
}
