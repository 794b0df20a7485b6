/**
 * Comparison keys: names for resources, verdicts and findings that stay the same from scan to scan when lines move, files are
 * renamed, list entries change places, or an API version is raised.
 */
import {
  asMap,
  asText,
  parsePath,
  pathOf,
  valueAt,
  type Identity,
  type Origin,
  type Ref,
  type Value,
} from '@kubescape/resources'

import type { Report } from './report.ts'
import { shortHash } from './short-hash.ts'

/** Entries beyond this keep their number: comparing the names of all with all would take for ever. */
const MOST_NAMED = 1000

/**
 * A key for every subject of the report, by its ref: target, group, kind, namespace and name. Of several with the same, the first
 * by path and place has that; the others are told apart by their path, and by their order where that is the same too.
 */
export function resourceKeys({ metadata, subjects }: Report): readonly string[] {
  const target = metadata.input.kind === 'cluster' ? metadata.input.context : ''
  const keys: string[] = []
  const order = subjects
    .map((_, ref) => ref)
    .toSorted((a, b) => compareOrigins(subjects[a]?.origin, subjects[b]?.origin))
  const seen = new Map<string, number>()
  const place = (ref: Ref): void => {
    const subject = subjects[ref]
    if (subject === undefined) return
    const related = subject.related?.map((each) => keys[each] ?? '')
    const plain = JSON.stringify([target, identityKey(subject.identity), ...(related ?? [])])
    keys[ref] = unique(seen, plain, subject.origin === undefined ? '' : pathOf(subject.origin))
  }
  // Vectors are named by what they are made of.
  for (const ref of order) if (subjects[ref]?.related === undefined) place(ref)
  for (const ref of order) if (subjects[ref]?.related !== undefined) place(ref)
  return keys
}

/** What two versions of the same object have in common: group, kind, namespace and name. */
export function identityKey({ group, kind, namespace, name }: Omit<Identity, 'version'>): string {
  return JSON.stringify([group, kind, namespace, name])
}

/** The key of a control on a resource: 32 hexadecimal digits. */
export function verdictKey(resourceKey: string, controlId: string): string {
  return shortHash(JSON.stringify([resourceKey, controlId]))
}

/** The key of one finding: 32 hexadecimal digits. `path` is the one that `stablePath` gives. */
export function findingKey(
  resourceKey: string,
  controlId: string,
  finding: { readonly rule: string; readonly role: string; readonly path: string },
): string {
  const { rule, role, path } = finding
  return shortHash(JSON.stringify([resourceKey, controlId, rule, role, path]))
}

/**
 * A path whose list entries are named instead of numbered where they have a name:
 * `spec.containers[1].image` becomes `spec.containers[name=web].image`. Of several with the same name the second is `name=web~2`.
 * Without the object, and from where the path leaves it, the path stays as it is.
 */
export function stablePath(path: string, object: Value | undefined): string {
  if (object === undefined || !path.includes('[')) return path
  let stable = ''
  let at: Value | undefined = object
  for (const step of parsePath(path)) {
    if (Array.isArray(at) && typeof step === 'number') stable += `[${entryName(at, step)}]`
    else if (typeof step === 'number' || /[.[\]]/.test(step)) stable += `[${step}]`
    else stable += stable === '' ? step : `.${step}`
    at = valueAt(at, [step])
  }
  return stable
}

function entryName(entries: readonly Value[], index: number): string {
  const name = index < MOST_NAMED ? nameOf(entries[index]) : undefined
  if (name === undefined) return String(index)
  const twins = entries.slice(0, index).filter((entry) => nameOf(entry) === name).length
  return `name=${name}${twins === 0 ? '' : `~${twins + 1}`}`
}

function nameOf(entry: Value | undefined): string | undefined {
  return asText(asMap(entry)?.['name'])
}

function unique(seen: Map<string, number>, plain: string, path: string): string {
  const isFirst = !seen.has(plain)
  const key = isFirst ? plain : JSON.stringify([plain, path])
  const amount = (seen.get(key) ?? 0) + 1
  seen.set(key, amount)
  return amount === 1 ? key : JSON.stringify([key, amount])
}

function compareOrigins(a: Origin | undefined, b: Origin | undefined): number {
  const [first, second] = [a === undefined ? '' : pathOf(a), b === undefined ? '' : pathOf(b)]
  if (first !== second) return first < second ? -1 : 1
  return (a?.ordinal ?? 0) - (b?.ordinal ?? 0)
}
