/** What the cloud of a cluster says of it, asked by the cloud's own program. Loaded only when that is asked for. */
import { askCloud, objectsPart, type Part } from '@kubescape/sources'

import type { Log } from '../terminal.ts'
import type { OpenCluster } from './cluster-input.ts'

/** Asks, and tells every command that is run; nothing that goes wrong ends the scan. */
export async function describeCloud(
  { target, platform, nodes }: Pick<OpenCluster, 'target' | 'platform' | 'nodes'>,
  log: Log,
  signal: AbortSignal,
): Promise<Part> {
  const { context, cluster, user, server } = target
  const { resources, problems } = await askCloud({
    facts: { context, cluster, user, server, nodes, env: process.env },
    provider: platform.provider,
    isManaged: platform.managedControlPlane,
    signal,
    onCommand: (command) => log.write('info', `Running ${command}`),
  })
  return objectsPart(resources, problems)
}
