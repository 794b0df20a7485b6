/** Opens a connection. */
import type { ConnectOptions, KubeClient } from './client.ts'
import type { ClusterTarget } from './target.ts'

/** A connection to the cluster; nothing is sent before the first request. Close it when done. */
export function connect(target: ClusterTarget, options: ConnectOptions = {}): KubeClient {
  throw new Error(`not written yet: ${String(target)} ${String(options)}`)
}
