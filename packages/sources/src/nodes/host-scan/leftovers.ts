/** What earlier collections could not remove, since they were killed: their time is written on it. */
import { ClusterError, type KubeClient } from '@kubescape/cluster'
import { asText, field } from '@kubescape/resources'

import { list, remove } from './cluster-objects.ts'
import { leftoverOf, RUN_LABEL } from './run.ts'

/** Where leftovers may be, and who is told. */
export interface LeftoverSearch {
  readonly client: KubeClient
  /** A namespace that was named for collections; they keep their Jobs there. */
  readonly namespace: string | undefined
  readonly now: number
  readonly tell: (level: 'info' | 'warning', message: string) => void
}

/**
 * Removes namespaces and Jobs of collections whose time is over; what a Job owns goes with it. Those of collections that may
 * still be under way stay, and so does all that carries the label without being of a collection. Never throws for what the
 * server refuses: a collection does not depend on it.
 */
export async function removeLeftovers({ client, namespace, now, tell }: LeftoverSearch): Promise<void> {
  for (const kind of ['Namespace', 'Job'] as const) {
    if (kind === 'Job' && namespace === undefined) continue
    const within = kind === 'Job' ? namespace : undefined
    try {
      const found = await list(client, kind, {
        labelSelector: RUN_LABEL,
        ...(within === undefined ? {} : { namespace: within }),
      })
      for (const object of found) {
        const leftover = leftoverOf(object, kind, now)
        if (leftover === undefined || asText(field(object, 'metadata', 'deletionTimestamp')) !== undefined) continue
        const what = `${kind === 'Job' ? 'the Job' : 'the namespace'} ${leftover.name}`
        if (leftover.isExpired) {
          await remove(client, kind, leftover, within)
          tell('info', `Removed ${what}, which an earlier --enable-host-scan has left`)
        } else tell('info', `Left ${what} alone: another --enable-host-scan may need it until ${leftover.until}`)
      }
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      tell('warning', `What earlier --enable-host-scan may have left could not be looked for: ${error.message}`)
    }
  }
}
