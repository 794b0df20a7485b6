/** Asks the server what the user may do, before it is tried. */
import type { KubeClient } from './client.ts'

/** Something to do with a type. */
export interface AccessQuestion {
  readonly verb: string
  /** Empty for the core group. */
  readonly group: string
  /** The name in paths: `pods`, `pods/log`. */
  readonly resource: string
  /** Left out: in all namespaces, or for types without one. */
  readonly namespace?: string
}

/** The server's answer. */
export interface AccessAnswer {
  readonly question: AccessQuestion
  /** Undefined where the server did not say. */
  readonly isAllowed: boolean | undefined
  /** Why, in the server's words; may be empty. */
  readonly reason: string
}

/** One answer per question, in their order. Throws only when there is no connection. */
export function accessReview(
  client: KubeClient,
  questions: readonly AccessQuestion[],
  signal?: AbortSignal,
): Promise<AccessAnswer[]> {
  throw new Error(`not written yet: ${String(client)} ${String(questions)} ${String(signal)}`)
}
