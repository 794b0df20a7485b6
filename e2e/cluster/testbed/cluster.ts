/** A Kubernetes control plane on loopback, for as long as a test needs it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Run } from '../../kubescape.ts'
import { request, type Answer, type RequestOptions } from './api-client.ts'
import type { KeyPair } from './certificates.ts'
import { startComponent, type Component } from './component.ts'
import { apiServerFlags, controllerManagerFlags, kwokFlags, schedulerFlags } from './control-plane.ts'
import { makeCredentials } from './credentials.ts'
import { compactEtcd, etcdFlags, etcdUrl, isEtcdReady } from './etcd.ts'
import { eventually } from './eventually.ts'
import { runKubectl, type KubectlOptions } from './kubectl.ts'
import { areReady, nodeManifests } from './nodes.ts'
import { freePort } from './ports.ts'
import { findProgram } from './program.ts'

/** What a cluster is made of, beside etcd and the API server. */
export interface ClusterOptions {
  /**
   * Deployments make Pods, namespaces get service accounts, owners take what they own with them. Without it, Pods need no
   * service account and get no token.
   */
  readonly controllerManager?: boolean
  /** Pods are given nodes. */
  readonly scheduler?: boolean
  /** Nodes become ready and their Pods run, all of it played. */
  readonly kwok?: boolean
  /** Further flags; where a flag is given twice, the last one wins. */
  readonly etcdFlags?: readonly string[]
  readonly apiServerFlags?: readonly string[]
  readonly controllerManagerFlags?: readonly string[]
}

/** A running cluster. */
export interface Cluster extends AsyncDisposable {
  /** Address of the API server. */
  readonly url: string
  /** A folder that lasts as long as the cluster; tests may put files of their own there. */
  readonly folder: string
  /** Path of the certificate of the authority that signed the API server's, and those of clients. */
  readonly caPath: string
  /** Path of the certificate of the authority by which the API server proves itself to aggregated APIs. */
  readonly proxyCaPath: string
  /** Paths of a certificate for `localhost` and 127.0.0.1, signed by the authority, for servers that the API server calls. */
  readonly serverPair: KeyPair
  /** Path of the kubeconfig of an administrator. */
  readonly kubeconfig: string
  /** Address of etcd, which asks nobody who they are. */
  readonly etcdUrl: string
  /** Path of a new kubeconfig for a user with a certificate. */
  kubeconfigFor(user: string, groups?: readonly string[]): Promise<string>
  /** A token of a service account that exists. */
  tokenFor(namespace: string, serviceAccount: string): Promise<string>
  /** Path of a new kubeconfig with a token. */
  kubeconfigWithToken(token: string): string
  /** Runs kubectl, of the same version as the API server, and waits for it. */
  kubectl(args: readonly string[], options?: KubectlOptions): Promise<Run>
  /** Applies manifests as an administrator. Throws what kubectl printed if one of them is refused. */
  apply(manifests: string): Promise<void>
  /** Asks the API server for a path, as an administrator. */
  request(path: string, options?: RequestOptions): Promise<Answer>
  /** Adds nodes, `node-0` and so on, and waits until kwok has made them ready. Gives their names. */
  addNodes(count: number): Promise<string[]>
  /** Ends the API server, gracefully unless told otherwise, and waits for its end, which takes seconds. */
  stopApiServer(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts the API server again on the same port, with other further flags if some are given. */
  startApiServer(flags?: readonly string[]): Promise<void>
  /**
   * Makes etcd forget all but the newest revision. The tokens of paged lists expire with that: within 15 seconds, since the
   * API server serves them from memory until it looks; at once after a restart of it.
   */
  compact(): Promise<void>
  /** Resident memory of the running programs in bytes, by their names; nothing where the system has no /proc. */
  memoryBytes(): Record<string, number>
  /** Path of what a program, such as `kube-apiserver`, has printed so far. */
  logPath(component: string): string
  /** Ends everything at once and removes the folder. */
  stop(): Promise<void>
}

/**
 * Starts a cluster and waits until it serves. It ends with this process, however that ends. Throws with the end of the log of
 * the program that did not start, or with what to do where the testbed is not built.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const program = findProgram()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-testbed-')))
  const components = new Map<string, Component>()
  async function stop(): Promise<void> {
    await Promise.all(Array.from(components.values(), (component) => component.stop('SIGKILL')))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    return await launch(program, folder, components, stop, options)
  } catch (error) {
    await stop()
    throw error
  }
}

async function launch(
  program: string,
  folder: string,
  components: Map<string, Component>,
  stop: () => Promise<void>,
  options: ClusterOptions,
): Promise<Cluster> {
  const logPath = (name: string): string => join(folder, 'logs', `${name}.log`)

  /** Starts a component and waits until it serves. */
  async function run(name: string, args: readonly string[], isReady: () => Promise<boolean>): Promise<void> {
    const component = startComponent({ name, program, args, folder, logPath: logPath(name), isReady })
    components.set(name, component)
    await component.ready()
  }

  // The store comes first: from now on there is someone to remove the folder, should this process be killed.
  const [port, client, peer] = await Promise.all([freePort(), freePort(), freePort()])
  const etcdPorts = { client, peer }
  const etcdStarts = run('etcd', etcdFlags(join(folder, 'etcd'), etcdPorts, options.etcdFlags), () =>
    isEtcdReady(etcdPorts),
  )
  const [{ keys, admin, kubeconfigFor, kubeconfigWithToken }] = await Promise.all([
    makeCredentials(folder, `https://127.0.0.1:${port}`),
    etcdStarts,
  ])
  const url = `https://127.0.0.1:${port}`
  const ask = (path: string, asked?: RequestOptions): Promise<Answer> => request(new URL(path, url), admin, asked)
  const isThere = async (path: string): Promise<boolean> => (await ask(path)).status === 200
  const isApiServerReady = async (): Promise<boolean> =>
    (await isThere('/readyz')) && (await isThere('/api/v1/namespaces/default'))
  const kubeconfig = await kubeconfigFor('admin', ['system:masters'])

  async function startApiServer(flags: readonly string[] = options.apiServerFlags ?? []): Promise<void> {
    if (components.get('kube-apiserver')?.isRunning() === true) throw new Error('the API server is running')
    // Where nothing makes service accounts, admission would turn all Pods away.
    const accounts = options.controllerManager === true ? [] : ['--disable-admission-plugins=ServiceAccount']
    const args = [...apiServerFlags(port, etcdUrl(etcdPorts), keys), ...accounts, ...flags]
    await run('kube-apiserver', args, isApiServerReady)
  }

  async function startControllerManager(): Promise<void> {
    const [own, identity] = await Promise.all([freePort(), kubeconfigFor('system:kube-controller-manager')])
    const args = [...controllerManagerFlags(own, identity, keys), ...(options.controllerManagerFlags ?? [])]
    await run('kube-controller-manager', args, () => isThere('/api/v1/namespaces/default/serviceaccounts/default'))
  }

  async function startScheduler(): Promise<void> {
    const [own, identity] = await Promise.all([freePort(), kubeconfigFor('system:kube-scheduler')])
    await run('kube-scheduler', schedulerFlags(own, identity, keys), async () => {
      const answer = await request(`https://127.0.0.1:${own}/readyz`, { ca: admin.ca })
      return answer.status === 200
    })
  }

  async function startKwok(): Promise<void> {
    const stages = join(folder, 'stages.yaml')
    writeFileSync(stages, execFileSync(program, ['kwok-stages']))
    const own = await freePort()
    await run('kwok', kwokFlags(own, kubeconfig, stages, keys), async () => {
      const answer = await request(`https://127.0.0.1:${own}/healthz`, { ca: admin.ca })
      return answer.status === 200
    })
  }

  await startApiServer()
  // All of them have come to an end of their start before one that failed can end the others.
  const starts = await Promise.allSettled([
    options.controllerManager === true && startControllerManager(),
    options.scheduler === true && startScheduler(),
    options.kwok === true && startKwok(),
  ])
  for (const start of starts) if (start.status === 'rejected') throw start.reason

  let nodeCount = 0
  const cluster: Cluster = {
    url,
    folder,
    caPath: keys.authority.certificate,
    proxyCaPath: keys.proxyAuthority.certificate,
    serverPair: keys.server,
    kubeconfig,
    etcdUrl: etcdUrl(etcdPorts),
    kubeconfigFor,
    kubeconfigWithToken,
    async tokenFor(namespace, serviceAccount) {
      const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`
      const answer = await ask(path, { method: 'POST', body: { spec: {} } })
      if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`)
      return (answer.json() as { status: { token: string } }).status.token
    },
    kubectl: (args, asked = {}) => runKubectl(program, folder, args, { kubeconfig, ...asked }),
    async apply(manifests) {
      const { code, stderr } = await cluster.kubectl(['apply', '-f', '-'], { stdin: manifests })
      if (code !== 0) throw new Error(stderr)
    },
    request: ask,
    async addNodes(count) {
      const names = Array.from({ length: count }, (_, index) => `node-${nodeCount + index}`)
      nodeCount += count
      await cluster.apply(nodeManifests(names))
      await eventually(`nodes are ready: ${names.join(', ')}`, async () => areReady(await ask('/api/v1/nodes'), names))
      return names
    },
    stopApiServer: async (signal = 'SIGTERM') => components.get('kube-apiserver')?.stop(signal),
    startApiServer,
    compact: () => compactEtcd(etcdPorts),
    memoryBytes() {
      const all = Array.from(components.values(), (component) => [component.name, component.memoryBytes()] as const)
      return Object.fromEntries(all.filter((pair): pair is readonly [string, number] => pair[1] !== undefined))
    },
    logPath,
    stop,
    [Symbol.asyncDispose]: stop,
  }
  return cluster
}
