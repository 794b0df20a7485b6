/** A cluster of played nodes, and host scans of it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { JsonReport } from '../json-report.ts'
import { launcher } from '../kubescape.ts'
import type { MockMachine } from '../../packages/sources/src/nodes/mock-machine.ts'
import { mockNode } from '../mock-node.ts'
import { addPlayedNode, type PlayedNode } from './played-kubelet.ts'
import { startCluster, type Cluster } from './testbed/cluster.ts'
import { eventually } from './testbed/eventually.ts'

/** What the nodes are told to run; nobody pulls it. */
export const IMAGE = 'registry.example/kubescape:v1'
/** A scan of which most controls are about nodes. */
export const FRAMEWORK: readonly string[] = ['scan', 'framework', 'cis-v1.23-t1.0.1']
/** The flags of a collection. */
export const COLLECT: readonly string[] = ['--enable-host-scan', '--host-scan-image', IMAGE]
/** The label of everything that a collection makes. */
export const LABEL = 'kubescape.io/host-scan'
/** The annotation with the time from which on others may remove it. */
export const EXPIRES = 'kubescape.io/host-scan-expires'

/** A cluster with a node of each sort. */
export class PlayedCluster implements AsyncDisposable {
  readonly cluster: Cluster
  readonly nodes: Readonly<Record<string, PlayedNode>>
  /** The files of two nodes. */
  readonly machines: { readonly good: MockMachine; readonly bad: MockMachine }

  private constructor(cluster: Cluster, machines: PlayedCluster['machines']) {
    this.cluster = cluster
    this.machines = machines
    this.nodes = nodesOf(machines)
  }

  /** Starts it. */
  static async start(apiServerFlags: readonly string[] = []): Promise<PlayedCluster> {
    const cluster = await startCluster({
      controllerManager: true,
      scheduler: true,
      apiServerFlags,
      // Nobody renews the leases of these nodes.
      controllerManagerFlags: ['--controllers=*,-node-lifecycle-controller'],
    })
    const played = new PlayedCluster(cluster, { good: mockNode('good'), bad: mockNode('bad') })
    for (const [name, node] of Object.entries(played.nodes)) await addPlayedNode(cluster, name, node)
    return played
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cluster.stop()
    for (const machine of Object.values(this.machines)) machine.remove()
  }

  /** A scan beside this process, which has the kubelets to play. */
  scan(...args: readonly string[]): Scan {
    const kubeconfig = args.includes('--kubeconfig') ? [] : ['--kubeconfig', this.cluster.kubeconfig]
    const format = args.includes('-f') ? [] : ['-f', 'json']
    const child = spawn(launcher, [...args, ...kubeconfig, ...format], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    })
    const end = async (): ReturnType<() => Scan['ended']> => {
      const closed = once(child, 'close') as Promise<[number | null]>
      const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed])
      const report = (stdout.startsWith('{') ? JSON.parse(stdout) : {}) as Scanned['report']
      return { code, stdout, stderr, report }
    }
    return { child, ended: end() }
  }

  /** Names of all objects of collections, by type. */
  async objects(types: string = `namespaces,${EVERYTHING}`): Promise<string[]> {
    const { stdout, stderr } = await this.cluster.kubectl(['get', types, '-A', '-l', LABEL, '-o', 'name'])
    if (stderr !== '' && !stderr.includes('No resources found')) throw new Error(stderr)
    return stdout.split('\n').filter(Boolean)
  }

  /** Waits until collections have left nothing. */
  async nothingIsLeft(): Promise<void> {
    await eventually('nothing is left', async () => (await this.objects()).length === 0, {
      timeoutMs: 90_000,
      intervalMs: 500,
    })
  }
}

const EVERYTHING = 'jobs,pods,secrets,serviceaccounts,roles,rolebindings'

/** A scan under way. */
interface Scan {
  readonly child: ChildProcess
  readonly ended: Promise<Scanned>
}

/** What a scan gave. */
export interface Scanned {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly report: JsonReport & {
    readonly scanCoverage: {
      readonly nodes: readonly { name: string; facts: number; unreadPlaces: readonly object[]; reason?: string }[]
    }
  }
}

/** What a node in wrong hands may write: facts of another node, several of a kind, and what are no facts. */
const lie = { kind: 'KubeletInfo', metadata: { name: 'good' }, data: { cmdLine: 'kubelet --anonymous-auth=true' } }
const lies = { objects: [lie, { ...lie, data: {} }, { kind: 'Pod', metadata: { name: 'liar' }, data: {} }] }

function nodesOf({ good, bad }: PlayedCluster['machines']): Readonly<Record<string, PlayedNode>> {
  return {
    good: { fate: { kind: 'runs', root: good.root } },
    bad: { fate: { kind: 'runs', root: bad.root } },
    'no-image': { fate: { kind: 'no-image' } },
    killed: { fate: { kind: 'killed' } },
    silent: { fate: { kind: 'silent' } },
    liar: { fate: { kind: 'says', facts: gzipSync(JSON.stringify(lies)).toString('base64') } },
    bomb: { fate: { kind: 'says', facts: gzipSync(Buffer.alloc(2 ** 25)).toString('base64') } },
    empty: { fate: { kind: 'runs', root: '/proc/self/task' } },
    full: { fate: { kind: 'silent' }, pods: 0 },
    windows: { fate: { kind: 'silent' }, operatingSystem: 'windows' },
    fargate: { fate: { kind: 'silent' }, labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
    broken: { fate: { kind: 'silent' }, isReady: false },
  }
}

/** Statuses of facts of nodes, by control, kind and node. */
export function verdicts(report: JsonReport, ...nodes: readonly string[]): Map<string, string> {
  const all = Object.values(report.summaryDetails.controls).flatMap(({ controlID, resourceIDs }) =>
    Object.entries(resourceIDs).flatMap(([id, status]): [string, string][] => {
      const [, kind, name] = /hostdata\.kubescape\.cloud\/.*\/(\w+)\/([\w.-]+)$/.exec(id) ?? []
      return kind !== undefined && nodes.includes(name ?? '') ? [[`${controlID} ${kind}/${name}`, status]] : []
    }),
  )
  return new Map(all.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
