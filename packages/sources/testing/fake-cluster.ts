/** An API server on loopback that serves a few types, and answers for their lists what a test tells it to. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect, loadClusters, type KubeClient } from '@kubescape/cluster'
import type { Value, ValueMap } from '@kubescape/resources'

/** What was asked. */
export interface Asked {
  readonly path: string
  readonly query: URLSearchParams
}

/** What to answer: an object, or what goes wrong. */
export type Reply =
  | { readonly status?: number; readonly body: Value }
  /** No answer at all, or the end of the connection. */
  | { readonly failure: 'silence' | 'reset' }

/** A server, and a client of it. */
export interface FakeCluster {
  readonly client: KubeClient
  /** Everything that was asked; a test may empty it. */
  readonly asked: Asked[]
  close(): Promise<void>
}

/** Types that the server serves, namespaced all of them: group and version, kind, name in paths. */
const TYPES = [
  ['v1', 'Pod', 'pods'],
  ['v1', 'ConfigMap', 'configmaps'],
  ['apps/v1', 'Deployment', 'deployments'],
  ['batch/v1', 'CronJob', 'cronjobs'],
  ['batch/v1beta1', 'CronJob', 'cronjobs'],
] as const

/** Starts it. Lists are empty but for what `answer` says. The client gives up soon, and does not wait between tries. */
export async function startFakeCluster(answer: (asked: Asked) => Reply | undefined): Promise<FakeCluster> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://fake')
    const one = { path, query }
    asked.push(one)
    send(response, answer(one) ?? discovery(path) ?? { body: { items: [] } })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const client = await clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return {
    client,
    asked,
    close: () => {
      client.close()
      server.closeAllConnections()
      return new Promise((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

async function clientOf(server: string): Promise<KubeClient> {
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-cluster-'))
  try {
    const kubeconfig = join(folder, 'config')
    const config = {
      'current-context': 'test',
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'tester' } }],
      clusters: [{ name: 'test', cluster: { server } }],
      users: [{ name: 'tester', user: {} }],
    }
    writeFileSync(kubeconfig, JSON.stringify(config))
    const [target] = await loadClusters({ kubeconfig })
    if (target === undefined) throw new Error('the kubeconfig has no context')
    let now = 0
    const wait = (milliseconds: number): Promise<void> => {
      now += milliseconds
      return Promise.resolve()
    }
    return connect(target, { timeoutMs: 200, clock: { now: () => now, wait }, env: {} })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if ('failure' in reply) {
    if (reply.failure === 'reset') response.socket?.resetAndDestroy()
    return
  }
  response.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply.body))
}

/** The old way, which every client has to know. */
function discovery(path: string): Reply | undefined {
  if (path === '/api') return { body: { kind: 'APIVersions', versions: ['v1'] } }
  if (path === '/apis') return { body: { groups: [group('apps', 'v1'), group('batch', 'v1', 'v1beta1')] } }
  const types = TYPES.filter(([version]) => path === (version === 'v1' ? '/api/v1' : `/apis/${version}`))
  if (types.length === 0) return undefined
  return { body: { resources: types.map(([, kind, name]) => ({ kind, name, namespaced: true, verbs: ['list'] })) } }
}

function group(name: string, ...versions: readonly string[]): ValueMap {
  const entries = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions: entries, preferredVersion: entries[0] ?? null }
}

/** A refusal, as API servers write it. */
export function refusal(status: number, reason: string, message: string): Reply {
  return { status, body: { kind: 'Status', status: 'Failure', code: status, reason, message, metadata: {} } }
}
