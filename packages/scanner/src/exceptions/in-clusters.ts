/** Where clusters keep exceptions. */

const group = 'kubescape.io'

/** The custom resources. */
export const EXCEPTION_TYPES = [
  { group, kind: 'SecurityException', plural: 'securityexceptions', namespaced: true },
  { group, kind: 'ClusterSecurityException', plural: 'clustersecurityexceptions', namespaced: false },
] as const

/** The ConfigMap that may hold a file of exceptions, and the namespace that it is in unless the environment says otherwise. */
export const EXCEPTION_MAP = { namespace: 'kubescape', name: 'kubescape-exceptions' } as const
