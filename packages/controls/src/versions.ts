/** Versions of Kubernetes and of tools, read and compared. */

/** The numbers of `v1.2.3`, `1.2.3-rc1` or `1.2`; missing parts are 0. Undefined when there is no number. */
export function readVersion(text: string): readonly [number, number, number] | undefined {
  const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text)
  return parts === null ? undefined : [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)]
}

/** Negative, 0 or positive as `a` is older than, equal to or newer than `b`. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < 3; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** True when the version lies in one of the ranges, both ends included. Ends are texts such as `1.20.0`. */
export function isWithin(text: string, ranges: readonly (readonly [from: string, to: string])[]): boolean {
  const version = readVersion(text)
  if (version === undefined) return false
  return ranges.some(
    ([from, to]) =>
      compareVersions(version, readVersion(from) ?? [0]) >= 0 && compareVersions(version, readVersion(to) ?? [0]) <= 0,
  )
}
