/** Entries and items that some schema has looked at: what `unevaluatedProperties` and `unevaluatedItems` leave alone. */

/** What has been looked at of one value. */
export class Evaluated {
  #entries: Set<string> | undefined
  #items: Set<number> | undefined

  entry(key: string): void {
    this.#entries ??= new Set()
    this.#entries.add(key)
  }

  item(at: number): void {
    this.#items ??= new Set()
    this.#items.add(at)
  }

  hasEntry(key: string): boolean {
    return this.#entries?.has(key) ?? false
  }

  hasItem(at: number): boolean {
    return this.#items?.has(at) ?? false
  }

  /** Adds what another schema has looked at of the same value. */
  add(other: Evaluated): void {
    for (const key of other.#entries ?? []) this.entry(key)
    for (const at of other.#items ?? []) this.item(at)
  }
}
