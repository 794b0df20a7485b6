/** Live clusters: found in the kubeconfig, asked what they serve, and read as a source. Loaded only when a cluster is scanned. */
import {
  connect,
  detectPlatform,
  discover,
  listObjects,
  loadClusters,
  type ClusterTarget,
  type Discovery,
  type KubeClient,
  type Platform,
} from '@kubescape/cluster'
import type { Requirement, Resource, ValueMap } from '@kubescape/resources'
import type { Report } from '@kubescape/results'
import { ClusterSource, controlPlaneOf } from '@kubescape/sources'

import { breathe } from '../breath.ts'
import { Failure } from '../failure.ts'
import type { HostScanOptions } from '../host-scan-options.ts'
import type { ScanOptions } from '../options.ts'
import type { Progress } from '../progress.ts'
import { count, type Log } from '../terminal.ts'
import { readVersion } from '../version.ts'
import { withNodeFacts } from './host-scan.ts'
import type { Input } from './input.ts'

/** The clusters that the options name: the current context, or several. Nothing is asked of them yet. */
export function findClusters({ kubeconfig, contexts }: ScanOptions): Promise<ClusterTarget[]> {
  return loadClusters({ kubeconfig, contexts })
}

/** A cluster that has answered, with what it says of itself. */
export interface OpenCluster {
  readonly target: ClusterTarget
  readonly client: KubeClient
  readonly discovery: Discovery
  readonly version: Awaited<ReturnType<KubeClient['version']>>
  readonly platform: Platform
  /** A few of its Nodes; none where they may not be read. */
  readonly nodes: readonly ValueMap[]
}

/** Connects, and asks what the cluster serves and whose it is, of its nodes too unless nothing may be read. */
export async function openCluster(
  target: ClusterTarget,
  signal: AbortSignal,
  { looksAtNodes = true }: { readonly looksAtNodes?: boolean } = {},
): Promise<OpenCluster> {
  const client = connect(target, { signal, userAgent: `kubescape/${readVersion().version}` })
  try {
    const [version, discovery] = await Promise.all([client.version(signal), discover(client, signal)])
    const nodes = looksAtNodes ? await someNodes(client, discovery, signal) : []
    const platform = detectPlatform({ version, discovery, nodes, server: target.server })
    return { target, client, discovery, version, platform, nodes }
  } catch (error) {
    client.close()
    throw error
  }
}

/** What is scanned of a cluster. */
export interface ClusterPart {
  readonly includeNamespaces: readonly string[]
  readonly excludeNamespaces: readonly string[]
  readonly labels?: readonly Requirement[]
  /** Where facts of its nodes come from. */
  readonly hostScan: HostScanOptions
  /** The only workload that is judged. */
  readonly workload?: Resource
}

/** The cluster as an input of a scan. */
export function clusterInput(
  cluster: OpenCluster,
  isOnly: boolean,
  part: ClusterPart,
  { progress, log, signal }: { progress: Progress; log: Log; signal: AbortSignal },
): Input {
  const { target, client, discovery, version, platform } = cluster
  const { includeNamespaces, excludeNamespaces, labels = [], workload, hostScan } = part
  const source = new ClusterSource({
    client,
    discovery,
    version,
    includeNamespaces,
    excludeNamespaces,
    labels,
    ...(workload === undefined ? {} : { workload }),
    signal,
    onProgress: (done, all) => {
      progress.update(`${done} of ${all} types read from ${target.context}`)
      return breathe(signal)
    },
  })
  const nodes = withNodeFacts(source, cluster, hostScan, { progress, log, signal })
  return {
    source: nodes.source,
    originals: { text: () => undefined, document: () => undefined },
    target: 'cluster',
    ...(workload === undefined ? {} : { filter: { workload: workload.identity, includeNamespaces } }),
    platform: platform.provider,
    controlPlane: controlPlaneOf(platform),
    // The second is how the reference writes it.
    clusterNames: [...new Set([target.context, target.context.replaceAll(/[^\w]+/g, '-')])],
    described: {
      kind: 'cluster',
      context: target.context,
      server: target.server,
      version: version.gitVersion,
      provider: platform.provider,
      isManaged: platform.managedControlPlane,
    },
    suffix: isOnly ? '' : `-${target.context.replaceAll(/[^\w.-]+/g, '-')}`,
    get namedProblems() {
      return nodes.namedProblems
    },
    requireResources: (report) => requireResources(report, source, target),
    close: () => client.close(),
  }
}

/** One line about what is going to be scanned: scanning the wrong cluster is a mistake that nobody should notice at the end. */
export function announce({ target, version, platform }: OpenCluster, log: Log, doing = 'Scanning'): void {
  const whose = platform.provider === '' ? '' : `, ${platform.provider}`
  log.write(
    'info',
    `${doing} the cluster of context ${target.context}: ${target.server} (${version.gitVersion}${whose}), as ${target.user}`,
  )
}

/** Nodes tell whose cluster it is; where they may not be read, other signs have to do. */
async function someNodes(client: KubeClient, discovery: Discovery, signal: AbortSignal): Promise<ValueMap[]> {
  const nodes = discovery.resources.find(({ group, kind }) => group === '' && kind === 'Node')
  if (nodes === undefined) return []
  const some: ValueMap[] = []
  try {
    for await (const node of listObjects(client, nodes, { limit: 5, signal })) {
      some.push(node)
      if (some.length === 5) break
    }
  } catch {
    signal.throwIfAborted()
  }
  return some
}

function requireResources(report: Report, source: ClusterSource, { context }: ClusterTarget): void {
  const { unreadTypes, nodes } = report.coverage
  if (source.typesRead > 0 || nodes.some(({ facts }) => facts > 0)) return
  const silent = nodes.find(({ reason }) => reason !== undefined)
  if (silent !== undefined && unreadTypes.length === 0) {
    throw new Failure(
      `no node of the cluster of context ${context} gave facts; the first, ${silent.name}: ${silent.reason ?? ''}`,
      'docs/nodes.md tells what nodes need for that; kubescape node-facts collects them without a connection.',
    )
  }
  const [first] = unreadTypes
  throw new Failure(
    first === undefined
      ? `the cluster of context ${context} has none of the types that these controls look at`
      : `nothing could be read from the cluster of context ${context}: ${count(unreadTypes.length, 'type')}, the first ${first.resource}: ${first.error}`,
    first === undefined
      ? 'Choose other frameworks, controls or kinds.'
      : 'Give the user the rights that `kubescape rbac generate` prints, or name the namespaces that it may read with --include-namespaces.',
  )
}
