/** Discovery by one request per group and version: servers before Kubernetes 1.26, and those that stand in for one. */
import { asList, asText, asTexts, field, type Value } from '@kubescape/resources'

import type { KubeClient } from '../client.ts'
import { ApiError, ClusterError } from '../errors.ts'
import { groupVersion, type GroupVersionTypes, type TypeOfVersion } from './aggregated.ts'
import { pathOfVersion, type DiscoveryFailure } from './api-resource.ts'

/** A group whose server is down should not hold up the others for long. */
const MAX_TRIES = 2

/** The core group, from the answer of `/api`. Throws when it does not answer. */
export function askCore(client: KubeClient, versions: Value, signal?: AbortSignal): Promise<GroupVersionTypes[]> {
  const names = asTexts(field(versions, 'versions'))
  if (names.length === 0) {
    throw new ClusterError('cluster/malformed-answer', 'the answer to /api is no list of versions', {
      hint: 'Check that the server of this context is a Kubernetes API.',
    })
  }
  return Promise.all(names.map((version) => ask(client, { group: '', version }, {}, signal)))
}

/** All other groups, from the answer of `/apis`; the preferred version of each comes first. */
export async function askGroups(
  client: KubeClient,
  groups: Value,
  signal?: AbortSignal,
): Promise<(GroupVersionTypes | DiscoveryFailure)[]> {
  const wanted = asList(field(groups, 'groups')).flatMap((item) => {
    const group = asText(field(item, 'name')) ?? ''
    const preferred = asText(field(item, 'preferredVersion', 'version'))
    const versions = asList(field(item, 'versions')).map((entry) => asText(field(entry, 'version')) ?? '')
    return versions
      .filter((version) => group !== '' && version !== '')
      .toSorted((a, b) => Number(b === preferred) - Number(a === preferred))
      .map((version) => ({ group, version }))
  })
  return Promise.all(
    wanted.map(async (one) => {
      try {
        return await ask(client, one, { maxTries: MAX_TRIES }, signal)
      } catch (error) {
        if (!isOnlyOfGroup(error)) throw error
        return { groupVersion: groupVersion(one.group, one.version), error: error.message }
      }
    }),
  )
}

/** The API server answered, but not for this group; with a lost connection the rest is lost as well. */
function isOnlyOfGroup(error: unknown): error is ClusterError {
  if (error instanceof ApiError) return error.status !== 401
  return error instanceof ClusterError && ['cluster/timeout', 'cluster/malformed-answer'].includes(error.code)
}

async function ask(
  client: KubeClient,
  { group, version }: Pick<GroupVersionTypes, 'group' | 'version'>,
  options: { maxTries?: number },
  signal?: AbortSignal,
): Promise<GroupVersionTypes> {
  const list = await client.get(pathOfVersion(group, version), { ...options, signal })
  return { group, version, types: asList(field(list, 'resources')).flatMap(readType) }
}

function readType(item: Value): TypeOfVersion[] {
  const kind = asText(field(item, 'kind')) ?? ''
  const plural = asText(field(item, 'name')) ?? ''
  if (kind === '' || plural === '' || plural.includes('/')) return []
  return [{ kind, plural, namespaced: field(item, 'namespaced') === true, verbs: asTexts(field(item, 'verbs')) }]
}
