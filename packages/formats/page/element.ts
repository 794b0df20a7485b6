/** Elements of the page by id. */

/** The element of that id and type. Throws when there is none: page and script belong together. */
export function byId<T extends HTMLElement>(page: Document, id: string, type: new () => T): T {
  const element = page.getElementById(id)
  if (element instanceof type) return element
  throw new Error(`there is no ${id}`)
}
