/** Objects that are kept whole, for rules that look at many of them at once. */
import type { Projection, Row, Tables } from '@kubescape/controls'
import type { Identity, Match, ValueMap } from '@kubescape/resources'

/** An object with its identity. */
interface WholeObject {
  readonly object: ValueMap
  readonly identity: Identity
}

/** A row of the objects that are kept. */
export type ObjectRow = Row<WholeObject>

/** The rows of a scan, and the objects alone, in one list that all rules share. */
export interface Gathered {
  readonly rows: readonly ObjectRow[]
  readonly objects: readonly ValueMap[]
}

/** The objects of a match: what keeps them, and what gives them. */
export interface Gathering {
  readonly projection: Projection<WholeObject>
  /** The same function for the same match, so that a scan gathers once. */
  readonly gather: (tables: Tables) => Gathered
}

/** Gives rules with the same match the same projection. */
export class Gatherings {
  readonly #known = new Map<string, Gathering>()

  /** The gathering of a match. */
  of(match: readonly Match[]): Gathering {
    const key = JSON.stringify(
      match
        .map(({ groups, versions, kinds }) => [groups, versions, kinds].map(sorted))
        .map(String)
        .toSorted(),
    )
    let gathering = this.#known.get(key)
    if (gathering === undefined) this.#known.set(key, (gathering = gatheringOf(match)))
    return gathering
  }
}

function sorted(texts: readonly string[]): string {
  return JSON.stringify(texts.toSorted())
}

function gatheringOf(match: readonly Match[]): Gathering {
  const kinds = [...new Set(match.flatMap((each) => each.kinds))]
  const projection: Projection<WholeObject> = {
    name: `objects of ${kinds.slice(0, 5).join(', ')}`,
    match,
    take: ({ object, identity }) => ({ object, identity }),
  }
  const gather = (tables: Tables): Gathered => {
    const rows = tables.rows(projection)
    return { rows, objects: rows.map(({ object }) => object) }
  }
  return { projection, gather: (tables) => tables.once(gather) }
}
