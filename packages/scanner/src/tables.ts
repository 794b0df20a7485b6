/** The rows that joined checks remember, and the indexes over them. */
import type { Index, Projection, Row, Tables } from '@kubescape/controls'
import type { Ref, Resource } from '@kubescape/resources'

type Rows = Map<Projection<object>, Row<object>[]>

/** Fills while resources stream by. */
export class RememberedRows {
  readonly #common: Rows = new Map()
  /** Rows of objects that were rendered with one of several sets of values, by its name. */
  readonly #bySet = new Map<string, Rows>()

  /** Keeps what the projection takes of the resource. */
  remember(projection: Projection<object>, ref: Ref, resource: Resource): void {
    const facts = projection.take(resource)
    if (facts === undefined) return
    const { file = '', rendered } = resource.origin ?? {}
    // What a chart or a kustomization renders is deployed together, whatever files it is made of.
    const row = Object.assign(facts, { ref, file: rendered?.path ?? file })
    const kept = this.#rowsOf(rendered?.valueSet ?? '')
    const rows = kept.get(projection)
    if (rows === undefined) kept.set(projection, [row])
    else rows.push(row)
  }

  /** What is deployed together: everything, or with several sets of values each of them with what belongs to none. */
  deployments(): readonly Tables[] {
    if (this.#bySet.size === 0) return [new DeployedRows(this.#common)]
    return [...this.#bySet.values()].map((own) => new DeployedRows(joined(this.#common, own)))
  }

  #rowsOf(valueSet: string): Rows {
    if (valueSet === '') return this.#common
    let rows = this.#bySet.get(valueSet)
    if (rows === undefined) this.#bySet.set(valueSet, (rows = new Map()))
    return rows
  }
}

function joined(common: Rows, own: Rows): Rows {
  const projections = new Set([...common.keys(), ...own.keys()])
  return new Map(
    Array.from(projections, (each) => [each, [...(common.get(each) ?? []), ...(own.get(each) ?? [])]] as const),
  )
}

/** Answers when all resources have been seen. */
class DeployedRows implements Tables {
  readonly #rows: Rows
  readonly #indexes = new Map<Index<object>, Map<string, Row<object>[]>>()
  readonly #results = new Map<unknown, unknown>()

  constructor(rows: Rows) {
    this.#rows = rows
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
