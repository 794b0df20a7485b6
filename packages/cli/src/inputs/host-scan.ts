/** The nodes of a cluster that is scanned: facts that it keeps, and facts that are collected for this scan. */
import { connect, listObjects, type ClusterTarget, type Discovery, type KubeClient } from '@kubescape/cluster'
import { asText, field } from '@kubescape/resources'
import type { ResourceSource } from '@kubescape/scanner'
import { collectAcross, NodeFactsSource, type Collected } from '@kubescape/sources'

import { Failure } from '../failure.ts'
import type { HostScanOptions } from '../host-scan-options.ts'
import type { Progress } from '../progress.ts'
import type { Log } from '../terminal.ts'
import { readVersion } from '../version.ts'

/** The cluster, as far as its nodes are concerned. */
interface NodesOf {
  readonly target: ClusterTarget
  readonly client: KubeClient
  readonly discovery: Discovery
}

interface Surroundings {
  readonly progress: Progress
  readonly log: Log
  readonly signal: AbortSignal
}

/** A source, and what went wrong with what was asked for on the command line. */
interface WithNodeFacts {
  readonly source: ResourceSource
  readonly namedProblems: number
}

/** To put things in order a scan takes no longer than this, whatever happens. */
const CLEANING_MS = 20_000

const GROUP = 'hostdata.kubescape.cloud'

/**
 * The source with the facts of the nodes, as the options want them.
 * @throws {Failure} when facts are to be collected, and nobody has said with which image
 */
export function withNodeFacts(
  source: ResourceSource,
  cluster: NodesOf,
  options: HostScanOptions,
  surroundings: Surroundings,
): WithNodeFacts {
  const { client, discovery } = cluster
  const isKept = discovery.resources.some(({ group }) => group === GROUP)
  if (options.use === 'ignore') return { source: new WithoutFacts(source), namedProblems: 0 }
  const image = options.use === 'collect' ? options.image : undefined
  if (options.use === 'collect' && image === undefined) {
    if (!isKept) {
      throw new Failure(
        '--enable-host-scan needs the image that the nodes shall run, which is that of this program',
        'Name it with --host-scan-image, such as registry.example/kubescape:v1. kubescape host-scan manifest shows what would be made.',
      )
    }
    surroundings.log.write('info', 'Without --host-scan-image the facts of nodes are those that the cluster keeps')
  }
  if (image === undefined && !isKept) return { source, namedProblems: 0 }
  const collection = image === undefined ? undefined : new NodeCollection(cluster, image, options, surroundings)
  const nodeNames = (): Promise<string[] | undefined> => namesOfNodes(client, discovery, surroundings.signal)
  return {
    source: new NodeFactsSource({
      source,
      nodeNames,
      ...(collection === undefined
        ? {}
        : { collect: collection.collect, asksMetadataService: options.asksMetadataService }),
    }),
    get namedProblems() {
      return collection?.problems ?? 0
    },
  }
}

/** A collection that has not begun. */
class NodeCollection {
  problems = 0
  readonly #cluster: NodesOf
  readonly #image: string
  readonly #options: HostScanOptions
  readonly #surroundings: Surroundings

  constructor(cluster: NodesOf, image: string, options: HostScanOptions, surroundings: Surroundings) {
    this.#cluster = cluster
    this.#image = image
    this.#options = options
    this.#surroundings = surroundings
  }

  /** Collects, and cleans up however that ends. */
  readonly collect = async (): Promise<Collected> => {
    const { target, client } = this.#cluster
    const { progress, log, signal } = this.#surroundings
    const { namespace, selector, timeoutMs, asksMetadataService } = this.#options
    const cleaner = connect(target, { deadlineMs: CLEANING_MS, userAgent: `kubescape/${readVersion().version}` })
    try {
      const collected = await collectAcross({
        client,
        cleaner,
        runId: crypto.randomUUID().slice(0, 8),
        image: this.#image,
        asksMetadataService,
        namespace,
        selector,
        timeoutMs,
        signal,
        tell: (level, message) => log.write(level, message),
        onProgress: (done, all) => progress.update(`facts of ${done} of ${all} nodes collected`),
      })
      if (collected.failure !== undefined)
        log.write('warning', `Facts of nodes could not be collected: ${collected.failure}`)
      this.problems = Number(collected.failure !== undefined) + Number(collected.left !== undefined)
      return collected
    } finally {
      cleaner.close()
    }
  }
}

/** A cluster whose facts of nodes are left alone. */
class WithoutFacts implements ResourceSource {
  readonly #source: ResourceSource

  constructor(source: ResourceSource) {
    this.#source = source
  }

  resources(needs: Parameters<ResourceSource['resources']>[0]): ReturnType<ResourceSource['resources']> {
    return this.#source.resources({
      ...needs,
      kind: (kind) => needs.kind(kind),
      judged: needs.judged.filter(isOfOthers),
      joined: needs.joined.filter(isOfOthers),
    })
  }

  coverage(): ReturnType<ResourceSource['coverage']> {
    return this.#source.coverage()
  }
}

function isOfOthers({ groups }: { readonly groups: readonly string[] }): boolean {
  return !groups.includes(GROUP)
}

/** The names of all nodes; undefined where they may not be listed, which the scan of a cluster tells by itself. */
async function namesOfNodes(
  client: KubeClient,
  { resources }: Discovery,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const type = resources.find(({ group, kind }) => group === '' && kind === 'Node')
  if (type === undefined) return undefined
  const names: string[] = []
  try {
    for await (const node of listObjects(client, type, { metadataOnly: true, signal })) {
      names.push(asText(field(node, 'metadata', 'name')) ?? '')
    }
    return names
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}
