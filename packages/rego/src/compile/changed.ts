/** Lists of terms with changes in them: what does not change stays the same list, which saves most copies of a program. */

/** Changes items; gives the list itself when none of them has changed. */
export function changedItems<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  let changed: Item[] | undefined
  for (let place = 0; place < items.length; place++) {
    const item = items[place] as Item
    const other = change(item)
    if (changed !== undefined) changed.push(other)
    else if (other !== item) {
      changed = items.slice(0, place)
      changed.push(other)
    }
  }
  return changed ?? items
}

/** Changes keys and values of entries; gives the list itself when none of them has changed. */
export function changedEntries<Item>(
  entries: readonly (readonly [Item, Item])[],
  change: (item: Item) => Item,
  changeValue = change,
): readonly (readonly [Item, Item])[] {
  return changedItems(entries, (entry) => {
    const key = change(entry[0])
    const value = changeValue(entry[1])
    return key === entry[0] && value === entry[1] ? entry : [key, value]
  })
}
