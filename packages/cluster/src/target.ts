/** A cluster to talk to: what a report may say of it, and, out of sight, how to get in. */
import type { Access } from './access.ts'

/** One context of the configuration. Nothing in it is secret but `access`, which shows and serialises as nothing. */
export interface ClusterTarget {
  /** Name of the context; `in-cluster` for the service account of a Pod. */
  readonly context: string
  /** Name of the cluster in the configuration. */
  readonly cluster: string
  /** Base URL of the API, without a trailing slash; it may have a path. */
  readonly server: string
  /** Name of the user in the configuration. */
  readonly user: string
  /** Namespace of the context; `default` where it names none. */
  readonly namespace: string
  /** For `connect`. */
  readonly access: Access
}
