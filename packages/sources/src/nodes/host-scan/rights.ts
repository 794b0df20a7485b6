/** The rights that a collection of facts across a cluster needs, as far as it goes beyond those of a scan. */

/** What may be done with a type. */
export interface HostScanRight {
  /** Empty for the core group. */
  readonly group: string
  /** The name in paths. */
  readonly resource: string
  readonly verbs: readonly string[]
  /** The only namespace that it is needed in; left out for types without one, and where the namespace is made first. */
  readonly namespace?: string
}

/**
 * The rights for a namespace that is there, or for one that is made. Making a role takes the rights that are in it (Kubernetes,
 * "Privilege escalation prevention"), hence `patch` of Secrets. What is taken away with what owns it needs none.
 */
export function hostScanRights(namespace: string | undefined): HostScanRight[] {
  const within = namespace === undefined ? {} : { namespace }
  const own = ['list', 'create', 'get', 'delete']
  const rbac = 'rbac.authorization.k8s.io'
  return [
    { group: '', resource: 'nodes', verbs: ['list'] },
    { group: '', resource: 'namespaces', verbs: namespace === undefined ? own : ['list'] },
    ...(namespace === undefined ? [] : [{ group: '', resource: 'namespaces', verbs: ['get'], namespace }]),
    { group: '', resource: 'events', verbs: ['list'], ...within },
    { group: '', resource: 'pods', verbs: ['list'], ...within },
    { group: '', resource: 'secrets', verbs: ['create', 'get', 'patch'], ...within },
    { group: '', resource: 'serviceaccounts', verbs: ['create'], ...within },
    { group: 'batch', resource: 'jobs', verbs: ['create', 'delete', 'list', 'patch'], ...within },
    { group: rbac, resource: 'rolebindings', verbs: ['create'], ...within },
    { group: rbac, resource: 'roles', verbs: ['create'], ...within },
  ]
}
