/** The objects of a build, in their order, each once. */
import { BuildError } from '../problem.ts'
import { effectiveNamespace, idText, isSame, type ResourceId } from './identity.ts'
import type { Resource } from './resource.ts'

/** Objects by what they are called now. */
export class ResourceSet {
  readonly resources: Resource[] = []

  /**
   * Adds objects.
   * @throws {BuildError} when there is one of that name
   */
  addAll(resources: readonly Resource[]): void {
    const taken = new Set(this.resources.map(({ id }) => keyOf(id)))
    for (const resource of resources) {
      const { id } = resource
      if (taken.has(keyOf(id))) {
        const { file, line } = resource.source
        throw new BuildError(`may not add resource with an already registered id: ${idText(id)}`, file, line)
      }
      taken.add(keyOf(id))
      this.resources.push(resource)
    }
  }

  /** The objects that are or were called so. */
  called(id: ResourceId): Resource[] {
    return this.resources.filter((each) => each.ids.some((own) => isSame(own, id)))
  }

  /**
   * Adds what generators made: new objects, or what is put into those that are there.
   * @throws {BuildError} when there is none to merge with, or one already
   */
  absorb(made: readonly Resource[], merge: (into: Resource, from: Resource) => void): void {
    for (const resource of made) {
      const matches = this.called(resource.id)
      const [match] = matches
      if (matches.length > 1) {
        throw new BuildError(`found multiple objects for ${idText(resource.id)}; cannot generate it`)
      }
      if (match === undefined) {
        if (resource.behavior === 'merge' || resource.behavior === 'replace') {
          throw new BuildError(
            `id ${idText(resource.id)} does not exist; cannot merge or replace`,
            resource.source.file,
            resource.source.line,
          )
        }
        this.resources.push(resource)
        continue
      }
      if (resource.behavior !== 'merge' && resource.behavior !== 'replace') {
        throw new BuildError(
          `behavior must be merge or replace for ${idText(resource.id)}, which exists`,
          resource.source.file,
          resource.source.line,
        )
      }
      merge(match, resource)
    }
  }

  /** Throws out objects. */
  drop(isDropped: (resource: Resource) => boolean): void {
    const kept = this.resources.filter((each) => !isDropped(each))
    this.resources.splice(0, this.resources.length, ...kept)
  }

  /**
   * Looks whether names still tell objects apart.
   * @throws {BuildError} when two have come to be called the same
   */
  requireDistinct(after: string): void {
    const seen = new Set<string>()
    for (const { id, source } of this.resources) {
      const key = keyOf(id)
      if (seen.has(key)) throw new BuildError(`${after} produces ID conflict: ${idText(id)}`, source.file)
      seen.add(key)
    }
  }
}

function keyOf(id: ResourceId): string {
  return JSON.stringify([id.group, id.version, id.kind, effectiveNamespace(id), id.name])
}
