/** The objects of a live cluster as a source: the types that a scan looks at, listed page by page, and what could not be read. */
import {
  ApiError,
  ClusterError,
  listObjects,
  type ApiResource,
  type Discovery,
  type KubeClient,
  type ListOptions,
  type ServerVersion,
  type UnreadableType,
} from '@kubescape/cluster'
import { identityOf, renderSelector, type Requirement, type Resource, type ValueMap } from '@kubescape/resources'

import { ahead } from './ahead.ts'
import { asJudgedHostData, HOST_DATA_GROUP, isServedHostData, judgedType } from './host-data.ts'
import { planReadings, type ClusterNeeds, type Reading } from './readings.ts'

/** What to read, and how. */
export interface ClusterSourceOptions {
  readonly client: KubeClient
  readonly discovery: Discovery
  readonly version: ServerVersion
  /** Objects of these namespaces are wanted only; types that joins need of every namespace are read everywhere all the same. */
  readonly includeNamespaces?: readonly string[]
  readonly excludeNamespaces?: readonly string[]
  /** Only objects with these labels are judged: of types that nothing joins, no others are asked for. */
  readonly labels?: readonly Requirement[]
  /** The one workload that is judged, read already: beside it only what it is joined with is read, and no other workload. */
  readonly workload?: Resource
  readonly signal?: AbortSignal
  /** Told how many types of how many have been read; may wait. */
  readonly onProgress?: (done: number, all: number) => void | Promise<void>
}

/** A type that could not be read. */
export interface UnreadClusterType extends UnreadableType {
  /** Of which namespaces it was read after all. */
  readonly partOf?: string
  /** These are all that are wanted: only joins lack the rest. */
  readonly elsewhere?: true
}

/** What became of the reading. */
export interface ClusterCoverage {
  readonly documents: {
    files: number
    unreadableFiles: number
    read: number
    unread: number
    notNeeded: number
    ignored: number
  }
  readonly unreadTypes: readonly UnreadClusterType[]
  readonly problems: readonly { readonly code: string; readonly message: string; readonly hint?: string }[]
}

interface Wanted extends ClusterNeeds {
  kind(kind: string): boolean
  metadataOnly(type: ApiResource): boolean
}

/** A list to ask for. */
interface Query {
  readonly resource: ApiResource
  readonly options: ListOptions
}

/** Types whose lists are begun before it is their turn: one page of each is in memory. */
const AHEAD = 3
/** Objects a page: with fewer the server is asked more often, with more the memory of a scan grows. */
const PAGE = 200

/** Reads a cluster once. */
export class ClusterSource {
  readonly #options: ClusterSourceOptions
  readonly #documents = { files: 0, unreadableFiles: 0, read: 0, unread: 0, notNeeded: 0, ignored: 0 }
  readonly #unread: UnreadClusterType[] = []
  readonly #problems: { code: string; message: string; hint?: string }[] = []
  #typesRead = 0
  #isMetadataOnly: Wanted['metadataOnly'] = () => false

  constructor(options: ClusterSourceOptions) {
    this.#options = options
  }

  /**
   * The objects of every type that is wanted and that the server has. A type that cannot be read costs only itself.
   * @throws the signal's reason when it is aborted
   */
  async *resources(wanted: Wanted): AsyncGenerator<Resource> {
    this.#isMetadataOnly = (type) => wanted.metadataOnly(judgedType(type))
    if (wanted.kind('APIServerInfo')) yield this.#serverInfo()
    const { discovery, workload, onProgress } = this.#options
    const extent = { ...this.#options, isOneWorkload: workload !== undefined }
    if (workload !== undefined) {
      this.#typesRead++
      this.#documents.read++
      yield workload
    }
    const { listed, unreadable } = planReadings(discovery, wanted, extent)
    this.#unread.push(...unreadable.map(judgedType))
    const lists = listed.map((reading) => () => this.#list(reading))
    let done = 0
    for await (const list of ahead(lists, AHEAD)) {
      for await (const served of list) {
        const object = this.#asJudged(served)
        const identity = identityOf(object)
        if (object === undefined || identity === undefined) continue
        this.#documents.read++
        yield { identity, object }
      }
      await onProgress?.(++done, lists.length)
    }
  }

  /** What could be read; complete when the stream has ended. */
  coverage(): ClusterCoverage {
    return { documents: this.#documents, unreadTypes: this.#unread, problems: this.#problems }
  }

  /** Types that were read, at least in part. */
  get typesRead(): number {
    return this.#typesRead
  }

  /** A type, everywhere or in the namespaces that are wanted. */
  async *#list(reading: Reading): AsyncGenerator<ValueMap> {
    const { resource, namespaces, otherwise, except } = reading
    const chosen = this.#chosen(reading)
    if (namespaces.length > 0) {
      yield* this.#narrow({ resource, options: chosen }, namespaces, undefined)
      return
    }
    const fieldSelector = except.map((namespace) => `metadata.namespace!=${namespace}`).join(',')
    const options = { ...chosen, ...(fieldSelector === '' ? {} : { fieldSelector }) }
    const error = yield* this.#attempt({ resource, options })
    if (error === undefined) {
      this.#typesRead++
    } else if (otherwise.length > 0 && error instanceof ApiError && error.status === 403) {
      yield* this.#narrow({ resource, options: chosen }, otherwise, error)
    } else {
      this.#fail(resource, error)
    }
  }

  /** Which objects of a type are asked for. Facts are few, and that they are there at all counts too. */
  #chosen({ resource, isOnlyJudged }: Reading): ListOptions {
    const { labels = [] } = this.#options
    if (labels.length === 0 || !isOnlyJudged || resource.group === HOST_DATA_GROUP) return {}
    const labelSelector = renderSelector(labels)
    return labelSelector === undefined ? {} : { labelSelector }
  }

  /** The type in each wanted namespace; `whole` is why it was not read everywhere, where that was needed. */
  async *#narrow(
    { resource, options }: Query,
    namespaces: readonly string[],
    whole: ClusterError | undefined,
  ): AsyncGenerator<ValueMap> {
    const read: string[] = []
    let failure: ClusterError | undefined
    for (const namespace of namespaces) {
      const error = yield* this.#attempt({ resource, options: { ...options, namespace } })
      if (error === undefined) read.push(namespace)
      else failure = error
    }
    if (read.length > 0) this.#typesRead++
    const error = whole ?? failure
    if (error === undefined) return
    this.#fail(resource, error, {
      ...(read.length === 0 ? {} : { partOf: read.map((each) => `metadata.namespace=${each}`).join(',') }),
      ...(failure === undefined ? { elsewhere: true } : {}),
    })
  }

  /** A list; gives back the error that ended it. What was read before stays read. */
  async *#attempt({ resource, options }: Query): AsyncGenerator<ValueMap, ClusterError | undefined> {
    const { client, signal } = this.#options
    try {
      const outcome = yield* listObjects(client, resource, {
        limit: PAGE,
        metadataOnly: this.#isMetadataOnly(resource),
        ...options,
        ...(signal === undefined ? {} : { signal }),
      })
      if (outcome.isInconsistent) {
        this.#problems.push({
          code: 'cluster/inconsistent-list',
          message: `${resource.plural} changed while they were read: the list is of two moments`,
          hint: 'Objects that were made or deleted in between may be missing or may be gone by now.',
        })
      }
      return undefined
    } catch (error) {
      if (error instanceof ClusterError) return error
      throw error
    }
  }

  /** The object as checks know it; undefined, and a problem, where it does not say what its kind should. */
  #asJudged(listed: ValueMap): ValueMap | undefined {
    const listedAs = identityOf(listed)
    if (listedAs === undefined || !isServedHostData(listedAs)) return listed
    const judged = asJudgedHostData(listed)
    if ('object' in judged) return judged.object
    this.#documents.unread++
    this.#problems.push({
      code: 'cluster/no-facts',
      message: `${listedAs.kind} of the node ${listedAs.name} holds no facts: ${judged.error}`,
      hint: 'See what the node agent that writes these objects says.',
    })
    return undefined
  }

  #fail(resource: ApiResource, error: ClusterError, part: Pick<UnreadClusterType, 'partOf' | 'elsewhere'> = {}): void {
    const { group, version, kind, plural } = judgedType(resource)
    this.#unread.push({ group, version, kind, resource: plural, error: error.message, ...part })
  }

  /** What the server says of itself, as an object like any other. */
  #serverInfo(): Resource {
    const { version } = this.#options
    const object = {
      apiVersion: 'apiserverinfo.kubescape.cloud/v1beta0',
      kind: 'APIServerInfo',
      metadata: { name: 'version' },
      data: { ...version },
    }
    return {
      identity: {
        group: 'apiserverinfo.kubescape.cloud',
        version: 'v1beta0',
        kind: 'APIServerInfo',
        namespace: '',
        name: 'version',
      },
      object,
    }
  }
}
