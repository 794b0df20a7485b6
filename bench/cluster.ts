/**
 * What the scan of a big cluster costs: `npm run bench:cluster`.
 *
 * A real API server on loopback, with nodes and Pods that kwok plays. Workloads are added in steps; after each one the cluster
 * is scanned by every control, in fresh processes. CPU time is user and system time of the scan alone, not of the server.
 * Needs the testbed (`e2e/cluster/README.md`) and some minutes.
 */
import { join } from 'node:path'

import { connect, loadClusters } from '@kubescape/cluster'
import type { ValueMap } from '@kubescape/resources'

import { startCluster, type Cluster } from '../e2e/cluster/testbed/cluster.ts'
import { sampleCpu, sampleRss } from './sample.ts'

const NODES = 1000
/** Pods of each step; a quarter as many Deployments and RoleBindings. */
const STEPS = [2000, 20_000]
const LIMIT_MIB = 512
const CONCURRENT = 48
/** Of every container. */
const RESOURCES = { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } }
const ROOT = join(import.meta.dirname, '..')

const cluster = await startCluster({ kwok: true })
const [target] = await loadClusters({ kubeconfig: cluster.kubeconfig })
if (target === undefined) throw new Error('the testbed has no context')
const client = connect(target, { maxConcurrent: CONCURRENT })
try {
  await main(cluster)
} finally {
  client.close()
  await cluster.stop()
}

async function main({ kubeconfig, folder }: Cluster): Promise<void> {
  console.log(`adding ${NODES} nodes`)
  await cluster.addNodes(NODES)
  await post(range(0, 100).map((at) => ['/api/v1/namespaces', named('v1', 'Namespace', `team-${at}`)]))
  console.log('   Pods  Deployments  RoleBindings  CPU ms  CPU ms per 1,000 Pods  peak RSS MiB')
  const costs: { pods: number; cpuMs: number; rssMib: number }[] = []
  let made = 0
  for (const pods of STEPS) {
    await load(made, pods)
    made = pods
    const line = `${ROOT}/bin/kubescape scan framework allcontrols --kubeconfig ${kubeconfig} -f json -o ${folder}/report.json`
    const samples = [1, 2, 3].map(() => sampleCpu(line))
    const failed = samples.find(({ exitCode }) => exitCode !== 0)
    if (failed !== undefined) throw new Error(`the scan ended with ${failed.exitCode}`)
    const cpuMs = Math.min(...samples.map((sample) => sample.cpuMs))
    const rssMib = Math.round((sampleRss(line) ?? 0) / 1024)
    costs.push({ pods, cpuMs, rssMib })
    const cells = [pods, pods / 4, pods / 4, cpuMs, Math.round((cpuMs / pods) * 1000), rssMib]
    console.log(cells.map((cell, at) => String(cell).padStart([7, 11, 12, 6, 21, 12][at] ?? 0)).join('  '))
  }
  const [small, large] = [costs[0], costs.at(-1)]
  if (small === undefined || large === undefined) return
  const growth = large.cpuMs / large.pods / (small.cpuMs / small.pods)
  console.log(`cost of a Pod in the largest beside the smallest: ${growth.toFixed(2)} (at most 1 is linear)`)
  console.log(`memory: ${large.rssMib} MiB, at most ${LIMIT_MIB}: ${large.rssMib <= LIMIT_MIB ? 'met' : 'MISSED'}`)
}

/** Pods from one number to another, nine of ten made by a workload, with their Deployments and bindings. */
async function load(from: number, to: number): Promise<void> {
  const requests: [string, ValueMap][] = []
  for (const at of range(from, to)) {
    const namespace = `team-${at % 100}`
    requests.push([`/api/v1/namespaces/${namespace}/pods`, pod(`pod-${at}`, namespace, at)])
    if (at % 4 !== 0) continue
    const name = `app-${at / 4}`
    requests.push(
      [`/apis/apps/v1/namespaces/${namespace}/deployments`, deployment(name, namespace)],
      [`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`, binding(name, namespace)],
    )
    if (at % 16 === 0) requests.push([`/api/v1/namespaces/${namespace}/services`, service(name, namespace)])
  }
  await post(requests)
}

/** Sends all of them, some at a time. */
async function post(requests: readonly (readonly [string, ValueMap])[]): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    for (let at = next++; at < requests.length; at = next++) {
      const [path, body] = requests[at] ?? []
      if (path === undefined || body === undefined) return
      await client.request('POST', path, body)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENT }, worker))
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}

function named(apiVersion: string, kind: string, name: string, namespace?: string): ValueMap & { metadata: ValueMap } {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }
}

function podSpec(name: string): ValueMap {
  return {
    containers: [
      {
        name: 'app',
        image: `registry.example.com/team/${name}:1.4.2`,
        resources: RESOURCES,
        env: range(0, 12).map((at) => ({ name: `SETTING_${at}`, value: `value of setting ${at}` })),
        securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false },
        readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
      },
      { name: 'proxy', image: 'registry.example.com/mesh/proxy:2.0', resources: RESOURCES },
    ],
  }
}

function pod(name: string, namespace: string, at: number): ValueMap {
  const base = named('v1', 'Pod', name, namespace)
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `app-${at}`, uid: `0000-${at}`, controller: true }
  const ownerReferences = at % 10 === 0 ? [] : [owner]
  return {
    ...base,
    metadata: { ...base.metadata, labels: { app: name }, ownerReferences },
    spec: { ...podSpec(name), nodeName: `node-${at % NODES}` },
  }
}

function deployment(name: string, namespace: string): ValueMap {
  const labels = { app: name }
  return {
    ...named('apps/v1', 'Deployment', name, namespace),
    spec: { replicas: 4, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec(name) } },
  }
}

function binding(name: string, namespace: string): ValueMap {
  return {
    ...named('rbac.authorization.k8s.io/v1', 'RoleBinding', name, namespace),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  }
}

function service(name: string, namespace: string): ValueMap {
  return {
    ...named('v1', 'Service', name, namespace),
    // The testbed has few addresses to give.
    spec: { clusterIP: 'None', selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] },
  }
}
