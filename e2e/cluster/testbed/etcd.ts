/** The store of a cluster: its flags, and how it is made to forget. */

/** Ports of an etcd. */
export interface EtcdPorts {
  readonly client: number
  readonly peer: number
}

/** Address of the store's clients. Only this machine can reach it, so it needs no certificates. */
export function etcdUrl(ports: EtcdPorts): string {
  return `http://127.0.0.1:${ports.client}`
}

/** Flags of etcd; `extra` ones win. */
export function etcdFlags(dataFolder: string, ports: EtcdPorts, extra: readonly string[] = []): string[] {
  const peer = `http://127.0.0.1:${ports.peer}`
  return [
    `--data-dir=${dataFolder}`,
    `--listen-client-urls=${etcdUrl(ports)}`,
    `--advertise-client-urls=${etcdUrl(ports)}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--log-level=warn',
    // Nothing here has to survive a power cut.
    '--unsafe-no-fsync',
    ...extra,
  ]
}

/** True once the store answers. */
export async function isEtcdReady(ports: EtcdPorts): Promise<boolean> {
  const answer = await fetch(`${etcdUrl(ports)}/health`, { signal: AbortSignal.timeout(5_000) })
  return answer.ok
}

/**
 * Forgets all revisions but the newest, and says so in the key from which API servers learn of the compactions of others
 * (k8s.io/apiserver, pkg/storage/etcd3/compact.go): else theirs would go on to serve old lists from memory.
 */
export async function compactEtcd(ports: EtcdPorts): Promise<void> {
  const key = base64('compact_rev_key')
  const { header } = await call(ports, 'range', { key })
  // The put makes one more revision, so that a list at what was the newest is forgotten too.
  const revision = String(Number(header.revision) + 1)
  await call(ports, 'put', { key, value: base64(revision) })
  await call(ports, 'compaction', { revision, physical: true })
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Calls the JSON form of etcd's API: https://etcd.io/docs/latest/dev-guide/api_grpc_gateway/. */
async function call(
  ports: EtcdPorts,
  method: string,
  request: Readonly<Record<string, unknown>>,
): Promise<{ header: { revision: string } }> {
  const answer = await fetch(`${etcdUrl(ports)}/v3/kv/${method}`, { method: 'POST', body: JSON.stringify(request) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`etcd, ${method}: ${answer.status} ${text}`)
  return JSON.parse(text) as { header: { revision: string } }
}
