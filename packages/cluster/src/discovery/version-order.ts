/** Which version of a type is newer. Source: Kubernetes, "Version priority" of custom resources. */

const STAGES = ['alpha', 'beta', '']

/** Sorts newer versions first: `v2`, `v1`, `v2beta1`, `v1beta2`, `v1alpha1`, then what follows no such pattern. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [rank(a), rank(b)]
  for (const [at, value] of first.entries()) {
    const difference = (second[at] ?? 0) - value
    if (difference !== 0) return difference
  }
  return a < b ? -1 : Number(a > b)
}

function rank(version: string): readonly number[] {
  const [, major, stage = '', minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? []
  return major === undefined ? [-1] : [STAGES.indexOf(stage), Number(major), Number(minor ?? 0)]
}
