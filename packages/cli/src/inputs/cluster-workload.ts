/** One workload of a live cluster. */
import { ApiError, listObjects, pathOf, pickResources, type ApiResource } from '@kubescape/cluster'
import {
  identityOf,
  isManaged,
  ownerOf,
  SERVED_TYPES,
  type Identity,
  type Match,
  type Owner,
  type Resource,
  type ValueMap,
} from '@kubescape/resources'
import type { TargetWorkload } from '@kubescape/scanner'

import { Failure } from '../failure.ts'
import type { OpenCluster } from './cluster-input.ts'
import { chainOf, LONGEST_CHAIN, made, missing } from './workload-input.ts'

/** Names that are asked for when one is not there. */
const MOST_NAMES = 500

/** The workload in the cluster: its type there, and its namespace, which is that of the context where none was given. */
export interface LocatedWorkload extends TargetWorkload {
  readonly namespace: string
  /** False where it may be in any namespace, for all that was said. */
  readonly isNamespaceGiven: boolean
  readonly type: ApiResource
}

/**
 * Where the workload is to be found.
 * @throws {Failure} when the server does not serve its type
 */
export function locate({ discovery, target: context }: OpenCluster, workload: TargetWorkload): LocatedWorkload {
  const { kind, group, version } = workload
  const groups = group === undefined ? groupsOf(kind) : [group]
  const wanted: Match = { groups, versions: [version ?? '*'], kinds: [kind] }
  const { listed, unreadable } = pickResources(discovery, [wanted])
  const [type] = listed
  if (type === undefined) {
    const [failure] = unreadable
    const served = discovery.resources.filter((each) => each.kind === kind).map(apiVersionOf)
    throw new Failure(
      `the cluster of context ${context.context} has no type ${[kind, version ?? '', ...(group === undefined ? [] : [group])].filter(Boolean).join('.')}${failure === undefined ? '' : `: ${failure.error}`}`,
      served.length === 0
        ? 'Check the kind, and the context.'
        : `It has ${kind} as ${[...new Set(served)].join(', ')}.`,
    )
  }
  const isNamespaceGiven = workload.namespace !== undefined
  return { ...workload, namespace: workload.namespace ?? context.namespace, isNamespaceGiven, type }
}

/**
 * Reads the workload. Who may list its type but not get it is asked for a list of one.
 * @throws {Failure} when it is not there, may not be read, or was made by another workload
 */
export async function getWorkload(
  cluster: OpenCluster,
  workload: LocatedWorkload,
  signal: AbortSignal,
): Promise<Resource> {
  const object = await getObject(cluster, workload, signal)
  if (object === undefined) throw missing(workload, await othersOf(cluster, workload, signal))
  const identity = identityOf(object)
  if (identity === undefined) throw new Failure(`the server's answer is no ${workload.kind}`, 'Try again.')
  const resource = { identity, object }
  if (isManaged(resource)) {
    const makers = await makersOf(cluster, resource, signal)
    if (makers.length > 0) throw made(identity, makers)
  }
  return resource
}

async function getObject(
  { client }: OpenCluster,
  { type, namespace, name }: LocatedWorkload,
  signal: AbortSignal,
): Promise<ValueMap | undefined> {
  try {
    const path = `${pathOf(type, namespace)}/${encodeURIComponent(name)}`
    return (await client.get(path, { signal })) as ValueMap
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 404) return undefined
    if (error.status !== 403) throw error
    return await findInList()
  }

  async function findInList(): Promise<ValueMap | undefined> {
    try {
      for await (const object of listObjects(client, type, {
        namespace,
        fieldSelector: `metadata.name=${name}`,
        signal,
      })) {
        return object
      }
      return undefined
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 403) throw error
      throw new Failure(
        `${type.kind} ${namespace}/${name} may not be read: ${error.message}`,
        `Give the user the right to get or list ${type.plural}; \`kubescape rbac generate\` prints roles.`,
      )
    }
  }
}

/** Where the missing workload could be meant: those of its type, as far as they may be listed. */
async function othersOf(
  { client }: OpenCluster,
  { type, namespace, isNamespaceGiven }: LocatedWorkload,
  signal: AbortSignal,
): Promise<Identity[]> {
  const others: Identity[] = []
  const where = isNamespaceGiven ? { namespace } : {}
  try {
    for await (const object of listObjects(client, type, {
      ...where,
      limit: MOST_NAMES,
      metadataOnly: true,
      signal,
    })) {
      const identity = identityOf(object)
      if (identity !== undefined) others.push(identity)
      if (others.length === MOST_NAMES) break
    }
  } catch {
    signal.throwIfAborted()
  }
  return others
}

/** The makers of an object, as far up as they may be read. */
async function makersOf(
  cluster: OpenCluster,
  { identity, object }: Resource,
  signal: AbortSignal,
): Promise<Identity[]> {
  const owners = new Map<string, Owner>()
  let at: ValueMap | undefined = object
  while (at !== undefined && owners.size < LONGEST_CHAIN) {
    const owner = ownerOf(at)
    const own = identityOf(at)
    if (owner === undefined || own === undefined) break
    owners.set(`${own.kind}/${own.name}`, owner)
    at = await readOwner(cluster, owner, identity.namespace, signal)
  }
  return chainOf(identity, ({ kind, name }) => owners.get(`${kind}/${name}`))
}

async function readOwner(
  cluster: OpenCluster,
  { kind, name }: Owner,
  namespace: string,
  signal: AbortSignal,
): Promise<ValueMap | undefined> {
  try {
    return await getObject(cluster, { ...locate(cluster, { kind, name, namespace }), name }, signal)
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

/** The groups that serve the kind, of those that controls judge. */
function groupsOf(kind: string): string[] {
  return SERVED_TYPES.filter((type) => type.kind === kind).map(({ group }) => group)
}

function apiVersionOf({ group, version }: ApiResource): string {
  return group === '' ? version : `${group}/${version}`
}
