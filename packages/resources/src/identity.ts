/** Which object a resource is: group, version, kind, namespace and name, read forgivingly. */
import type { Value } from '@kubescape/yaml'

import { asMap, asText } from './object.ts'

/** Names one object. Parts that the object does not have are empty; numeric names are kept as text. */
export interface Identity {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** Reads the identity of an object; undefined when it is no Kubernetes-shaped object (no apiVersion or no kind). */
export function identityOf(value: Value | undefined): Identity | undefined {
  const object = asMap(value)
  if (object === undefined) return undefined
  const apiVersion = asText(object['apiVersion'])
  const kind = asText(object['kind'])
  if (!apiVersion || !kind) return undefined
  const metadata = asMap(object['metadata'])
  return {
    ...splitApiVersion(apiVersion),
    kind,
    namespace: asText(metadata?.['namespace']) ?? '',
    name: asText(metadata?.['name']) || asText(metadata?.['generateName']) || '',
  }
}

/** `apps/v1` is group `apps` and version `v1`; `v1` is the core group, written as an empty text. */
export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/')
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** The `apiVersion` field of an identity. */
export function apiVersionOf(identity: Identity): string {
  return identity.group === '' ? identity.version : `${identity.group}/${identity.version}`
}

/** `group/version/namespace/kind/name` with empty parts kept: the published identifier of a live object. */
export function identityPath(identity: Identity): string {
  return `${identity.group}/${identity.version}/${identity.namespace}/${identity.kind}/${identity.name}`
}

/** The namespace an object lands in when it is applied without further ado: its own, or `default`. */
export function landingNamespace(identity: Identity): string {
  return identity.namespace === '' ? 'default' : identity.namespace
}
