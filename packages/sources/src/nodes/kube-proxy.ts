/** Facts of kube-proxy: its command line and its credentials. */
import { asText, field } from '@kubescape/resources'

import { readConfig } from './documents.ts'
import type { FileRecord, Machine } from './machine.ts'
import { unlessEmpty } from './members.ts'
import { PLACES } from './places.ts'
import type { NodeProcess } from './process-table.ts'
import { cmdLineOf, flagOf, type Processes } from './processes.ts'
import { Unread } from './unread.ts'

/** Data of a KubeProxyInfo object. */
export interface KubeProxyInfo {
  readonly kubeConfigFile?: FileRecord
  readonly cmdLine?: string
}

/** Facts of kube-proxy; undefined where there is none. */
export function kubeProxyInfo(machine: Machine, processes: Processes): KubeProxyInfo | undefined {
  const proxy = processes.find('kube-proxy')
  const path = proxy === undefined ? machine.firstPath(PLACES.proxyKubeconfig) : credentials(machine, proxy)
  const kubeConfigFile = path === undefined ? undefined : machine.record(path)
  return unlessEmpty<KubeProxyInfo>({ kubeConfigFile, ...cmdLineOf(proxy) })
}

/** In a Pod the credentials may come from a ConfigMap (kubeadm); then they are no file of the node. */
function credentials(machine: Machine, proxy: NodeProcess): string | undefined {
  const flagged = flagOf(proxy, '--kubeconfig')
  const config = flagOf(proxy, '--config')
  const read = flagged !== undefined || config === undefined ? undefined : readConfig(machine, config)
  if (config !== undefined && read instanceof Unread && !(read.isMissing && proxy.isNested))
    machine.note(config, read.why)
  const configured = read instanceof Unread ? undefined : asText(field(read, 'clientConnection', 'kubeconfig'))
  const path = flagged ?? (configured || undefined)
  return path !== undefined && proxy.isNested && machine.isMissing(path) ? undefined : path
}
