/** What rules with variables in their refs make together: an object that grows entry by entry. */
import { EvaluationError } from '../problem.ts'
import type { Location } from '../syntax/ast.ts'
import { objectFrom } from '../values/object.ts'
import { equal, RegoSet, ValueMap, type Value } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'

/** A growing object. At its top it may turn out to be a set instead. */
export class Branch {
  #entries: ValueMap<Branch | Leaf> | undefined
  #set: RegoSet | undefined

  /** Puts a value at a path. */
  put(path: readonly Value[], value: Value, location: Location): void {
    const last = path.length - 1
    const branch = this.#at(path.slice(0, last), location)
    const key = path[last] as Value
    const entries = (branch.#entries ??= new ValueMap())
    const present = entries.get(key)
    if (present === undefined) entries.set(key, new Leaf(value))
    else if (!(present instanceof Leaf) || !equal(present.value, value)) throw conflict(key, location)
  }

  /** The set at a path, made where it is missing. */
  setAt(path: readonly Value[], location?: Location): RegoSet {
    const branch = this.#at(path, location)
    if (branch.#entries !== undefined) throw conflict(path.at(-1) ?? null, location)
    return (branch.#set ??= new RegoSet())
  }

  /** What has grown. */
  value(): Value {
    if (this.#set !== undefined) return this.#set
    const entries = this.#entries
    if (entries === undefined) return objectFrom([])
    return objectFrom(
      entries.keys().map((key) => {
        const entry = entries.get(key) as Branch | Leaf
        return [key, entry instanceof Leaf ? entry.value : entry.value()] as const
      }),
    )
  }

  #at(path: readonly Value[], location: Location | undefined): Branch {
    const [key, ...rest] = path
    if (key === undefined) return this
    if (this.#set !== undefined) throw conflict(key, location)
    const entries: ValueMap<Branch | Leaf> = (this.#entries ??= new ValueMap())
    let entry = entries.get(key)
    if (entry === undefined) entries.set(key, (entry = new Branch()))
    if (entry instanceof Leaf) throw conflict(key, location)
    return entry.#at(rest, location)
  }
}

class Leaf {
  readonly value: Value

  constructor(value: Value) {
    this.value = value
  }
}

function conflict(key: Value, location: Location | undefined): EvaluationError {
  return new EvaluationError(
    'eval_conflict_error',
    `the key ${valueText(key)} of an object has several values`,
    location,
  )
}
