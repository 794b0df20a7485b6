/** Asks a server what it serves. */
import type { KubeClient } from '../client.ts'
import { readAggregated, AGGREGATED, type GroupVersionTypes } from './aggregated.ts'
import type { ApiResource, Discovery, DiscoveryFailure } from './api-resource.ts'
import { askCore, askGroups } from './legacy.ts'

/**
 * Everything that the server serves: two requests, or one per group and version before Kubernetes 1.26. A group that cannot be
 * asked (its server is down) costs only itself and is in `failures`. Throws `ApiError` or `ClusterError` when the server does
 * not answer, or not even for the core group.
 */
export async function discover(client: KubeClient, signal?: AbortSignal): Promise<Discovery> {
  const [core, groups] = await Promise.all([
    client.get('/api', { accept: AGGREGATED, signal }),
    client.get('/apis', { accept: AGGREGATED, signal }),
  ])
  const parts = await Promise.all([
    readAggregated(core) ?? askCore(client, core, signal),
    readAggregated(groups) ?? askGroups(client, groups, signal),
  ])
  return gather(parts.flat())
}

/** The versions of each group come in the server's order of preference. */
function gather(parts: readonly (GroupVersionTypes | DiscoveryFailure)[]): Discovery {
  const resources: ApiResource[] = []
  const failures: DiscoveryFailure[] = []
  const known = new Set<string>()
  for (const part of parts) {
    if ('error' in part) {
      failures.push(part)
      continue
    }
    const { group, version, types } = part
    for (const type of types) {
      resources.push({ group, version, ...type, isPreferred: !known.has(`${group}/${type.plural}`) })
    }
    for (const { plural } of types) known.add(`${group}/${plural}`)
  }
  return { resources, failures }
}
