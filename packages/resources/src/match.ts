/** Which objects a check or projection is for: groups, versions and kinds, with `*` for any. */

/** Selects objects; a kind is named by its `kind`, compared without regard to case. */
export interface Match {
  readonly groups: readonly string[]
  readonly versions: readonly string[]
  readonly kinds: readonly string[]
}

/** A match for kinds of `group/version` pairs such as `apps/v1`, `v1`, `batch/*` or `*`. */
export function matching(apiVersion: string, ...kinds: readonly string[]): Match {
  const slash = apiVersion.indexOf('/')
  if (apiVersion === '*') return { groups: ['*'], versions: ['*'], kinds }
  return slash < 0
    ? { groups: [''], versions: [apiVersion], kinds }
    : { groups: [apiVersion.slice(0, slash)], versions: [apiVersion.slice(slash + 1)], kinds }
}

/** The type of an object; of an identity that is all that counts. */
interface TypeName {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** True when any of the matches selects objects of the type. */
export function matches(any: readonly Match[], type: TypeName): boolean {
  return any.some(
    (match) =>
      listed(match.groups, type.group) &&
      listed(match.versions, type.version) &&
      match.kinds.some((kind) => kind === '*' || kind.toLowerCase() === type.kind.toLowerCase()),
  )
}

function listed(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value)
}
