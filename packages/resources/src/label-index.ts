/** Finds which of many selectors select an object, by hashing one pair of each selector: never all pairs of objects. */
import { containsLabels, type Labels } from './labels.ts'

/** Selectors (label pairs) with an item each, ready to be asked with labels. */
export class LabelIndex<Item> {
  readonly #byPair = new Map<string, { pairs: Labels; item: Item }[]>()
  readonly #all: Item[] = []

  /** Adds an item that is selected by labels that contain all pairs; no pairs select everything. */
  add(pairs: Labels, item: Item): void {
    const first = Object.keys(pairs)[0]
    if (first === undefined) {
      this.#all.push(item)
      return
    }
    const key = `${first}\0${pairs[first]}`
    const bucket = this.#byPair.get(key)
    if (bucket === undefined) this.#byPair.set(key, [{ pairs, item }])
    else bucket.push({ pairs, item })
  }

  /** The items whose pairs the labels contain. */
  *select(labels: Labels): Generator<Item> {
    yield* this.#all
    for (const key of Object.keys(labels)) {
      for (const entry of this.#byPair.get(`${key}\0${labels[key]}`) ?? []) {
        if (containsLabels(labels, entry.pairs)) yield entry.item
      }
    }
  }
}
