/** The requests of a collection: to make, to look and to remove. */
import { setTimeout as sleep } from 'node:timers/promises'

import { ApiError, listObjects, pathOf, type ApiResource, type KubeClient, type ListOptions } from '@kubescape/cluster'
import { asText, field, type ValueMap } from '@kubescape/resources'

/** A type that every server has. */
function type(group: string, version: string, kind: string, plural: string, namespaced: boolean): ApiResource {
  return { group, version, kind, plural, namespaced, verbs: [], isPreferred: true }
}

/** Types that a collection deals with. */
const TYPES = {
  Event: type('', 'v1', 'Event', 'events', true),
  Job: type('batch', 'v1', 'Job', 'jobs', true),
  Namespace: type('', 'v1', 'Namespace', 'namespaces', false),
  Node: type('', 'v1', 'Node', 'nodes', false),
  Pod: type('', 'v1', 'Pod', 'pods', true),
  Role: type('rbac.authorization.k8s.io', 'v1', 'Role', 'roles', true),
  RoleBinding: type('rbac.authorization.k8s.io', 'v1', 'RoleBinding', 'rolebindings', true),
  Secret: type('', 'v1', 'Secret', 'secrets', true),
  ServiceAccount: type('', 'v1', 'ServiceAccount', 'serviceaccounts', true),
} as const

type KnownKind = keyof typeof TYPES

/** Makes an object, and gives it as the server has it. Never takes over one that is there. */
export async function create(client: KubeClient, object: ValueMap): Promise<ValueMap> {
  const kind = (asText(object['kind']) ?? '') as KnownKind
  const namespace = asText(field(object, 'metadata', 'namespace'))
  return (await client.request('POST', pathOf(TYPES[kind], namespace), object)) as ValueMap
}

/** What API servers need, at most, until all of them know an object that one of them has made. */
const SEEN_AFTER_TRIES = 25
const SEEN_INTERVAL_MS = 200

/**
 * Makes a RoleBinding for a Role that has just been made. Whoever may not bind any role may bind those whose rights they have;
 * for that the server looks at the role, in a memory that learns of it a little later.
 */
export async function createBinding(client: KubeClient, binding: ValueMap): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await create(client, binding)
      return
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404 || tries >= SEEN_AFTER_TRIES) throw error
      await sleep(SEEN_INTERVAL_MS)
    }
  }
}

/** All objects of a kind. */
export async function list(client: KubeClient, kind: KnownKind, options: ListOptions = {}): Promise<ValueMap[]> {
  return Array.fromAsync(listObjects(client, TYPES[kind], options))
}

/** The object; undefined where there is none. */
export async function get(
  client: KubeClient,
  kind: KnownKind,
  name: string,
  namespace?: string,
): Promise<ValueMap | undefined> {
  return (await orGone(client.get(pathOfObject(kind, name, namespace)))) as ValueMap | undefined
}

/** Lets a Job that waits begin. */
export async function begin(client: KubeClient, name: string, namespace: string): Promise<void> {
  const path = pathOfObject('Job', name, namespace)
  await client.request('PATCH', path, { spec: { suspend: false } }, { contentType: 'application/merge-patch+json' })
}

/** Removes exactly this object and what it owns. One that is gone already is no failure, nor one of the same name after it. */
export async function remove(
  client: KubeClient,
  kind: KnownKind,
  { name, uid }: { readonly name: string; readonly uid: string },
  namespace?: string,
): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', preconditions: { uid } }
  await orGone(client.request('DELETE', pathOfObject(kind, name, namespace), body))
}

/** The uid of an object of the server. */
export function uidOf(object: ValueMap): string {
  return asText(field(object, 'metadata', 'uid')) ?? ''
}

/** The name of an object of the server. */
export function nameOf(object: ValueMap): string {
  return asText(field(object, 'metadata', 'name')) ?? ''
}

function pathOfObject(kind: KnownKind, name: string, namespace?: string): string {
  return `${pathOf(TYPES[kind], namespace)}/${encodeURIComponent(name)}`
}

/** The answer; undefined when there is nothing (404), or something else than was meant (409). */
async function orGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 409)) return undefined
    throw error
  }
}
