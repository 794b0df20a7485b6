/** Everything that is judged, numbered as it comes: objects of the input and vectors of joins. */
import type { Vector } from '@kubescape/controls'
import { asTextMap, field, identityPath, pathOf, type Ref, type Resource, type ValueMap } from '@kubescape/resources'
import type { Subject } from '@kubescape/results'

/** Numbers subjects and gives each an identifier of its own. */
export class Subjects {
  readonly list: Subject[] = []
  readonly #vectors = new Map<string, Ref>()
  readonly #ids = new Set<string>()
  readonly #elsewhere = new Set<Ref>()
  readonly #labels: readonly string[]

  /** `labels` are those that subjects keep. */
  constructor(labels: readonly string[] = []) {
    this.#labels = labels
  }

  /** Adds an object of the input. No vector through an object `elsewhere` is judged. */
  add(resource: Resource, judged: boolean, elsewhere = false): Ref {
    const { identity, origin } = resource
    const path = identityPath(identity)
    const id = origin === undefined ? path : `path=${hash(`${pathOf(origin)}:${origin.ordinal}`)}/api=${path}`
    const ref = this.#push({
      id: this.#unique(id),
      identity,
      ...(origin === undefined ? {} : { origin }),
      weight: weightOf(resource),
      replicas: replicasOf(resource),
      judged,
      ...(this.#labels.length === 0 ? {} : this.#labelsOf(resource)),
    })
    if (elsewhere) this.#elsewhere.add(ref)
    return ref
  }

  /** The number of a vector; the same subject, binding and role give the same number. */
  vector(vector: Vector): Ref {
    const related = vector.related.map((ref) => this.list[ref]?.id ?? '').toSorted()
    const id = `${related.join('/')}/${vector.apiGroup}/${vector.namespace}/${vector.kind}/${vector.name}`
    const known = this.#vectors.get(id)
    if (known !== undefined) return known
    const { apiGroup: group, kind, namespace, name } = vector
    const ref = this.#push({
      id: this.#unique(id),
      identity: { group, version: '', kind, namespace, name },
      weight: Math.max(1, ...vector.related.map((each) => this.list[each]?.weight ?? 1)),
      replicas: 1,
      related: vector.related,
      judged:
        vector.related.some((each) => this.list[each]?.judged) &&
        !vector.related.some((each) => this.#elsewhere.has(each)),
    })
    this.#vectors.set(id, ref)
    return ref
  }

  #labelsOf({ object }: Resource): { readonly labels?: Record<string, string> } {
    const all = asTextMap(field(object, 'metadata', 'labels'))
    const kept = this.#labels.filter((name) => Object.hasOwn(all, name)).map((name) => [name, all[name] ?? ''] as const)
    return kept.length === 0 ? {} : { labels: Object.fromEntries(kept) }
  }

  #push(subject: Subject): Ref {
    this.list.push(subject)
    return this.list.length - 1
  }

  #unique(id: string): string {
    let unique = id
    for (let twin = 2; this.#ids.has(unique); twin++) unique = `${id}~${twin}`
    this.#ids.add(unique)
    return unique
  }
}

/** Weight in the risk score: 1.1 for each replica from two on, times the pods that a DaemonSet has scheduled. */
function weightOf({ identity, object }: Resource): number {
  const replicas = atLeastOne(field(object, 'spec', 'replicas'))
  const weight = replicas > 1 ? 1.1 * replicas : 1
  return identity.kind === 'DaemonSet' ? weight * scheduledPods(object) : weight
}

/** The pods that an object stands for. */
function replicasOf({ identity, object }: Resource): number {
  if (identity.kind === 'DaemonSet') return scheduledPods(object)
  return atLeastOne(field(object, 'spec', identity.kind === 'Job' ? 'parallelism' : 'replicas'))
}

function scheduledPods(object: ValueMap): number {
  return atLeastOne(field(object, 'status', 'desiredNumberScheduled'))
}

function atLeastOne(value: unknown): number {
  const amount = Number(value)
  return Number.isFinite(amount) && amount > 1 ? amount : 1
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}
