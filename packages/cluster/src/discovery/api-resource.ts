/** The types that a server knows. */

/** One type of one version of a group. Subresources are none. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
  /** The name in paths: `pods`. */
  readonly plural: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  /** True for the version that the server prefers for this kind of this group. */
  readonly isPreferred: boolean
}

/** A version of a group whose types the server could not tell. */
export interface DiscoveryFailure {
  /** `metrics.k8s.io/v1beta1`; a bare group where not even its versions are known. */
  readonly groupVersion: string
  readonly error: string
}

/** What a server serves, as far as it could say. */
export interface Discovery {
  readonly resources: readonly ApiResource[]
  readonly failures: readonly DiscoveryFailure[]
}

/** Path of a version of a group. */
export function pathOfVersion(group: string, version: string): string {
  return group === '' ? `/api/${segment(version)}` : `/apis/${segment(group)}/${segment(version)}`
}

/** Path of the objects of a type: all of them, or those of a namespace. */
export function pathOf(type: Pick<ApiResource, 'group' | 'version' | 'plural'>, namespace = ''): string {
  const base = pathOfVersion(type.group, type.version)
  return namespace === ''
    ? `${base}/${segment(type.plural)}`
    : `${base}/namespaces/${segment(namespace)}/${segment(type.plural)}`
}

/** Names come from servers and users: none may reach another path. */
function segment(name: string): string {
  return name === '.' || name === '..' ? name.replaceAll('.', '%2E') : encodeURIComponent(name)
}
