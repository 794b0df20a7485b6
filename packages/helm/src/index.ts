/** Helm charts without Helm: Go templates, sprig, values to manifests, and where every line comes from. */
export type { Value } from './go/value.ts'
