/** The other end: a Pod on a node hands over what it has collected. */
import { setTimeout as sleep } from 'node:timers/promises'

import { ApiError, type KubeClient } from '@kubescape/cluster'

import { FACTS_KEY } from './run.ts'

/** Where facts are written to: a Secret that is there. */
export interface FactsPlace {
  readonly namespace: string
  readonly name: string
}

/** Rights take a moment to reach all API servers. */
const TRIES = 15
const INTERVAL_MS = 1000

/** Fills the Secret. Throws `ApiError` or `ClusterError` when it cannot be done. */
export async function publishFacts(
  client: KubeClient,
  { namespace, name }: FactsPlace,
  packed: string,
  signal?: AbortSignal,
): Promise<void> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`
  const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data: { [FACTS_KEY]: packed } }
  const options = {
    query: { fieldManager: 'kubescape-node-facts', force: true },
    contentType: 'application/apply-patch+yaml',
    signal,
  }
  for (let tries = 1; ; tries++) {
    try {
      await client.request('PATCH', path, body, options)
      return
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 403 || tries >= TRIES) throw error
      await sleep(INTERVAL_MS, undefined, signal === undefined ? {} : { signal })
    }
  }
}
