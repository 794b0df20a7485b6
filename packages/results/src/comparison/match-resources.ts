/** Which resource of one snapshot is which of another. */
import type { Snapshot, SnapshotResource } from './snapshot.ts'

/** A resource as it was and as it is; one of them is absent when it came or went. */
export interface Pair {
  readonly base: SnapshotResource | undefined
  readonly head: SnapshotResource | undefined
}

/**
 * Pairs by group, kind, namespace and name. Of several with the same, those with the same content belong together, then those with
 * the same path, and then what is left in the order of paths.
 */
export function matchResources(base: Snapshot, head: Snapshot): Pair[] {
  const bases = byKey(base.resources)
  const heads = byKey(head.resources)
  const pairs: Pair[] = []
  for (const [key, group] of heads) {
    pairs.push(...matchTwins(bases.get(key) ?? [], group))
    bases.delete(key)
  }
  for (const group of bases.values()) for (const each of group) pairs.push({ base: each, head: undefined })
  return pairs
}

function byKey(resources: readonly SnapshotResource[]): Map<string, SnapshotResource[]> {
  const groups = new Map<string, SnapshotResource[]>()
  for (const resource of resources) {
    const group = groups.get(resource.key)
    if (group === undefined) groups.set(resource.key, [resource])
    else group.push(resource)
  }
  return groups
}

function matchTwins(bases: readonly SnapshotResource[], heads: readonly SnapshotResource[]): Pair[] {
  if (bases.length <= 1 && heads.length === 1) return [{ base: bases[0], head: heads[0] }]
  const pairs: Pair[] = []
  let rest: Twins = { bases: inOrder(bases), heads: inOrder(heads) }
  for (const nameOf of [sameOf(({ content }) => content()), sameOf(({ path }) => path)])
    rest = take(rest, nameOf, pairs)
  const { bases: before, heads: after } = rest
  for (let at = 0; at < Math.max(before.length, after.length); at++) pairs.push({ base: before[at], head: after[at] })
  return pairs
}

interface Twins {
  readonly bases: readonly SnapshotResource[]
  readonly heads: readonly SnapshotResource[]
}

type NameOf = (resource: SnapshotResource) => string

/** Asks each resource once. */
function sameOf(nameOf: NameOf): NameOf {
  const names = new Map<SnapshotResource, string>()
  return (resource) => {
    const name = names.get(resource) ?? nameOf(resource)
    names.set(resource, name)
    return name
  }
}

/** Pairs those that share a name, and gives back the others. Without a name there is nothing to share. */
function take({ bases, heads }: Twins, nameOf: NameOf, pairs: Pair[]): Twins {
  const waiting = new Map<string, SnapshotResource[]>()
  for (const base of bases.toReversed()) {
    const group = waiting.get(nameOf(base))
    if (group === undefined) waiting.set(nameOf(base), [base])
    else group.push(base)
  }
  const found = new Set<SnapshotResource>()
  for (const head of heads) {
    const base = nameOf(head) === '' ? undefined : waiting.get(nameOf(head))?.pop()
    if (base === undefined) continue
    pairs.push({ base, head })
    found.add(base).add(head)
  }
  return { bases: bases.filter((each) => !found.has(each)), heads: heads.filter((each) => !found.has(each)) }
}

function inOrder(resources: readonly SnapshotResource[]): SnapshotResource[] {
  return resources.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
