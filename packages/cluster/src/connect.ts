/** Opens a connection. */
import type { ConnectOptions, KubeClient } from './client.ts'
import { Connection } from './http/connection.ts'
import type { ClusterTarget } from './target.ts'

/** A connection to the cluster; nothing is read, started or sent before the first request. Close it when done. */
export function connect(target: ClusterTarget, options: ConnectOptions = {}): KubeClient {
  return new Connection(target, options)
}
