/** Paths of packages and imports as text. */

const NAME = /^[a-zA-Z_]\w*$/

/** `a.b["c d"]`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((name, place) => (place === 0 ? name : NAME.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`))
    .join('')
}
