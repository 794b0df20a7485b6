/** Versions of Kubernetes as Helm reads them. */

/** A version of Kubernetes. */
export interface KubeVersion {
  /** `v1.35.0`. */
  readonly version: string
  readonly major: string
  readonly minor: string
}

/** What `helm template` of Helm 3.20 assumes. */
export const DEFAULT_KUBE_VERSION: KubeVersion = { version: 'v1.35.0', major: '1', minor: '35' }

/** Reads `1.30`, `v1.30.1` or `1.30.1-gke.5`, of which only the numbers count; undefined for anything else. */
export function parseKubeVersion(text: string): KubeVersion | undefined {
  const [, numbers = ''] = /^\s*v?([0-9]+(?:\.[0-9]+)*)/.exec(text) ?? []
  const parts = numbers.split('.')
  const [major, minor] = parts
  if (major === undefined || minor === undefined || parts.some((part) => part.length > 1 && part.startsWith('0'))) {
    return undefined
  }
  return { version: `v${numbers}`, major, minor }
}
