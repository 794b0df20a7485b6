/** Finds out which clusters are meant: kubeconfig files as kubectl reads them, or the service account of a Pod. */
import { Access } from './access.ts'
import { ClusterError } from './errors.ts'
import { findKubeconfig, type FoundKubeconfig } from './kubeconfig/find-files.ts'
import { inClusterTarget } from './kubeconfig/in-cluster.ts'
import { nearestNames } from './kubeconfig/nearest-names.ts'
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
export async function loadClusters(options: LoadOptions = {}): Promise<ClusterTarget[]> {
  const { kubeconfig, contexts = [], env = process.env, inCluster, serviceAccountFolder } = options
  const found = inCluster === true ? undefined : findKubeconfig(kubeconfig, env)
  if (found !== undefined) {
    const names = contexts.length > 0 ? new Set(contexts) : [currentContext(found)]
    return [...names].map((name) => targetOf(found, name))
  }
  const target = inCluster === false || kubeconfig ? undefined : inClusterTarget(env, serviceAccountFolder)
  if (target === undefined) throw noConfiguration(options)
  const unknown = contexts.find((name) => name !== target.context)
  if (unknown !== undefined) throw unknownContext(unknown, [target.context])
  return [target]
}

function currentContext({ currentContext: name, contexts, files }: FoundKubeconfig): string {
  if (name !== '') return name
  throw new ClusterError('cluster/no-current-context', `${files.join(', ')} names no current context`, {
    hint: `Choose a context: ${listed([...contexts.keys()])}.`,
  })
}

function targetOf({ contexts, clusters, users, files }: FoundKubeconfig, name: string): ClusterTarget {
  const context = contexts.get(name)
  if (context === undefined) throw unknownContext(name, [...contexts.keys()])
  const server = clusters.get(context.cluster)
  if (server === undefined || server.server === '') {
    const what = context.cluster === '' ? 'names no cluster' : `is for the cluster ${context.cluster}`
    const missing = server === undefined ? 'which is not there' : 'which has no server'
    const message = `the context ${name} ${what}${context.cluster === '' ? '' : `, ${missing}`}`
    throw new ClusterError('cluster/unknown-cluster', message, { hint: `Complete ${files.join(', ')}.` })
  }
  const user = users.get(context.user)
  if (user === undefined) {
    const what = context.user === '' ? 'names no user' : `is for the user ${context.user}, who is not there`
    throw new ClusterError('cluster/unknown-user', `the context ${name} ${what}`, {
      hint: `Complete ${files.join(', ')}, or log in again with the tool that wrote this context.`,
    })
  }
  return {
    context: name,
    cluster: context.cluster,
    server: server.server,
    user: context.user,
    namespace: context.namespace || 'default',
    access: new Access(server, user),
  }
}

function unknownContext(name: string, known: readonly string[]): ClusterError {
  const near = nearestNames(name, known)
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are: ${listed(known)}.`
  return new ClusterError('cluster/unknown-context', `there is no context ${name}`, { hint })
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none'
  return names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ')
}

function noConfiguration({ kubeconfig, inCluster }: LoadOptions): ClusterError {
  if (inCluster === true) {
    return new ClusterError('cluster/no-configuration', 'there is no service account here: this is no Pod of a cluster')
  }
  const message = kubeconfig
    ? `the kubeconfig ${kubeconfig} is empty`
    : 'there is no kubeconfig, so no cluster is known'
  return new ClusterError('cluster/no-configuration', message, {
    hint: 'Name a kubeconfig (the flag, KUBECONFIG, or ~/.kube/config), or give files to scan.',
  })
}
