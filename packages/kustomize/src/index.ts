/** Kustomizations to manifests. */
export {}
