/** The objects of a build, in their order, each once. */
import { refill } from '../nodes/node.ts'
import { BuildError } from '../problem.ts'
import { effectiveNamespace, idText, type ResourceId } from './identity.ts'
import type { Resource } from './resource.ts'

/** Objects by what they are called now and were called before. */
export class ResourceSet {
  readonly resources: Resource[] = []
  /** Objects by the keys of their names; undefined when names may have changed since. */
  #byKey: Map<string, Set<Resource>> | undefined = new Map()

  /**
   * Adds objects.
   * @throws {BuildError} when there is one of that name
   */
  addAll(resources: readonly Resource[]): void {
    for (const resource of resources) {
      const { id } = resource
      const key = keyOf(id)
      if (this.#known(key).some((each) => keyOf(each.id) === key)) {
        const { file, line } = resource.source
        throw new BuildError(`may not add resource with an already registered id: ${idText(id)}`, file, line)
      }
      this.#add(resource)
    }
  }

  /** The objects that are or were called so. */
  called(id: ResourceId): Resource[] {
    const key = keyOf(id)
    return this.#known(key).filter((each) => each.ids.some((own) => keyOf(own) === key))
  }

  /**
   * Adds what a generator made: a new object, or what is put into the one that is there.
   * @throws {BuildError} when there is none to merge with, or one already
   */
  absorb(made: Resource, merge: (into: Resource, from: Resource) => void): void {
    const matches = this.called(made.id)
    const [match] = matches
    const isJoined = made.behavior === 'merge' || made.behavior === 'replace'
    if (matches.length > 1) throw new BuildError(`found multiple objects ${idText(made.id)} that could accept merge`)
    if (match === undefined && isJoined) {
      throw new BuildError(`id ${idText(made.id)} does not exist; cannot merge or replace`)
    }
    if (match === undefined) this.#add(made)
    else if (isJoined) merge(match, made)
    else throw new BuildError(`behavior must be merge or replace for ${idText(made.id)}, which exists`)
  }

  /** Throws out objects. */
  drop(isDropped: (resource: Resource) => boolean): void {
    refill(
      this.resources,
      this.resources.filter((each) => !isDropped(each)),
    )
    this.#byKey = undefined
  }

  /** To be told when one object may be called differently. */
  renamed(resource: Resource): void {
    if (this.#byKey !== undefined) index(this.#byKey, resource)
  }

  /** To be told when any object may be called differently. */
  forgetNames(): void {
    this.#byKey = undefined
  }

  /**
   * Looks whether names still tell objects apart.
   * @throws {BuildError} when two have come to be called the same
   */
  requireDistinct(after: string): void {
    this.forgetNames()
    const seen = new Set<string>()
    for (const { id } of this.resources) {
      const key = keyOf(id)
      if (seen.has(key)) throw new BuildError(`${after} produces ID conflict: ${idText(id)}`)
      seen.add(key)
    }
  }

  #add(resource: Resource): void {
    this.resources.push(resource)
    this.renamed(resource)
  }

  #known(key: string): Resource[] {
    if (this.#byKey === undefined) {
      this.#byKey = new Map()
      for (const resource of this.resources) index(this.#byKey, resource)
    }
    return [...(this.#byKey.get(key) ?? [])]
  }
}

function index(byKey: Map<string, Set<Resource>>, resource: Resource): void {
  for (const id of resource.ids) {
    const key = keyOf(id)
    const present = byKey.get(key)
    if (present === undefined) byKey.set(key, new Set([resource]))
    else present.add(resource)
  }
}

function keyOf(id: ResourceId): string {
  return JSON.stringify([id.group, id.version, id.kind, effectiveNamespace(id), id.name])
}
