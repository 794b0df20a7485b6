/** Finds out which clusters are meant: kubeconfig files as kubectl reads them, or the service account of a Pod. */
import type { ClusterTarget } from './target.ts'

/** Where to look, and for what. */
export interface LoadOptions {
  /** This file and no other. */
  readonly kubeconfig?: string | undefined
  /** Contexts by name, in the order wanted; none = the current one. */
  readonly contexts?: readonly string[]
  /** Default: the environment of the process. Read: `KUBECONFIG`, `HOME`, `KUBERNETES_SERVICE_HOST` and `_PORT`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** True: the service account, whatever files there are. False: files only. Left out: files, else the service account. */
  readonly inCluster?: boolean
  /** Where Kubernetes puts the service account of a Pod. */
  readonly serviceAccountFolder?: string
}

/**
 * The clusters of the contexts asked for, in their order and each once. Reads files only: no cluster is asked, no credential
 * plugin started. Throws `ClusterError`: `cluster/no-configuration`, `cluster/unreadable-configuration`,
 * `cluster/malformed-configuration`, `cluster/unknown-context`, `cluster/no-current-context`, `cluster/unknown-cluster`,
 * `cluster/unknown-user`.
 */
export function loadClusters(options: LoadOptions = {}): Promise<ClusterTarget[]> {
  throw new Error(`not written yet: ${String(options)}`)
}
