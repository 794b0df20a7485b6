/** What a policy is about: groups, versions, and types by kind or by their names in the API. */
import { SERVED_TYPES, type Match } from '@kubescape/resources'

import type { Fields } from './fields.ts'

/** Every object. */
export const ANYTHING: readonly Match[] = [{ groups: ['*'], versions: ['*'], kinds: ['*'] }]

/** Reads match groups, `{apiGroups, apiVersions, resources}`: what is left out of one is any. */
export function readMatches(groups: readonly Fields[]): Match[] {
  return groups.map((group) =>
    typesOf(
      orAny(group.texts('apiGroups', 'apiGroup')),
      orAny(group.texts('apiVersions', 'apiVersion')),
      orAny([...group.texts('resources', 'resource'), ...group.texts('kinds', 'kind')]),
    ),
  )
}

/** A match for types by their kinds, plurals, singulars or short names; a name that nobody serves is taken for a kind. */
export function typesOf(groups: readonly string[], versions: readonly string[], names: readonly string[]): Match {
  const isInGroup = (group: string): boolean => groups.includes('*') || groups.includes(group)
  const kinds = names.flatMap((name) => {
    const wanted = name.toLowerCase()
    const served = SERVED_TYPES.filter(
      ({ group, kind, plural, shortName }) =>
        isInGroup(group) && [kind.toLowerCase(), plural, shortName].includes(wanted),
    )
    return served.length === 0 ? [name] : served.map(({ kind }) => kind)
  })
  return { groups, versions, kinds: [...new Set(kinds)] }
}

function orAny(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? ['*'] : texts
}
