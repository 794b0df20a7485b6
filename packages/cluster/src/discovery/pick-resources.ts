/** Chooses which types to list, so that what is wanted is read once. */
import type { Match } from '@kubescape/resources'

import type { ApiResource, Discovery, DiscoveryFailure } from './api-resource.ts'
import { isSecondHome } from './second-homes.ts'
import { compareVersions } from './version-order.ts'

/** A wanted type that cannot be listed. */
export interface UnreadableType {
  /** `*` where any group was wanted and it is not known which has the type. */
  readonly group: string
  /** Empty where it is not known. */
  readonly version: string
  readonly kind: string
  /** The name in paths; the kind where it is not known. */
  readonly resource: string
  readonly error: string
}

/** What to list, and what becomes of the rest of what was wanted. */
export interface PickedResources {
  /** One version of each wanted group and kind, sorted by group and kind. */
  readonly listed: readonly ApiResource[]
  /** Wanted types that the server does not have, one group and kind each. That is no failure. */
  readonly absent: readonly Match[]
  /** Wanted types that the server has, or may have, and that cannot be listed. */
  readonly unreadable: readonly UnreadableType[]
}

/** One kind of one group, with the versions of each who wants it. */
interface Wanted {
  readonly group: string
  readonly kind: string
  readonly wishes: (readonly string[])[]
}

/** These serve measurements; nothing that is configured is among them. */
const MEASUREMENTS = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io']
/** Kinds that tell what happens, by the thousand; whoever wants them names them. */
const HAPPENINGS = ['ComponentStatus', 'Event']

/**
 * One way to read each wanted type, in a version that all who want it can judge, if there is one; kinds are compared without
 * regard to case. Where the same objects are served by two groups (Ingresses by `extensions` and `networking.k8s.io`), the present
 * one is listed. A type that is served, but in versions that
 * nobody wants, is unreadable. Any kind means all that is listed, without measurements and events.
 */
export function pickResources({ resources, failures }: Discovery, wanted: readonly Match[]): PickedResources {
  const served = Map.groupBy(resources, ({ group, kind }) => keyOf(group, kind))
  const listed: ApiResource[] = []
  const absent: Match[] = []
  const unreadable: UnreadableType[] = []
  for (const one of wantedTypes({ resources, failures }, wanted)) {
    const candidates = served.get(keyOf(one.group, one.kind)) ?? []
    const chosen = choose(candidates, one)
    if (chosen !== undefined) {
      listed.push(chosen)
      continue
    }
    const error = whyUnreadable(candidates, one, failures)
    if (error === undefined) {
      absent.push({ groups: [one.group], versions: [...new Set(one.wishes.flat())], kinds: [one.kind] })
    } else {
      const { kind = one.kind, plural = one.kind } = candidates[0] ?? {}
      const missing = missedVersions(candidates, one)
      unreadable.push(...missing.map((version) => ({ group: one.group, version, kind, resource: plural, error })))
    }
  }
  return {
    listed: listed.filter((one) => !isSecondHome(one, listed)).toSorted(byGroupAndKind),
    absent,
    unreadable,
  }
}

function keyOf(group: string, kind: string): string {
  return `${group}/${kind.toLowerCase()}`
}

function wantedTypes(discovery: Discovery, matches: readonly Match[]): Iterable<Wanted> {
  const groupsOf = Map.groupBy(discovery.resources, ({ kind }) => kind.toLowerCase())
  const all = new Map<string, Wanted>()
  const want = (group: string, kind: string, versions: readonly string[]): void => {
    const key = keyOf(group, kind)
    const one = all.get(key) ?? { group, kind, wishes: [] }
    one.wishes.push(versions)
    all.set(key, one)
  }
  for (const match of matches) {
    const { groups, versions, kinds } = match
    for (const kind of kinds) {
      if (kind === '*') {
        for (const [group, each] of anyKind(discovery, match)) want(group, each, versions)
        continue
      }
      const having = (groupsOf.get(kind.toLowerCase()) ?? []).map(({ group }) => group)
      const meant = groups.includes('*') ? new Set(having.length > 0 ? having : ['*']) : groups
      for (const group of meant) want(group, kind, versions)
    }
  }
  return all.values()
}

/** Group and kind of all that can be listed, and `*` for the kinds of a group that could not be asked. */
function anyKind({ resources, failures }: Discovery, { groups, versions }: Match): [group: string, kind: string][] {
  const isMeant = (group: string): boolean =>
    (groups.includes('*') || groups.includes(group)) && !MEASUREMENTS.includes(group)
  const there = resources.filter(
    ({ group, version, kind, verbs }) =>
      isMeant(group) &&
      (versions.includes('*') || versions.includes(version)) &&
      verbs.includes('list') &&
      !HAPPENINGS.includes(kind),
  )
  const unknown = failures.map(({ groupVersion }) => groupVersion.split('/')[0] ?? '').filter(isMeant)
  return [
    ...there.map(({ group, kind }): [string, string] => [group, kind]),
    ...unknown.map((group): [string, string] => [group, '*']),
  ]
}

/**
 * Of the versions that all want, or else of those that somebody wants: the one that the server prefers, else the newest; undefined
 * when none can be listed.
 */
function choose(candidates: readonly ApiResource[], wanted: Wanted): ApiResource | undefined {
  const possible = candidates.filter((one) => isWanted(one.version, wanted) && one.verbs.includes('list'))
  const common = possible.filter(({ version }) => wanted.wishes.every((wish) => isOneOf(version, wish)))
  const best = common.length > 0 ? common : possible
  return (
    best.find(({ isPreferred }) => isPreferred) ?? best.toSorted((a, b) => compareVersions(a.version, b.version))[0]
  )
}

function isWanted(version: string, { wishes }: Wanted): boolean {
  return wishes.some((wish) => isOneOf(version, wish))
}

function isOneOf(version: string, wish: readonly string[]): boolean {
  return wish.includes('*') || wish.includes(version)
}

/** The versions that are wanted and cannot be read, one for each wish; a single empty one where any would do. */
function missedVersions(candidates: readonly ApiResource[], wanted: Wanted): string[] {
  const served = candidates.find(({ version }) => isWanted(version, wanted))
  if (served !== undefined) return [served.version]
  const missed = new Set(wanted.wishes.map((wish) => (wish.includes('*') ? '' : (wish[0] ?? ''))))
  return missed.has('') ? [''] : [...missed]
}

/** Undefined when the server does not have the type. */
function whyUnreadable(
  candidates: readonly ApiResource[],
  wanted: Wanted,
  failures: readonly DiscoveryFailure[],
): string | undefined {
  if (candidates.some(({ version }) => isWanted(version, wanted)))
    return 'the server does not list objects of this type'
  const failure = failures.find((one) => mayHave(one, wanted))
  if (failure !== undefined) return `the types of ${failure.groupVersion} are not known: ${failure.error}`
  if (candidates.length === 0) return undefined
  return `it is served as ${candidates.map(({ version }) => version).join(', ')} only, which is not what is judged`
}

function mayHave({ groupVersion }: DiscoveryFailure, wanted: Wanted): boolean {
  const [group = '', version] = groupVersion.split('/')
  if (wanted.group === '*') return !MEASUREMENTS.includes(group)
  return group === wanted.group && (version === undefined || isWanted(version, wanted))
}

function byGroupAndKind(a: ApiResource, b: ApiResource): number {
  const [first, second] = [keyOf(a.group, a.kind), keyOf(b.group, b.kind)]
  return first < second ? -1 : Number(first > second)
}
