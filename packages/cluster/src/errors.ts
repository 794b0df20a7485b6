/** What can go wrong between here and a cluster, as errors that say what to do next. */
import type { ValueMap } from '@kubescape/resources'

/** Parts of an error beyond its code and message. */
export interface ErrorDetails {
  /** What to do next, as a sentence. */
  readonly hint?: string
  /** True when the same request may well succeed later. */
  readonly retryable?: boolean
  readonly cause?: unknown
}

/** No configuration, no credentials, no connection, or an answer that is none. Messages hold no secrets. */
export class ClusterError extends Error {
  override readonly name: string = 'ClusterError'
  /** Stable name, such as `cluster/unknown-context`. */
  readonly code: string
  readonly hint: string | undefined
  readonly retryable: boolean

  constructor(code: string, message: string, { hint, retryable = false, cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.hint = hint
    this.retryable = retryable
  }
}

/** What the server said instead of what was asked for. */
export interface Refused {
  readonly status: number
  /** The reason of the Status object, such as `Forbidden` or `Expired`; empty where the answer is no Status. */
  readonly reason: string
  readonly message: string
  /** The path that was asked for, without the query. */
  readonly path: string
  readonly retryable: boolean
  /** The Status object, where the answer is one. */
  readonly body?: ValueMap | undefined
  readonly hint?: string | undefined
}

/** An answer with a status of 300 and above. Its code is `cluster/http-<status>`. */
export class ApiError extends ClusterError {
  override readonly name = 'ApiError'
  readonly status: number
  readonly reason: string
  readonly path: string
  readonly body: ValueMap | undefined

  constructor({ status, reason, message, path, retryable, body, hint }: Refused) {
    super(`cluster/http-${status}`, message, { retryable, ...(hint === undefined ? {} : { hint }) })
    this.status = status
    this.reason = reason
    this.path = path
    this.body = body
  }
}
