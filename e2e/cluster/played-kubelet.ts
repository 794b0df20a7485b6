/** Nodes whose kubelet is the test: it sees the Pods that a host scan makes, and really runs what they say. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { launcher } from '../kubescape.ts'
import type { Cluster } from './testbed/cluster.ts'

/** What becomes of a Pod on a node. */
type Fate =
  /** It runs, with this directory as the root of the node. */
  | { readonly kind: 'runs'; readonly root: string }
  /** It runs, and something else is written in its name. */
  | { readonly kind: 'says'; readonly facts: string }
  | { readonly kind: 'no-image' }
  | { readonly kind: 'killed' }
  /** Nothing at all. */
  | { readonly kind: 'silent' }

/** A node that a test plays. */
export interface PlayedNode {
  readonly fate: Fate
  readonly labels?: Readonly<Record<string, string>>
  readonly operatingSystem?: string
  readonly isReady?: boolean
  /** Pods that it has room for. */
  readonly pods?: number
}

/** A Pod, as far as a kubelet here looks at it. */
export interface SeenPod {
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly deletionTimestamp?: string
    readonly labels: Readonly<Record<string, string>>
  }
  readonly spec: {
    readonly nodeName?: string
    readonly serviceAccountName: string
    readonly containers: readonly { readonly command: readonly string[] }[]
  }
  readonly status: { readonly phase: string }
}

const LABEL = 'kubescape.io/host-scan'
const MERGE = { 'Content-Type': 'application/merge-patch+json' }

/** Adds a node, in the state that a kubelet would report. */
export async function addPlayedNode(cluster: Cluster, name: string, node: PlayedNode): Promise<void> {
  const { labels = {}, operatingSystem = 'linux', isReady = true, pods = 10 } = node
  const system = { 'kubernetes.io/hostname': name, 'kubernetes.io/os': operatingSystem }
  await cluster.apply(
    JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { ...system, ...labels } } }),
  )
  const room = { cpu: '4', memory: '4Gi', 'ephemeral-storage': '10Gi', pods: `${pods}` }
  const conditions = [{ type: 'Ready', status: isReady ? 'True' : 'False', reason: 'Played' }]
  const nodeInfo = { operatingSystem, kernelVersion: '5.13.0-25-generic' }
  const body = { status: { capacity: room, allocatable: room, conditions, nodeInfo: { ...EMPTY_INFO, ...nodeInfo } } }
  const answer = await cluster.request(`/api/v1/nodes/${name}/status`, { method: 'PATCH', headers: MERGE, body })
  if (answer.status !== 200) throw new Error(answer.text)
}

const EMPTY_INFO = Object.fromEntries(
  ['machineID', 'systemUUID', 'bootID', 'osImage', 'containerRuntimeVersion', 'kubeletVersion', 'kubeProxyVersion']
    .concat('architecture')
    .map((key) => [key, '']),
)

/** The kubelets of all played nodes. */
export class PlayedKubelets implements AsyncDisposable {
  /** Pods that came to a node, in their order. */
  readonly seen: SeenPod[] = []
  /** What the programs of Pods printed on standard error. */
  readonly printed: string[] = []
  /** Called before the program of a Pod runs. */
  onPod: (pod: SeenPod) => Promise<void> = () => Promise.resolve()
  readonly #cluster: Cluster
  readonly #nodes: Readonly<Record<string, PlayedNode>>
  readonly #end = new AbortController()
  readonly #loop: Promise<void>
  readonly #began = new Set<string>()

  constructor(cluster: Cluster, nodes: Readonly<Record<string, PlayedNode>>) {
    this.#cluster = cluster
    this.#nodes = nodes
    this.#loop = this.#play()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    await this.#loop
  }

  async #play(): Promise<void> {
    while (!this.#end.signal.aborted) {
      const answer = await this.#cluster.request(`/api/v1/pods?labelSelector=${LABEL}`)
      const { items = [] } = answer.json() as { items?: SeenPod[] }
      await Promise.all(items.map((pod) => this.#lookAfter(pod)))
      await sleep(100)
    }
  }

  async #lookAfter(pod: SeenPod): Promise<void> {
    const { name, namespace, deletionTimestamp } = pod.metadata
    const { nodeName } = pod.spec
    const fate = nodeName === undefined ? undefined : this.#nodes[nodeName]?.fate
    if (nodeName === undefined || fate === undefined) return
    if (deletionTimestamp !== undefined) {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}?gracePeriodSeconds=0`
      await this.#cluster.request(path, { method: 'DELETE' })
      return
    }
    if (this.#began.has(`${namespace}/${name}`)) return
    this.#began.add(`${namespace}/${name}`)
    this.seen.push(pod)
    await this.onPod(pod)
    if (fate.kind === 'silent') return
    if (fate.kind === 'no-image') {
      const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "registry.example/kubescape:v1"' }
      await this.#report(pod, { phase: 'Pending', containerStatuses: [container({ waiting })] })
    } else if (fate.kind === 'killed') {
      const terminated = { exitCode: 137, reason: 'OOMKilled' }
      await this.#report(pod, { phase: 'Failed', containerStatuses: [container({ terminated })] })
    } else {
      const { code, stderr } = fate.kind === 'runs' ? await this.#run(pod, fate.root) : await this.#say(pod, fate.facts)
      this.printed.push(stderr)
      const terminated = {
        exitCode: code,
        reason: code === 0 ? 'Completed' : 'Error',
        message: code === 0 ? '' : stderr,
      }
      const phase = code === 0 ? 'Succeeded' : 'Failed'
      await this.#report(pod, { phase, containerStatuses: [container({ terminated })] })
    }
  }

  /** A kubeconfig with the token that the Pod would have. */
  async kubeconfigOf({ metadata, spec }: SeenPod): Promise<string> {
    const token = await this.#cluster.tokenFor(metadata.namespace, spec.serviceAccountName)
    return this.#cluster.kubeconfigWithToken(token)
  }

  /** The program with the arguments of the manifest, with the place of the mount and the environment put in. */
  async #run(pod: SeenPod, root: string): Promise<{ code: number; stderr: string }> {
    const [program, ...args] = pod.spec.containers[0]?.command ?? []
    if (program !== 'kubescape') throw new Error(`the Pod runs ${program}`)
    const own = args.map((arg) => (arg === '/host' ? root : arg.replace('$(NODE_NAME)', pod.spec.nodeName ?? '')))
    const child = spawn(launcher, [...own, '--kubeconfig', await this.kubeconfigOf(pod)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    const ended = once(child, 'close') as Promise<[number]>
    const stderr = await text(child.stderr)
    const [code] = await ended
    return { code, stderr }
  }

  /** Whatever a node in wrong hands puts into its Secret. */
  async #say(pod: SeenPod, facts: string): Promise<{ code: number; stderr: string }> {
    const path = `/api/v1/namespaces/${pod.metadata.namespace}/secrets/${pod.spec.serviceAccountName}`
    const answer = await this.#cluster.request(path, { method: 'PATCH', headers: MERGE, body: { data: { facts } } })
    return { code: answer.status === 200 ? 0 : 1, stderr: answer.text }
  }

  async #report({ metadata }: SeenPod, status: object): Promise<void> {
    const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`
    // It may have been removed meanwhile.
    await this.#cluster.request(path, { method: 'PATCH', headers: MERGE, body: { status } })
  }
}

function container(state: object): object {
  return {
    name: 'node-facts',
    image: 'registry.example/kubescape:v1',
    imageID: '',
    ready: false,
    restartCount: 0,
    state,
  }
}
