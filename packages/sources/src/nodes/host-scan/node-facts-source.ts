/** The resources of a cluster with the facts of its nodes: those that the cluster keeps, and those that are collected now. */
import { asText, field, identityOf, type Resource } from '@kubescape/resources'

import type { UnreadPlace } from '../machine.ts'
import type { Collected } from './collect.ts'
import { factKinds, wantsNodeFacts } from './packed-facts.ts'
import { RUN_LABEL, type HostScanRun } from './run.ts'

/** What is known of a node, for the coverage of a scan. */
export interface NodeCoverage {
  readonly name: string
  readonly facts: number
  readonly unread: readonly UnreadPlace[]
  readonly reason?: string
}

/** A source of resources, as far as this one needs it. */
interface InnerSource<Needs, Coverage> {
  resources(wanted: Needs): AsyncIterable<Resource>
  coverage(): Coverage
}

/** A cluster, and where the facts of its nodes come from. */
export interface NodeFactsSourceOptions<Needs, Coverage> {
  readonly source: InnerSource<Needs, Coverage>
  /** Asked once, before anything else is read, and only when facts of nodes are wanted. */
  readonly collect?: (() => Promise<Collected>) | undefined
  /** True where it asks for the metadata service of the cloud, too. */
  readonly asksMetadataService?: boolean
  /** The names of all nodes, where nothing is collected; undefined where they cannot be had. */
  readonly nodeNames: () => Promise<readonly string[] | undefined>
}

const KEPT_BY_NOBODY = 'the agent that keeps facts of nodes in the cluster has written none'

/** Adds the facts of nodes to those of a cluster. */
export class NodeFactsSource<
  Needs extends { kind(kind: string): boolean },
  Coverage extends { readonly documents: { readonly read: number } },
> implements InnerSource<Needs, Coverage & { readonly nodes: readonly NodeCoverage[] }> {
  readonly #options: NodeFactsSourceOptions<Needs, Coverage>
  #nodes: readonly NodeCoverage[] = []
  #added = 0

  constructor(options: NodeFactsSourceOptions<Needs, Coverage>) {
    this.#options = options
  }

  /** Everything but the objects by which facts were collected. Collected facts stand in for kept ones of the same node. */
  async *resources(wanted: Needs): AsyncGenerator<Resource> {
    const { source, collect, asksMetadataService = false, nodeNames } = this.#options
    // Those that are kept may be of any kind.
    const isAnyKind = collect === undefined || asksMetadataService
    if (!wantsNodeFacts(wanted, isAnyKind)) {
      yield* source.resources(wanted)
      return
    }
    const kinds = factKinds(isAnyKind)
    const collected = await collect?.()
    const fresh = new Set(collected?.nodes.filter(({ objects }) => objects.length > 0).map(({ name }) => name))
    const kept = new Map<string, number>()
    for await (const resource of source.resources(wanted)) {
      if (collected !== undefined && isOfRun(resource, collected.run)) continue
      const { group, kind, name } = resource.identity
      if (group === 'hostdata.kubescape.cloud') {
        if (fresh.has(name) && kinds.includes(kind)) continue
        kept.set(name, (kept.get(name) ?? 0) + 1)
      }
      yield resource
    }
    for (const object of collected?.nodes.flatMap(({ objects }) => objects) ?? []) {
      const identity = identityOf(object)
      if (identity === undefined) continue
      this.#added++
      yield { identity, object }
    }
    this.#nodes =
      collected === undefined
        ? ((await nodeNames()) ?? []).map((name) => coverageOf(name, kept.get(name) ?? 0, [], KEPT_BY_NOBODY))
        : collected.nodes.map(({ name, objects, unread, reason = '' }) =>
            coverageOf(name, objects.length + (kept.get(name) ?? 0), unread, reason),
          )
  }

  /** What could be read; complete when the stream has ended. */
  coverage(): Coverage & { readonly nodes: readonly NodeCoverage[] } {
    const coverage = this.#options.source.coverage()
    const documents = { ...coverage.documents, read: coverage.documents.read + this.#added }
    return { ...coverage, documents, nodes: this.#nodes }
  }
}

function coverageOf(name: string, facts: number, unread: readonly UnreadPlace[], reason: string): NodeCoverage {
  return { name, facts, unread, ...(facts === 0 ? { reason } : {}) }
}

/** What the run made may still be there. The id of a run is nobody else's, so nothing of others can hide behind it. */
function isOfRun({ identity, object }: Resource, { id, namespace, isOwnNamespace }: HostScanRun): boolean {
  if (asText(field(object, 'metadata', 'labels', RUN_LABEL)) === id) return true
  return isOwnNamespace && identity.namespace === namespace
}
