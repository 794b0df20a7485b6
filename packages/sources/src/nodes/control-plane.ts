/** Facts of the control plane: manifests, credentials, keys, data and command lines of its components. */
import { asText } from '@kubescape/resources'

import { readConfig } from './documents.ts'
import type { FileRecord, Machine } from './machine.ts'
import { unlessEmpty } from './members.ts'
import { pki, type Pki } from './pki.ts'
import { MICROK8S_ARGUMENTS, PLACES } from './places.ts'
import { cmdLineOf, flagOf, type Component, type Processes } from './processes.ts'
import { auditPolicyRecord, encryptionConfigRecord } from './sealed-documents.ts'
import { findStaticPod, pathOnNode } from './static-pods.ts'
import { Unread } from './unread.ts'

/** What facts say of one component. */
interface ComponentInfo {
  /** The manifest of its static Pod. */
  readonly specsFile?: FileRecord
  /** Its credentials: `scheduler.conf`, `controller-manager.conf`. */
  readonly configFile?: FileRecord
  readonly kubeConfigFile?: FileRecord
  readonly clientCAFile?: FileRecord
  readonly cmdLine?: string
}

/** What facts say of the API server. */
interface ApiServerInfo extends ComponentInfo {
  readonly encryptionProviderConfigFile?: FileRecord
  readonly auditPolicyFile?: FileRecord
}

/** Data of a ControlPlaneInfo object. */
export interface ControlPlaneInfo extends Partial<Pki> {
  readonly APIServerInfo?: ApiServerInfo
  readonly controllerManagerInfo?: ComponentInfo
  readonly schedulerInfo?: ComponentInfo
  readonly etcdConfigFile?: FileRecord
  readonly etcdDataDir?: FileRecord
  readonly adminConfigFile?: FileRecord
}

/** Facts of the control plane; undefined on nodes without one. `manifests` is where the kubelet looks for static Pods. */
export function controlPlaneInfo(
  machine: Machine,
  processes: Processes,
  manifests: string | undefined,
): ControlPlaneInfo | undefined {
  const find = (name: Component): Found => new Found(machine, processes, name, manifests)
  const apiServer = find('kube-apiserver')
  const info = unlessEmpty<ControlPlaneInfo>({
    APIServerInfo: apiServerInfo(machine, apiServer),
    controllerManagerInfo: clientInfo(machine, find('kube-controller-manager'), PLACES.controllerManagerKubeconfig),
    schedulerInfo: clientInfo(machine, find('kube-scheduler'), PLACES.schedulerKubeconfig),
    ...etcd(machine, find('etcd')),
    adminConfigFile: machine.firstRecord(PLACES.adminKubeconfig),
  })
  // Nodes without a control plane have a PKI directory as well.
  return info && { ...info, ...pki(machine, apiServer.path('--client-ca-file')) }
}

/** A component as far as it was found: its process, its manifest, or neither. */
class Found {
  readonly info: ComponentInfo
  readonly isRunning: boolean
  readonly #path: (flag: string) => string | undefined

  constructor(machine: Machine, processes: Processes, name: Component, manifests: string | undefined) {
    const process = processes.find(name)
    const manifest = findStaticPod(machine, name, manifests)
    const specsFile = manifest?.record ?? machine.firstRecord([`${MICROK8S_ARGUMENTS}/${name}`])
    this.isRunning = process !== undefined
    this.info = unlessEmpty<ComponentInfo>({ specsFile, ...cmdLineOf(process) }) ?? {}
    this.#path = (flag) => {
      const path = flagOf(process, flag)
      if (path === undefined || manifest === undefined || process?.isNested !== true) return path
      const onNode = pathOnNode(manifest, name, path)
      if (!(onNode instanceof Unread)) return onNode
      machine.note(path, onNode.why)
      return undefined
    }
  }

  /** The file on the node that a flag names. */
  path(flag: string): string | undefined {
    return this.#path(flag)
  }
}

function apiServerInfo(machine: Machine, server: Found): ApiServerInfo | undefined {
  const encryption = server.isRunning
    ? server.path('--encryption-provider-config')
    : machine.firstPath(PLACES.encryptionConfig)
  const auditPolicy = server.path('--audit-policy-file')
  const clientCa = server.path('--client-ca-file')
  return unlessEmpty<ApiServerInfo>({
    ...server.info,
    clientCAFile: clientCa === undefined ? undefined : machine.record(clientCa),
    encryptionProviderConfigFile: encryption === undefined ? undefined : encryptionConfigRecord(machine, encryption),
    auditPolicyFile: auditPolicy === undefined ? undefined : auditPolicyRecord(machine, auditPolicy),
  })
}

function clientInfo(machine: Machine, client: Found, usual: readonly string[]): ComponentInfo | undefined {
  const named = client.path('--kubeconfig')
  const credentials = named === undefined ? machine.firstRecord(usual) : machine.record(named)
  const kubeConfigFile = named === undefined ? undefined : credentials
  return unlessEmpty<ComponentInfo>({ ...client.info, configFile: credentials, kubeConfigFile })
}

function etcd(machine: Machine, server: Found): Record<'etcdConfigFile' | 'etcdDataDir', FileRecord | undefined> {
  const file = server.path('--config-file')
  const config = file === undefined ? undefined : readConfig(machine, file)
  if (file !== undefined && config instanceof Unread) machine.note(file, config.why)
  const configured = config instanceof Unread ? undefined : asText(config?.['data-dir'])
  const data = server.path('--data-dir') ?? (configured || undefined)
  return {
    etcdConfigFile: server.info.specsFile ?? machine.firstRecord(PLACES.etcdConfig),
    etcdDataDir:
      data === undefined ? machine.firstRecord(PLACES.etcdData, 'directory') : machine.record(data, 'directory'),
  }
}
