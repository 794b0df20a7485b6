/** Paths of fields in documents that hold the same lists in another order: entries by their names. */
import { asList, asMap, asText, parsePath, valueAt, type Value } from '@kubescape/resources'

/** A key, an index, or an entry of a list with its name. */
type Step = string | number | { readonly name: string; readonly index: number }

/** The steps of a path in a value; entries of lists have their names where they have some. */
export function stepsIn(value: Value, path: string): readonly Step[] {
  let at: Value | undefined = value
  return parsePath(path).map((step) => {
    const isEntry = Array.isArray(at)
    at = valueAt(at, [step])
    const name = isEntry ? asText(asMap(at)?.['name']) : undefined
    return name === undefined ? step : { name, index: Number(step) }
  })
}

/** The steps as a path with names, such as `spec.containers[name=web].image`. */
export function namedPath(steps: readonly Step[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'object') return `${path}[name=${step.name}]`
    if (typeof step === 'number') return `${path}[${step}]`
    return path === '' ? step : `${path}.${step}`
  }, '')
}

/** The steps as a path with numbers alone. */
export function numberedPath(steps: readonly Step[]): string {
  return namedPath(steps.map((step) => (typeof step === 'object' ? step.index : step)))
}

/** The path of the same field in another value, where its lists have entries of these names; keys with dots are in brackets. */
export function pathIn(value: Value | undefined, steps: readonly Step[]): string {
  let at: Value | undefined = value
  let path = ''
  for (const step of steps) {
    const own = typeof step === 'object' ? indexOf(at, step) : step
    at = at === undefined ? undefined : valueAt(at, [own])
    if (typeof own === 'number' || /[.[\]]/.test(own)) path += `[${own}]`
    else path += path === '' ? own : `.${own}`
  }
  return path
}

function indexOf(value: Value | undefined, { name, index }: { readonly name: string; readonly index: number }): number {
  const found = asList(value).findIndex((entry) => asText(asMap(entry)?.['name']) === name)
  return found < 0 ? index : found
}
