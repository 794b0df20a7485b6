/** A connection to one cluster: requests with authentication, retries, flow control and bounded answers. */
import type { Value } from '@kubescape/resources'

import type { Clock } from './clock.ts'
import type { ClusterTarget } from './target.ts'

/** Bounds and habits of a connection. */
export interface ConnectOptions {
  /** Ends everything that is under way; requests then fail with the signal's reason. */
  readonly signal?: AbortSignal
  /** Longest silence of the server before a request is given up. */
  readonly timeoutMs?: number
  /** No try of a request begins later than this after its first one. */
  readonly deadlineMs?: number
  /** Requests under way at once; fewer for a while after the server asked to slow down. */
  readonly maxConcurrent?: number
  /** Longest answer that is read, after decompression. */
  readonly maxAnswerBytes?: number
  readonly userAgent?: string
  /** Where proxies are named (`HTTPS_PROXY`, `NO_PROXY`) and what credential plugins inherit; default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** True where a person may be asked: credential plugins then share the terminal. */
  readonly isInteractive?: boolean
  /** Time as the connection sees it; default: real time. */
  readonly clock?: Clock
}

/** Parameters of a path's query; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** How to ask. */
export interface GetOptions {
  readonly query?: Query
  /** Media types, most wanted first; default `application/json`. */
  readonly accept?: string
  /** Tries, the first one included, where failing soon is better than waiting; default 6. */
  readonly maxTries?: number
  readonly signal?: AbortSignal | undefined
}

/** How to ask for a change. */
export interface RequestOptions extends GetOptions {
  /** Media type of the body; default `application/json`. Server-side apply needs `application/apply-patch+yaml`. */
  readonly contentType?: string
}

/** `/version` of an API server. Unknown parts are empty. */
export interface ServerVersion {
  /** Such as `v1.37.2` or `v1.31.4-eks-2d5f260`. */
  readonly gitVersion: string
  readonly major: string
  readonly minor: string
  /** Such as `linux/amd64`. */
  readonly platform: string
}

/**
 * Requests to one cluster. All of them throw `ApiError` for what the server refuses, `ClusterError` for everything between
 * here and there, and the signal's reason when cancelled.
 */
export interface KubeClient {
  readonly target: ClusterTarget
  /** The parsed answer of a path such as `/api/v1/pods`. */
  get(path: string, options?: GetOptions): Promise<Value>
  /** Sends a body (an object, or text as it is) and gives the parsed answer; null where it is empty. */
  request(method: string, path: string, body?: Value, options?: RequestOptions): Promise<Value>
  version(signal?: AbortSignal): Promise<ServerVersion>
  /** Closes the idle connections and ends what is under way. */
  close(): void
}
