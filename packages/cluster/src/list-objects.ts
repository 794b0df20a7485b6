/** Reads all objects of a type, page by page. */
import type { ValueMap } from '@kubescape/resources'

import type { KubeClient } from './client.ts'
import type { ApiResource } from './discovery/api-resource.ts'

/** Which objects, and how. */
export interface ListOptions {
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** Objects a page, at most; pages become smaller when the server cannot answer in time. */
  readonly limit?: number
  /** Only `metadata` of each object. */
  readonly metadataOnly?: boolean
  readonly signal?: AbortSignal
}

/** How a list ended. */
export interface ListOutcome {
  /** Objects given. */
  readonly count: number
  readonly pages: number
  /** True when the list had to go on from a later state of the cluster than it began with. */
  readonly isInconsistent: boolean
}

/**
 * The objects of a type, each once, with `apiVersion` and `kind`; the outcome is the generator's return value. One page is kept
 * in memory. Throws what `KubeClient.get` throws, after what had been read before was given.
 */
export function listObjects(
  client: KubeClient,
  resource: ApiResource,
  options: ListOptions = {},
): AsyncGenerator<ValueMap, ListOutcome, undefined> {
  throw new Error(`not written yet: ${String(client)} ${String(resource)} ${String(options)}`)
}
