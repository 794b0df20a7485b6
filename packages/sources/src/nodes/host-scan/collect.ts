/** Collects facts across a cluster: a Job for each node, a few at a time, and nothing left behind. */
import { setTimeout as sleep } from 'node:timers/promises'

import { ClusterError, type KubeClient } from '@kubescape/cluster'
import { asText, field, type Requirement, type ValueMap } from '@kubescape/resources'

import type { UnreadPlace } from '../machine.ts'
import { whyNoPod } from './candidates.ts'
import { create, get, list, nameOf, remove, uidOf } from './cluster-objects.ts'
import { removeLeftovers } from './leftovers.ts'
import { namespaceManifest, type NodeJob } from './manifest.ts'
import { RunningJob, type NodeOutcome } from './node-job.ts'
import { JOB_LABEL, jobName, ownNamespace, RUN_LABEL, type HostScanRun } from './run.ts'

/** What to collect, and how. */
export interface CollectOptions {
  /** Ends with the scan. */
  readonly client: KubeClient
  /** For what has to be done however the scan ends: it outlives the cancellation of the other. */
  readonly cleaner: KubeClient
  /** Small letters and digits, of nobody else. */
  readonly runId: string
  readonly image: string
  /** Ask the metadata service of the cloud from each Pod, too. */
  readonly asksMetadataService: boolean
  /** A namespace that is there and stays; without it one is made, and goes. */
  readonly namespace?: string | undefined
  /** Nodes with these labels only. */
  readonly selector: readonly Requirement[]
  /** For all nodes together. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** One line for people. */
  readonly tell: (level: 'info' | 'warning', message: string) => void
  readonly onProgress?: (done: number, all: number) => void
  /** How often to look; default 1 s. */
  readonly intervalMs?: number
}

/** What is known of a node. */
interface CollectedNode {
  readonly name: string
  readonly objects: readonly ValueMap[]
  readonly unread: readonly UnreadPlace[]
  /** Why there are no facts. */
  readonly reason?: string
}

/** What came of a collection. */
export interface Collected {
  /** Every node of the cluster. */
  readonly nodes: readonly CollectedNode[]
  readonly run: HostScanRun
  /** Why nothing at all could be set up, in the server's words. */
  readonly failure?: string
  /** What could not be removed, as a sentence. */
  readonly left?: string
}

/** Nodes that are collected from at once. */
const AT_ONCE = 16
/** How much longer than the time limit a Pod may run, when whoever waits for it is gone. */
const GRACE_SECONDS = 30
/** How much later than the time limit others may remove what is left. */
const EXPIRES_AFTER_MS = 10 * 60_000

/**
 * Collects the facts of all nodes that can run a Pod. What cannot be had is told node by node. Throws `ClusterError` when the
 * nodes cannot be listed, and the signal's reason when it is aborted; what was made is removed first.
 */
export async function collectAcross(options: CollectOptions): Promise<Collected> {
  const { client, cleaner, runId, image, asksMetadataService, namespace, selector, timeoutMs, signal, tell } = options
  const now = Date.now()
  await removeLeftovers({ client: cleaner, namespace, now, tell })
  const run: HostScanRun = {
    id: runId,
    namespace: namespace ?? ownNamespace(runId),
    isOwnNamespace: namespace === undefined,
    image,
    asksMetadataService,
    deadlineSeconds: Math.ceil(timeoutMs / 1000) + GRACE_SECONDS,
    expires: new Date(now + timeoutMs + EXPIRES_AFTER_MS).toISOString(),
  }
  const nodes = await list(client, 'Node', { signal })
  const outcomes = new Map<string, NodeOutcome>()
  const jobs: NodeJob[] = []
  for (const node of nodes) {
    const name = nameOf(node)
    const error = whyNoPod(node, selector)
    if (error === undefined) jobs.push({ name: jobName(runId, jobs.length), node: name })
    else outcomes.set(name, { error })
  }
  const collection = new Collection(options, run, outcomes)
  const ended = jobs.length === 0 ? {} : await collection.collect(jobs)
  return { nodes: nodes.map((node) => asCollected(nameOf(node), outcomes.get(nameOf(node)))), run, ...ended }
}

function asCollected(name: string, outcome: NodeOutcome | undefined): CollectedNode {
  if (outcome === undefined) return { name, objects: [], unread: [], reason: 'it was not its turn in time' }
  return 'error' in outcome ? { name, objects: [], unread: [], reason: outcome.error } : { name, ...outcome }
}

/** A collection under way. */
class Collection {
  readonly #options: CollectOptions
  readonly #run: HostScanRun
  readonly #outcomes: Map<string, NodeOutcome>
  readonly #running = new Map<string, RunningJob>()
  #hasStarted = false

  constructor(options: CollectOptions, run: HostScanRun, outcomes: Map<string, NodeOutcome>) {
    this.#options = options
    this.#run = run
    this.#outcomes = outcomes
  }

  async collect(jobs: readonly NodeJob[]): Promise<{ failure?: string; left?: string }> {
    const { signal, tell } = this.#options
    const { namespace, image } = this.#run
    let namespaceUid: string | undefined
    let failure: string | undefined
    let left: string | undefined
    try {
      namespaceUid = await this.#prepare()
      const of = `${jobs.length} ${jobs.length === 1 ? 'node' : 'nodes'}`
      tell('info', `Collecting facts of ${of} in the namespace ${namespace}, with the image ${image}`)
      await this.#runAll(jobs)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ClusterError)) throw error
      failure = error.message
      for (const { node } of jobs) if (!this.#outcomes.has(node)) this.#outcomes.set(node, { error: error.message })
    } finally {
      left = await this.#cleanUp(namespaceUid)
      if (left !== undefined) tell('warning', left)
    }
    return { ...(failure === undefined ? {} : { failure }), ...(left === undefined ? {} : { left }) }
  }

  /** The uid of the namespace that was made; undefined for one that was there. */
  async #prepare(): Promise<string | undefined> {
    const { client } = this.#options
    if (this.#run.isOwnNamespace) return uidOf(await create(client, namespaceManifest(this.#run)))
    if ((await get(client, 'Namespace', this.#run.namespace)) !== undefined) return undefined
    throw new ClusterError('host-scan/no-namespace', `there is no namespace ${this.#run.namespace}`)
  }

  async #runAll(jobs: readonly NodeJob[]): Promise<void> {
    const { signal, timeoutMs, intervalMs = 1000, onProgress } = this.#options
    const end = performance.now() + timeoutMs
    const waiting = [...jobs]
    while (waiting.length + this.#running.size > 0 && performance.now() < end) {
      await this.#startAll(waiting.splice(0, AT_ONCE - this.#running.size))
      await sleep(intervalMs, undefined, { signal })
      await this.#look()
      onProgress?.(jobs.length - waiting.length - this.#running.size, jobs.length)
    }
    const pods = await this.#objects('Pod')
    for (const [name, job] of this.#running) {
      this.#outcomes.set(job.job.node, await job.outcomeInTime(pods.get(name)))
    }
  }

  /** Starts Jobs; one that cannot be made costs its node, and none that can be made costs all. */
  async #startAll(jobs: readonly NodeJob[]): Promise<void> {
    const { client, signal } = this.#options
    // All of them have come to an end before one that failed can end the collection: what is made later is not removed.
    const starts = await Promise.allSettled(jobs.map((job) => RunningJob.start(client, this.#run, job)))
    signal.throwIfAborted()
    let failure: ClusterError | undefined
    for (const [at, start] of starts.entries()) {
      const job = jobs[at]
      if (job === undefined) continue
      if (start.status === 'fulfilled') {
        this.#running.set(job.name, start.value)
        this.#hasStarted = true
      } else {
        if (!(start.reason instanceof ClusterError)) throw start.reason
        failure = start.reason
        this.#outcomes.set(job.node, { error: failure.message })
      }
    }
    if (failure !== undefined && !this.#hasStarted) throw failure
  }

  /** Takes in what has come of the Jobs under way. */
  async #look(): Promise<void> {
    const [jobs, pods] = await Promise.all([this.#objects('Job'), this.#objects('Pod')])
    for (const [name, job] of this.#running) {
      const outcome = await job.outcome(jobs.get(name), pods.get(name))
      if (outcome === undefined) continue
      this.#outcomes.set(job.job.node, outcome)
      this.#running.delete(name)
      await job.remove()
    }
  }

  /** The Jobs, or their Pods, by the name of the Job. */
  async #objects(kind: 'Job' | 'Pod'): Promise<Map<string, ValueMap>> {
    const { client, signal } = this.#options
    const { id, namespace } = this.#run
    const objects = await list(client, kind, { namespace, labelSelector: `${RUN_LABEL}=${id}`, signal })
    const key = (object: ValueMap): string =>
      kind === 'Job' ? nameOf(object) : (asText(field(object, 'metadata', 'labels', JOB_LABEL)) ?? '')
    return new Map(objects.map((object) => [key(object), object]))
  }

  /** Removes the namespace that was made, or the Jobs in one that was not. Gives what is left, as a sentence. */
  async #cleanUp(namespaceUid: string | undefined): Promise<string | undefined> {
    const { cleaner } = this.#options
    const { id, namespace, isOwnNamespace } = this.#run
    const selector = `${RUN_LABEL}=${id}`
    try {
      if (isOwnNamespace) {
        // A request that was cut off may have made it all the same.
        const uid = namespaceUid ?? uidOf((await get(cleaner, 'Namespace', namespace)) ?? {})
        if (uid !== '') await remove(cleaner, 'Namespace', { name: namespace, uid })
      } else {
        for (const job of await list(cleaner, 'Job', { namespace, labelSelector: selector })) {
          await remove(cleaner, 'Job', { name: nameOf(job), uid: uidOf(job) }, namespace)
        }
      }
      return undefined
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      const command = isOwnNamespace
        ? `kubectl delete namespace ${namespace}`
        : `kubectl delete jobs -n ${namespace} -l ${selector}`
      return `What was made to collect facts of nodes could not be removed: ${error.message}. Use: ${command}`
    }
  }
}
