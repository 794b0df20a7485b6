/** Whether to try again, and when. Source: Kubernetes API conventions, "HTTP Status codes"; client-go, `rest.Request`. */

/** Tries of one request, the first one included. */
export const MAX_TRIES = 6

const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 8000

/** What became of a try. */
export interface FailedTry {
  /** True when doing it twice is the same as doing it once. */
  readonly isRepeatable: boolean
  /** 0 when there was no answer. */
  readonly status: number
  /** True when there is a server, but no way to it for the moment. */
  readonly isConnectionLost: boolean
  /** False when the request cannot have reached the server. */
  readonly wasSent: boolean
  readonly retryAfterMs: number | undefined
}

/** True when another try may succeed and does no harm. */
export function isWorthRetrying({ isRepeatable, status, isConnectionLost, wasSent, retryAfterMs }: FailedTry): boolean {
  if (isConnectionLost) return isRepeatable || !wasSent
  // The server turned the request away before it did anything.
  if (status === 429) return true
  if (status === 503 || status === 502) return isRepeatable || (status === 503 && retryAfterMs !== undefined)
  return status >= 500 && retryAfterMs !== undefined && (isRepeatable || status !== 504)
}

/** How long to wait before try number `next` (2 for the second one): what the server wishes, or ever longer; with jitter. */
export function delayBefore(next: number, retryAfterMs: number | undefined, random: number): number {
  const usual = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (next - 2))
  // Many clients are told the same number of seconds: they should not come back together.
  if (retryAfterMs !== undefined) return Math.round(retryAfterMs + (usual / 2) * random)
  return Math.round(usual * (0.5 + random / 2))
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3). `now` is milliseconds since 1970. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
