/** Facts of the node that this runs on: objects that a scan judges, read from files alone. */
import { realpathSync } from 'node:fs'

import { CNI_PROGRAMS, cniInfo } from './cni.ts'
import { controlPlaneInfo } from './control-plane.ts'
import { kernelVersion, osRelease, securityHardening } from './host.ts'
import { kernelVariables } from './kernel-variables.ts'
import { kubeProxyInfo } from './kube-proxy.ts'
import { kubeletFacts } from './kubelet.ts'
import { DEFAULT_LIMITS, type NodeLimits } from './limits.ts'
import { Machine, type UnreadPlace } from './machine.ts'
import { openPorts } from './open-ports.ts'
import { flagOf, Processes } from './processes.ts'
import { attempt, Unread } from './unread.ts'

/** How facts are collected. */
export interface NodeFactsOptions {
  /** Directory that stands for the root of the node: `/host` in a Pod that has the node's root mounted there. Default `/`. */
  readonly root?: string
  /** Name of the node in its cluster; without it what the kubelet goes by counts, the host name. */
  readonly nodeName?: string | undefined
  readonly limits?: Partial<NodeLimits>
}

/** One object of facts. */
export interface NodeFact {
  readonly apiVersion: 'hostdata.kubescape.cloud/v1beta0'
  readonly kind: string
  readonly metadata: { readonly name: string }
  /** Plain data, as the shape of the kind has it. */
  readonly data: unknown
}

/** What was collected, and what could not be. */
export interface NodeFacts {
  readonly node: string
  readonly objects: readonly NodeFact[]
  readonly unread: readonly UnreadPlace[]
}

/**
 * Collects the facts of a node. It needs no privilege beyond reading files, starts no process and uses no network. Keys,
 * certificates and credentials are looked at from outside only; of configurations only what checks read is taken, with secrets
 * masked. What cannot be read is left out of the objects in a way that no control passes for it, and listed. Never throws.
 */
export function collectNodeFacts({ root = '/', nodeName, limits }: NodeFactsOptions = {}): NodeFacts {
  const folder = attempt(() => realpathSync(root))
  if (folder instanceof Unread) return { node: '', objects: [], unread: [{ path: root, why: folder.why }] }
  const machine = new Machine(folder, { ...DEFAULT_LIMITS, ...limits })
  const processes = new Processes(machine, CNI_PROGRAMS)
  const kubelet = kubeletFacts(machine, processes)
  const data = {
    OsReleaseFile: osRelease(machine),
    KernelVersion: kernelVersion(machine),
    LinuxSecurityHardeningStatus: securityHardening(machine),
    OpenPortsList: openPorts(machine),
    LinuxKernelVariables: kernelVariables(machine),
    KubeletInfo: kubelet.info,
    KubeProxyInfo: kubeProxyInfo(machine, processes),
    ControlPlaneInfo: controlPlaneInfo(machine, processes, kubelet.manifests),
    CNIInfo: cniInfo(machine, processes),
  }
  const node = nodeName ?? ownName(machine, processes, root)
  if (node === '') machine.note('/etc/hostname', 'does not tell the name of the node')
  const objects = Object.entries(data).flatMap(([kind, value]) =>
    value === undefined ? [] : [fact(kind, node, value)],
  )
  return { node, objects: node === '' ? [] : objects, unread: machine.unread }
}

function fact(kind: string, name: string, data: unknown): NodeFact {
  return { apiVersion: 'hostdata.kubescape.cloud/v1beta0', kind, metadata: { name }, data }
}

/** The name that the kubelet registers: the host name in small letters, unless it was told another. */
function ownName(machine: Machine, processes: Processes, root: string): string {
  const override = flagOf(processes.find('kubelet'), '--hostname-override')
  // The kernel answers for the container that asks, so elsewhere than at home only the file counts.
  const places = root === '/' ? ['/proc/sys/kernel/hostname', '/etc/hostname'] : ['/etc/hostname']
  const names = [override, ...places.map((path) => machine.text(path))].map((name) => (name ?? '').trim().toLowerCase())
  return names.find((name) => name !== '') ?? ''
}
