/** Reads all objects of a type, page by page. */
import { asList, asMap, asText, field, type ValueMap } from '@kubescape/resources'

import type { KubeClient } from './client.ts'
import { groupVersion } from './discovery/aggregated.ts'
import { pathOf, type ApiResource } from './discovery/api-resource.ts'
import { ApiError, ClusterError } from './errors.ts'

/** Which objects, and how. */
export interface ListOptions {
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  /** Objects a page, at most; pages become smaller when the server cannot answer in time. */
  readonly limit?: number
  /** Only `metadata` of each object. */
  readonly metadataOnly?: boolean
  readonly signal?: AbortSignal | undefined
}

/** How a list ended. */
export interface ListOutcome {
  /** Objects given. */
  readonly count: number
  readonly pages: number
  /** True when the list had to go on from a later state of the cluster than it began with. */
  readonly isInconsistent: boolean
}

const DEFAULT_LIMIT = 500
/** Pages smaller than this are not asked for because of time. */
const LEAST_IN_TIME = 25
/** How often a list is begun again, or goes on from a later state without having got any further. */
const MAX_RESTARTS = 10

const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json'

/**
 * The objects of a type, each once, with `apiVersion` and `kind`; the outcome is the generator's return value. One page is kept
 * in memory, and the uids of what was given. Throws what `KubeClient.get` throws, after what had been read before was given.
 */
export async function* listObjects(
  client: KubeClient,
  resource: ApiResource,
  options: ListOptions = {},
): AsyncGenerator<ValueMap, ListOutcome, undefined> {
  const pages = new Pages(client, resource, options)
  const type = { apiVersion: groupVersion(resource.group, resource.version), kind: resource.kind }
  const given = new Set<string>()
  let count = 0
  for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
    // Taken off the end, so that what has been judged can be let go.
    const { items } = page
    items.reverse()
    for (let item = items.pop(); item !== undefined; item = items.pop()) {
      if (pages.mayRestart) {
        const key = keyOf(item)
        if (given.has(key)) continue
        given.add(key)
      }
      count++
      yield Object.assign(item, type)
    }
  }
  return { count, pages: pages.count, isInconsistent: pages.isInconsistent }
}

/** Not every aggregated API gives its objects uids. */
function keyOf({ metadata }: ValueMap): string {
  const uid = asText(field(metadata, 'uid'))
  return uid || `${asText(field(metadata, 'namespace')) ?? ''}/${asText(field(metadata, 'name')) ?? ''}`
}

interface Page {
  readonly items: ValueMap[]
  /** Where the next one begins; empty after the last one. */
  readonly continue: string
}

/** The pages of a list, through expired tokens and answers that are too much for the server. */
class Pages {
  readonly #client: KubeClient
  readonly #path: string
  readonly #options: ListOptions
  #limit: number
  /** Undefined before the first page, empty after the last. */
  #continue: string | undefined
  #restarts = 0
  count = 0
  isInconsistent = false

  constructor(client: KubeClient, resource: ApiResource, options: ListOptions) {
    this.#client = client
    this.#path = pathOf(resource, options.namespace)
    this.#options = options
    this.#limit = Math.max(1, options.limit ?? DEFAULT_LIMIT)
  }

  /** False for a list of one page: nothing can expire. */
  get mayRestart(): boolean {
    return this.count > 1 || this.#continue !== ''
  }

  /** The next page; undefined after the last. */
  async next(): Promise<Page | undefined> {
    while (this.#continue !== '') {
      try {
        const page = await this.#read()
        this.count++
        this.#continue = page.continue
        return page
      } catch (error) {
        if (!this.#goesOnAfter(error)) throw error
      }
    }
    return undefined
  }

  async #read(): Promise<Page> {
    const { labelSelector, fieldSelector, metadataOnly = false, signal } = this.#options
    const list = asMap(
      await this.#client.get(this.#path, {
        query: { labelSelector, fieldSelector, limit: this.#limit, continue: this.#continue },
        ...(metadataOnly ? { accept: METADATA_ONLY } : {}),
        signal,
      }),
    )
    const items = list?.['items']
    if (items !== null && !Array.isArray(items)) throw malformed(this.#path, 'has no items')
    const objects = asList(items ?? []).filter((item) => asMap(item) !== undefined) as ValueMap[]
    if (objects.length !== (items?.length ?? 0)) throw malformed(this.#path, 'has items that are no objects')
    const next = asText(field(list, 'metadata', 'continue')) ?? ''
    if (next !== '' && next === this.#continue) throw malformed(this.#path, 'leads back to itself')
    return { items: objects, continue: next }
  }

  /** Makes the next try another one; false when there is none to make. */
  #goesOnAfter(error: unknown): boolean {
    if (error instanceof ApiError && error.status === 410) return this.#goOnLater(error)
    const least = leastAfter(error)
    if (least === undefined || this.#limit <= least) return false
    this.#limit = Math.max(least, Math.floor(this.#limit / 2))
    return true
  }

  /** The state that the list began with is gone (Kubernetes API concepts, "410 Gone responses"). */
  #goOnLater({ body }: ApiError): boolean {
    if (this.#continue === undefined || ++this.#restarts > MAX_RESTARTS) return false
    this.isInconsistent = true
    this.#continue = asText(field(body, 'metadata', 'continue')) || undefined
    return true
  }
}

/** The smallest page that may help against an error; undefined when size is not what is wrong. */
function leastAfter(error: unknown): number | undefined {
  if (!(error instanceof ClusterError)) return undefined
  if (error.code === 'cluster/too-large') return 1
  if (error.code === 'cluster/timeout') return LEAST_IN_TIME
  if (!(error instanceof ApiError)) return undefined
  if (error.status === 413 || /larger than max|too large/i.test(error.message)) return 1
  return error.status === 504 || /timed out|timeout/i.test(error.message) ? LEAST_IN_TIME : undefined
}

function malformed(path: string, what: string): ClusterError {
  return new ClusterError('cluster/malformed-answer', `the list of ${path} ${what}`)
}
