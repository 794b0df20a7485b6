/** Facts of the network plug-ins of a node: their configuration files, and which they are. */
import { asList, asText, field } from '@kubescape/resources'

import { readConfig } from './documents.ts'
import type { FileRecord, Machine } from './machine.ts'
import { unlessEmpty } from './members.ts'
import { PLACES } from './places.ts'
import { flagOf, type Processes } from './processes.ts'
import { Unread } from './unread.ts'
import { walkFiles } from './walk-files.ts'

/** Data of a CNIInfo object. */
export interface CniInfo {
  readonly CNIConfigFiles?: readonly FileRecord[]
  readonly CNINames?: readonly string[]
}

/** Names of plug-ins by the programs that run on each node. */
const BY_PROGRAM: Readonly<Record<string, string>> = {
  'antrea-agent': 'Antrea',
  'aws-k8s-agent': 'aws',
  'calico-node': 'Calico',
  'cilium-agent': 'Cilium',
  flanneld: 'Flannel',
  kindnetd: 'Kindnet',
  'kube-router': 'kube-router',
  'multus-daemon': 'Multus',
  ovnkube: 'OVN-Kubernetes',
  weaver: 'WeaveNet',
}

/** Names of plug-ins by the type in their configuration. */
const BY_TYPE: Readonly<Record<string, string>> = {
  antrea: 'Antrea',
  'aws-cni': 'aws',
  calico: 'Calico',
  'cilium-cni': 'Cilium',
  flannel: 'Flannel',
  multus: 'Multus',
  'multus-shim': 'Multus',
  'ovn-k8s-cni-overlay': 'OVN-Kubernetes',
  'weave-net': 'WeaveNet',
}

/** Programs that tell which plug-in is used. */
export const CNI_PROGRAMS: readonly string[] = Object.keys(BY_PROGRAM)

const CONFIGURATION = /\.(?:conf|conflist|json)$/
/** Plug-ins keep credentials in folders beside their configuration. */
const DEPTH = 2

/** Facts of the network plug-ins; undefined where there are none. */
export function cniInfo(machine: Machine, processes: Processes): CniInfo | undefined {
  const flagged = flagOf(processes.find('kubelet'), '--cni-conf-dir')
  const directories = [...new Set([...(flagged === undefined ? [] : [flagged]), ...PLACES.cni])]
  const present = directories.filter((directory) => !machine.isMissing(directory))
  const walks = present.map((directory) => walkFiles(machine, directory, DEPTH))
  const records = walks.flatMap(({ files, unlisted }) => [
    ...files.map((file) => machine.record(file)),
    ...unlisted.map(({ path, why }) => ({ path: `${path}/*`, ownership: { err: why } })),
  ])
  return unlessEmpty<CniInfo>({
    CNIConfigFiles: records.length === 0 ? undefined : records,
    CNINames: pluginNames(
      machine,
      processes,
      walks[0]?.files.find((path) => CONFIGURATION.test(path)),
    ),
  })
}

/** The plug-ins that are known by name. No list is given where there are none: an empty one would say that it is complete. */
function pluginNames(machine: Machine, processes: Processes, config: string | undefined): string[] | undefined {
  const running = CNI_PROGRAMS.filter((program) => processes.runs(program)).map((program) => BY_PROGRAM[program] ?? '')
  const types = config === undefined ? [] : pluginTypes(machine, config)
  const configured = types.flatMap((type) => (Object.hasOwn(BY_TYPE, type) ? [BY_TYPE[type] ?? ''] : []))
  const names = [...new Set([...running, ...configured])]
  // k3s brings a policy engine of its own for Flannel, and no file tells whether it is switched on.
  const isOpen = processes.runs('k3s') && names.every((name) => name === 'Flannel')
  return names.length === 0 || isOpen ? undefined : names
}

/** The types of the configuration that container runtimes take: the first by name. */
function pluginTypes(machine: Machine, path: string): string[] {
  const config = readConfig(machine, path)
  if (config instanceof Unread) {
    machine.note(path, config.why)
    return []
  }
  return [config['type'], ...asList(config['plugins']).map((plugin) => field(plugin, 'type'))].flatMap(
    (type) => asText(type) ?? [],
  )
}
