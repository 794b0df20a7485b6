/** Whether to try again, and when. */

/** Tries of one delivery, the first one included. */
const MAX_TRIES = 5

/** No try begins later than this after the first. */
const DEADLINE_MS = 120_000

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000

/** What became of a try; `later` is worth another one. */
export interface Attempt {
  readonly kind: 'accepted' | 'refused' | 'later'
  /** How long the server asks to wait. */
  readonly retryAfterMs?: number | undefined
}

/** Time and chance as the retries see them. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** From 0 up to 1. */
  random(): number
}

/**
 * Tries until the answer is final, the tries or the time are used up, and gives the last attempt with the number of tries.
 * `announce` is told before each wait.
 */
export async function withRetries<Outcome extends Attempt>(
  attempt: () => Promise<Outcome>,
  announce: (outcome: Outcome, delayMs: number) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly outcome: Outcome; readonly tries: number }> {
  const began = clock.now()
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt()
    if (outcome.kind !== 'later' || tries === MAX_TRIES) return { outcome, tries }
    const delayMs = delayBefore(tries + 1, outcome.retryAfterMs, clock.random())
    if (clock.now() - began + delayMs > DEADLINE_MS) return { outcome, tries }
    announce(outcome, delayMs)
    await clock.sleep(delayMs, signal)
  }
}

/** How long to wait before try number `next` (2 for the second one): what the server wishes, or ever longer; with jitter. */
function delayBefore(next: number, retryAfterMs: number | undefined, random: number): number {
  const usual = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (next - 2))
  // Many clients are told the same number of seconds: they should not come back together.
  if (retryAfterMs !== undefined) return Math.round(retryAfterMs + (usual / 2) * random)
  return Math.round(usual * (1 + random / 2))
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3). `now` is milliseconds since 1970. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
