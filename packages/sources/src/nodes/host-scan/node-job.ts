/** One node's Job: made, looked after, and read. */
import { ClusterError, type KubeClient } from '@kubescape/cluster'
import { asList, asText, field, type ValueMap } from '@kubescape/resources'

import { begin, create, createBinding, get, list, remove, uidOf } from './cluster-objects.ts'
import { companionManifests, jobManifest, type NodeJob } from './manifest.ts'
import { oneLine } from './one-line.ts'
import { unpackFacts, type UnpackedFacts } from './packed-facts.ts'
import { podState } from './pod-state.ts'
import { FACTS_KEY, type HostScanRun } from './run.ts'

/** What came of a node. */
export type NodeOutcome = UnpackedFacts | { readonly error: string }

/** A Job under way. */
export class RunningJob {
  readonly job: NodeJob
  readonly #client: KubeClient
  readonly #run: HostScanRun
  readonly #uid: string

  private constructor(client: KubeClient, run: HostScanRun, job: NodeJob, uid: string) {
    this.job = job
    this.#client = client
    this.#run = run
    this.#uid = uid
  }

  /** Makes the Job, then what it owns, then lets it begin: whenever this ends, what was made goes with the Job. */
  static async start(client: KubeClient, run: HostScanRun, job: NodeJob): Promise<RunningJob> {
    const uid = uidOf(await create(client, jobManifest(run, job, true)))
    const companions = Map.groupBy(companionManifests(run, job, { uid }), ({ kind }) => kind === 'RoleBinding')
    await Promise.all((companions.get(false) ?? []).map((companion) => create(client, companion)))
    await Promise.all((companions.get(true) ?? []).map((binding) => createBinding(client, binding)))
    await begin(client, job.name, run.namespace)
    return new RunningJob(client, run, job, uid)
  }

  /** What came of it, by the state of its Job and Pod; undefined while it may still give facts. */
  async outcome(job: ValueMap | undefined, pod: ValueMap | undefined): Promise<NodeOutcome | undefined> {
    const state = pod === undefined ? undefined : podState(pod)
    if (state?.kind === 'ended' || state?.kind === 'stuck') return this.#read(state.reason)
    const ended = asList(field(job, 'status', 'conditions')).find(
      (each) => ['Complete', 'Failed'].includes(asText(field(each, 'type')) ?? '') && field(each, 'status') === 'True',
    )
    if (ended !== undefined) return this.#read(`its Job ended: ${oneLine(asText(field(ended, 'message')) ?? '')}`)
    return job === undefined ? { error: 'its Job was removed by somebody' } : undefined
  }

  /** What came of it when there is no more time. */
  async outcomeInTime(pod: ValueMap | undefined): Promise<NodeOutcome> {
    return this.#read(pod === undefined ? await this.#whyNoPod() : podState(pod).reason)
  }

  /** Removes the Job with all that it owns. */
  async remove(): Promise<void> {
    await remove(this.#client, 'Job', { name: this.job.name, uid: this.#uid }, this.#run.namespace)
  }

  /** The facts, whatever became of the Pod after it had written them. */
  async #read(otherwise: string): Promise<NodeOutcome> {
    const secret = await get(this.#client, 'Secret', this.job.name, this.#run.namespace)
    const packed = asText(field(secret, 'data', FACTS_KEY))
    return packed === undefined ? { error: otherwise } : unpackFacts(packed, this.job.node)
  }

  /** Quotas, webhooks and admission refuse a Pod to its Job, which tells it in an event. */
  async #whyNoPod(): Promise<string> {
    try {
      const events = await list(this.#client, 'Event', {
        namespace: this.#run.namespace,
        fieldSelector: `involvedObject.name=${this.job.name},reason=FailedCreate`,
      })
      const message = oneLine(asText(events.at(-1)?.['message']) ?? '')
      return message === '' ? 'its Job made no Pod' : `its Job could make no Pod: ${message}`
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      return 'its Job made no Pod'
    }
  }
}
