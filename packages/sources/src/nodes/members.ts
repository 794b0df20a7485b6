/** Members of facts: what is not known is left out. */

/** An object of the members that have a value; undefined where none has. */
export function unlessEmpty<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T | undefined {
  const known = Object.entries(members).filter(([, value]) => value !== undefined)
  return known.length === 0 ? undefined : (Object.fromEntries(known) as T)
}
