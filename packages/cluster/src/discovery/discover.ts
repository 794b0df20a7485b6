/** Asks a server what it serves. */
import type { KubeClient } from '../client.ts'
import type { Discovery } from './api-resource.ts'

/**
 * Everything that the server serves. A group that cannot be asked (its server is down) costs only itself and is in `failures`.
 * Throws `ApiError` or `ClusterError` when not even the core group answers.
 */
export function discover(client: KubeClient, signal?: AbortSignal): Promise<Discovery> {
  throw new Error(`not written yet: ${String(client)} ${String(signal)}`)
}
