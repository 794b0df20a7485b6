/** The rows that joined checks remember, and the indexes over them. */
import type { Index, Projection, Row, Tables } from '@kubescape/controls'
import type { Ref, Resource } from '@kubescape/resources'

/** Fills while resources stream by, and answers when they have. */
export class RememberedRows implements Tables {
  readonly #rows = new Map<Projection<object>, Row<object>[]>()
  readonly #indexes = new Map<Index<object>, Map<string, Row<object>[]>>()
  readonly #results = new Map<unknown, unknown>()

  /** Keeps what the projection takes of the resource. */
  remember(projection: Projection<object>, ref: Ref, resource: Resource): void {
    const facts = projection.take(resource)
    if (facts === undefined) return
    const row = Object.assign(facts, { ref, file: resource.origin?.file ?? '' })
    const rows = this.#rows.get(projection)
    if (rows === undefined) this.#rows.set(projection, [row])
    else rows.push(row)
  }

  rows<Facts extends object>(projection: Projection<Facts>): readonly Row<Facts>[] {
    return (this.#rows.get(projection) ?? []) as unknown as readonly Row<Facts>[]
  }

  find<Facts extends object>(index: Index<Facts>, key: string): readonly Row<Facts>[] {
    let byKey = this.#indexes.get(index)
    if (byKey === undefined) {
      byKey = new Map()
      for (const row of this.rows(index.projection)) {
        for (const each of index.keys(row)) {
          const rows = byKey.get(each)
          if (rows === undefined) byKey.set(each, [row])
          else rows.push(row)
        }
      }
      this.#indexes.set(index, byKey)
    }
    return (byKey.get(key) ?? []) as unknown as readonly Row<Facts>[]
  }

  once<T>(compute: (tables: Tables) => T): T {
    if (!this.#results.has(compute)) this.#results.set(compute, compute(this))
    return this.#results.get(compute) as T
  }
}
