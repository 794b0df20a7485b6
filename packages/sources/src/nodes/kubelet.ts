/** Facts of the kubelet: its command line, its configuration, and the files that it trusts. */
import { asText, field } from '@kubescape/resources'

import { kubeletConfig, type KubeletConfig } from './kubelet-config.ts'
import type { FileRecord, Machine } from './machine.ts'
import { unlessEmpty } from './members.ts'
import { K3S_KUBELET_DROP_INS, KUBELET_UNITS, PLACES, UNIT_DIRECTORIES } from './places.ts'
import { cmdLineOf, flagOf, type Processes } from './processes.ts'
import { Unread } from './unread.ts'

/** Data of a KubeletInfo object. */
interface KubeletInfo {
  readonly serviceFiles?: readonly FileRecord[]
  readonly configFile?: FileRecord
  readonly kubeConfigFile?: FileRecord
  readonly clientCAFile?: FileRecord
  readonly cmdLine?: string
}

/** What facts say of the kubelet, and where it looks for static Pods. */
export interface KubeletFacts {
  readonly info: KubeletInfo | undefined
  readonly manifests: string | undefined
}

/**
 * Facts of the kubelet of a node; no info where there is none. A kubelet that runs uses the files that it was told to use; the
 * usual places count where none is seen.
 */
export function kubeletFacts(machine: Machine, processes: Processes): KubeletFacts {
  const kubelet = processes.find('kubelet')
  const flagged = (flag: string): FileRecord | undefined => {
    const path = flagOf(kubelet, flag)
    return path === undefined ? undefined : machine.record(path)
  }
  const usual = (paths: readonly string[]): FileRecord | undefined =>
    kubelet === undefined ? machine.firstRecord(paths) : undefined
  const config =
    kubelet === undefined
      ? usualConfig(machine)
      : kubeletConfig(machine, flagOf(kubelet, '--config'), flagOf(kubelet, '--config-dir'))
  const info = unlessEmpty<KubeletInfo>({
    serviceFiles: serviceFiles(machine),
    configFile: config?.record,
    kubeConfigFile: flagged('--kubeconfig') ?? usual(PLACES.kubeletKubeconfig),
    clientCAFile: flagged('--client-ca-file') ?? configuredClientCa(machine, config) ?? usual(PLACES.clientCa),
    ...cmdLineOf(kubelet),
  })
  return {
    info,
    manifests: flagOf(kubelet, '--pod-manifest-path') ?? (asText(config?.settings?.['staticPodPath']) || undefined),
  }
}

function usualConfig(machine: Machine): KubeletConfig | undefined {
  const file = machine.firstPath(PLACES.kubeletConfig)
  const directory = file === undefined ? machine.firstPath([K3S_KUBELET_DROP_INS]) : undefined
  return kubeletConfig(machine, file, directory)
}

function configuredClientCa(machine: Machine, config: KubeletConfig | undefined): FileRecord | undefined {
  const path = asText(field(config?.settings, 'authentication', 'x509', 'clientCAFile'))
  return path ? machine.record(path) : undefined
}

/** The unit that counts, and all of its drop-ins. */
function serviceFiles(machine: Machine): FileRecord[] | undefined {
  const paths = KUBELET_UNITS.flatMap((unit) => {
    const places = UNIT_DIRECTORIES.map((directory) => `${directory}/${unit}`)
    const file = machine.firstPath(places)
    return [...(file === undefined ? [] : [file]), ...places.flatMap((place) => dropIns(machine, `${place}.d`))]
  })
  // /lib is a link to /usr/lib on most machines: the same file is told once.
  const records = new Map(paths.map((path) => [path.replace(/^\/lib\//, '/usr/lib/'), path]))
  return records.size === 0 ? undefined : [...records.values()].map((path) => machine.record(path))
}

function dropIns(machine: Machine, directory: string): string[] {
  const listed = machine.files.list(directory, machine.limits.files)
  if (listed instanceof Unread) return listed.isMissing ? [] : [`${directory}/*.conf`]
  const names = listed.names.filter((name) => name.endsWith('.conf'))
  return [...names, ...(listed.isCut ? ['*.conf'] : [])].map((name) => `${directory}/${name}`)
}
